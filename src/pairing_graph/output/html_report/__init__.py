"""The report of a notice as one page: what is said (`model` and the findings) apart from how it looks (`write`)."""
