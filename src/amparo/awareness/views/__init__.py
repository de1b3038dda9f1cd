"""Pages and pictures of the awareness site."""
