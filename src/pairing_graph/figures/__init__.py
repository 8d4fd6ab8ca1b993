"""Figures: one module each, drawn on a sheet."""
