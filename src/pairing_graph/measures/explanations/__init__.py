"""What is behind the numbers of each measure: a module declares its measures in `EXPLAINED`, and `explain` finds it."""
