"""Referrals: people sent on to a service, and what is released to a partner, each on a consent that names it.

Invariants: nothing leaves without a live consent that names the recipient and every kind of data in it; a consent
that is taken back stops what has not left, and what has left stays in the list.
"""
