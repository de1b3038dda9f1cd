"""Awareness: the public site of sourced facts, of ways to report safely and of the organisation's own figures."""
