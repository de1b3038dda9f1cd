"""Strengthening: training, mentoring, practice observations, assessments and reform of public justice systems."""
