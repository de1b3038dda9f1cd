"""Pages of forensics."""
