"""Places: the dated gazetteer and what it decides, from provinces to townships.

| module | what it knows |
|---|---|
| `gazetteer` | which places bear a name, what a code means, what lies above and beneath |
| `names` | the level of a name, whether it is ambiguous, how it is told apart |
| `history` | names of a code over the years, what a place became |
| `mentions` | the places that words name, at their head and within |
| `order` | the one order in which regions are shown |
| `index` | the index that answers |
| `records` | the files and what a row is |
"""
