"""Strengthening: mentoring on real cases, practice observations, unit assessments, reform projects, the scorecard.

Nothing here is worked out of thin air: a score is yes divided by applicable with its n, a scorecard value names its
method, source, period and place. No page or paper of this room holds words about a survivor; a case is named by a
pseudonym to those who may not see it.
"""
