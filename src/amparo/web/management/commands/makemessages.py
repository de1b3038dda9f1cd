"""Django's collector of strings, which also knows the mark that the kernel's error texts carry."""

from __future__ import annotations

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    # The kernel may not import Django, so it marks with a name of its own.
    xgettext_options = makemessages.Command.xgettext_options + ["--keyword=N_"]
