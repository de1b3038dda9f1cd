"""Reports and their screening: taken by phone, at the door or from a partner, acknowledged, decided with a reason."""
