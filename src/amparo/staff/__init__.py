"""The room of the people who work here: sign-in, invitations, offices, sessions, configuration, the ledger's page."""
