"""What each of the later rooms adds to the world: one module each, in the order in which they need each other."""

LATER = (
    "partners",
    "conferences",
    "evidence",
    "facts",
    "kits",
    "forensics",
    "operations",
    "training",
    "strengthening",
    "referrals",
    "reporting",
    "insight",
    "protection",
)
