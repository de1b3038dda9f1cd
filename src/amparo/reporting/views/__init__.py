"""Pages of the reporting site, for people whom nobody knows."""
