"""Measurements: `python -m bench` prints one table and keeps it in `bench/results.json`."""
