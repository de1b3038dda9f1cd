"""Aftercare: safety plans, care plans, services, assessments, placements, and restoration as a decision.

Clients are survivors and members of their families, each enrolled in one case. Words about a client are her
care words (C4) and hers to have erased: only the caseworkers on the team and the supervisors of the office
read them.

Invariants: no care words without a recorded basis, safety plans and placements excepted, since nobody's safety
waits for a form; a plan is approved by somebody else than its writer; an instrument is never changed, a new
version is a new one; a mean is made of given answers only, and is not shown below the instrument's minimum;
restoration is decided by a supervisor on a recent completed assessment, never by a number.
"""
