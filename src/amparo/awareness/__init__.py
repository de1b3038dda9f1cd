"""Awareness: the public site of sourced facts, of ways to report and to help safely, and of our own figures.

Nobody signs in here and no cookie is set. What is shown was published by two people in the room of facts; a figure
never stands without its source, nor a campaign's figure without the one that took its place.
"""
