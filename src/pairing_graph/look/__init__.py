"""What figures and page share: palette, font, labels, citation."""
