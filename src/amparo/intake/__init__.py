"""Reports and their screening: taken by phone, at the door or from a partner; decided with a reason."""
