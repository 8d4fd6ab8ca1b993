"""What is looked at: one palette, one font, the figures."""
