"""What words mean: reviewed tables, and the patterns made of them.

| table | columns |
|---|---|
| headers | word, meaning, match – the meaning of a column's heading |
| heading_stems | stem, meaning, meaning_of_places – the first half of a heading (牵头), and its meaning with a place |
| heading_signs | sign, role, example – a sign that hints at a role in a heading nobody has listed |
| heading_bodies | body, sort – the second half of it (单位), an organ or a place |
| roles | word, role, use, not_after – the words for a role; only a `verb` closes a list of names in brackets and sentences |
| kinds | ending, kind – the kind of body by a name's ending |
| collectives | word, kinds – names for many units, and the kinds they cover |
| lines | line, word – functional lines (条线), each with the names its bodies go by |
| aliases | region, alias, name, reason – names that drift within one region |
| place_endings | ending, level, shortened – the level of a place by the end of its name, where the gazetteer does not know it |
| same_names | use, word, form, example, also – what one body's name may have or leave out: full and short forms, mother companies, branches |
| sheet_words | sheet, word, meaning – Chinese headings of the tables that people fill in, and what means yes and no |
| schemes | word, scheme – programmes that a title names |
| initials | initial, signs – the first letter of the usual reading of a sign, for the search of the page |
| initials_of_words | word, initials – words in which a sign is read otherwise (银行) |
| columns | table, column, title, meaning – the Chinese heading and meaning of every column of the eight tables, and of each table (no column) |
| reasons | reason, severity, en, zh – why something is in `unread` |
| words | key, en, zh – every word shown to a reader |

The other tables are plain vocabulary: a word, its use in the grammar, an example that the tests run, and where needed
the signs that may not come before or after it (`not_after`, `not_before`, apart by semicolons).

| table | words of |
|---|---|
| names | names of bodies and regions: how lists are joined, what opens or ends a name, what never is one |
| persons | titles of persons, and family names |
| titles | titles of notices and captions of tables |
| table_words | rows and lines of a table that are no tasks (合计, 备注), and words that count or number tasks |
| boilerplate | what a web page puts around a notice |
| quantities | targets: verbs of goals, limits, aspiration, and what makes a number no target |
| quantity_units | what a target may be counted in, by what the unit says (a count, an extent, a share, a time) |
| pairing_words | pairs: who helps whom |
| role_words | words around a word for a role, and the rule that the first one listed leads |
| duties | duties by department: their headings, and the verbs that say what a body does |
| times | dates and deadlines |
| blanks | signs and words for nothing |
"""
