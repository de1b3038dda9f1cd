"""Facts: public statements with their sources, and the public site that shows them."""
