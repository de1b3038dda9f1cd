"""Evidence items and their custody: registered, sealed, handed over by two people, every viewing kept, gaps named."""
