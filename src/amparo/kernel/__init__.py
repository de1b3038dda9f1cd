"""What every floor stands on: ids, clock, errors, codes, partial dates, names in many scripts.

Pure Python, without Django. Only `ids` may draw randomness and only `clock` may read the time.
"""
