"""Forensics: the medico-legal examination, its report for court, kits and what facilities are able to do."""
