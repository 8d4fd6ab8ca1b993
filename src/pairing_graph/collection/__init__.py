"""Many notices on disk: read in parallel, kept as Parquet by year and province, measured and selected from there."""
