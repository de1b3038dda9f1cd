"""Pages of strengthening, by noun."""
