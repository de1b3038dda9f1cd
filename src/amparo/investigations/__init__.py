"""Leads, suspects' dated status, relief and restraint with attribution, contacts with officials."""
