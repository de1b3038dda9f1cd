"""Proceedings, charges, hearings, special measures, verdicts, sentences, time limits and calendars."""
