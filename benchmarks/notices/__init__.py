"""Invented notices with real places and known answers, from one to tens of thousands."""
