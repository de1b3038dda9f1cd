"""What is decided about an examination from values alone."""
