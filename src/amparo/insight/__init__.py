"""Insight: indicators defined once, drawn, drilled down to their rows, and suppressed before they leave."""
