"""Kits: sexual-assault kits from the store to the laboratory and back, their alarms, and requests to laboratories."""
