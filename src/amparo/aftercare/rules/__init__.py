"""Scoring, schedule, steps and definitions of aftercare. Pure: nothing here reads a clock or a database."""
