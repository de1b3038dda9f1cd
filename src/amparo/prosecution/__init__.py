"""Proceedings, charges, hearings, special measures, verdicts, sentences, compensation, clocks and calendars."""
