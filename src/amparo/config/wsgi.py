"""What the server loads: unlock the keyring if a passphrase is at hand, then Django, then what tends to time."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from amparo.config import env
from amparo.vault import keyring


def _unlock() -> None:
    passphrase = keyring.passphrase_from_environment()
    if passphrase is not None:
        folder = env.instance_folder()
        keyring.unlock(keyring.read(folder / env.value(env.KEYRING, folder), passphrase))


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.config.settings")
_unlock()
application = get_wsgi_application()

from amparo.config import tending  # noqa: E402 - Django must be set up before rooms are imported.

tending.start()
