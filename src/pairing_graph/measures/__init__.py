"""Measures: what an analyst asks of units, tasks and townships. They take a knowledge base or its graph; none draws.

Relational measures are written once on Narwhals lazy frames, so that the same core takes any table that Narwhals
knows; structural ones use NetworkX. What goes in as pandas comes out as pandas, indexed by what a row is about.
"""
