"""Reporting: the public site on which anybody may report safely, and come back to the answer."""
