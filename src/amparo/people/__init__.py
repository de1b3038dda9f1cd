"""People whom a case is about: survivors, family, suspects, officials, witnesses.

Names in many scripts, sealed; found by blind tokens of name parts and phones; shown as codes outside the
identity compartment. A person is one record however many cases she is in; a merged record points to the
one that it was joined into.
"""
