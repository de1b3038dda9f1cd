"""Where everything is put together: settings, start-up, addresses and the command line. No casework here."""
