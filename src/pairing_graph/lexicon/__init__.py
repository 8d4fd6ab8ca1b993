"""What words mean: reviewed tables."""
