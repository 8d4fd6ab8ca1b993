"""Measures on tables of any library: a module per group, each beside the knowledge base's own of the same name.

What these measures give that no engine holds is the same everywhere: a list is given as the number of its entries, or
left out where another column counts them; addresses and the words of brackets are left out. Rows are ordered by the
names of units, regions and notices, since tables have no order of their own.
"""
