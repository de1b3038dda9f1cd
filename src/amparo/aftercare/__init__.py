"""Safety plans, care plans, services, assessments, restoration as a decision, follow-up after closure."""
