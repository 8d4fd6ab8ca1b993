"""Reading: `Document` → `KnowledgeBase`, for one notice or many. No file formats.

The words of notices are in `lexicon`; the modules here hold the grammar. A limit (a length, a share, a distance) whose
comment names no other source is a rule of thumb that reads the hand-made corpus under `tests/data/notices` right.
"""
