"""Drawing: style, figures, and the interactive page. Nothing here reads a file of a notice."""
