"""The case: one matter, its people, its team, and four parallel tracks, never one status.

Invariants: no words of a survivor without a recorded basis; an incident has exactly one survivor and its
type comes from the elimination questions; a case closes only when all tracks are terminal, its checklist
is met and somebody else than the asker approves.
"""
