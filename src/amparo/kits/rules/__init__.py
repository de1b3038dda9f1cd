"""What is decided about kits from values alone."""
