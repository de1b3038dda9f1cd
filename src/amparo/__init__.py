"""Amparo: casework from a first report to a verdict and to restoration."""

__version__ = "0.1.0"
