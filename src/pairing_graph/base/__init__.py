"""The ground that every room stands on: errors, texts, words for a reader, files."""
