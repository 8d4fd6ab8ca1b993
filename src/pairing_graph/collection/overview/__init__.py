"""The overview page of a collection: where, when, how well read, what to look at first, and a way to single notices."""
