"""Tables: what a column and a row hold, and the tasks and pairings in them."""
