"""What figures are made of: each widget draws one thing on a canvas and knows nothing of notices."""
