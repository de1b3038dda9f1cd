"""Who works here, and who may see and do what: accounts, offices, roles, grants, bars, and one policy table.

`policy` answers for one row (`decide`) and for lists (`visible`) from the same table. The actor is never
optional, there is no superuser, and what is hidden answers like what is missing.
"""
