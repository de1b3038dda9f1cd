"""Papers: tagged PDF from a room's own template and values, in every script that the organisation writes.

A room keeps its templates in `<room>/papers/<name>.typ`; each imports `/papers/base.typ`. Values travel in
memory: no word of a paper is ever written to a file.
"""
