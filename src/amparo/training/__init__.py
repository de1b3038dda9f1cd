"""Training: curricula, sessions, tests before and after, certificates, and what was still known months later."""
