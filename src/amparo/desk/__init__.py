"""Pages across rooms: today's work, one case's four-track timeline, finding by code, phone or name."""
