"""What every room uses: errors, texts, words for a reader, files."""
