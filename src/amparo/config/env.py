"""The one reader of settings: typed, with a default and a line of help each.

A value comes from the environment (`AMPARO_…`), else from the instance's settings file `amparo.toml`,
else from the default. Secrets are never values: they are files, named by a setting.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from amparo.kernel.errors import N_, AppError

T = TypeVar("T")
_NAME = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-")


class BadSetting(AppError):
    code = "config.bad_setting"
    template = N_("The setting %(name)s has a value that can't be used: %(wanted)s is needed.")
    hint_template = N_("Correct it in the environment or in amparo.toml of the instance folder.")


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    name: str
    read: Callable[[str], T]
    default: T
    wanted: str
    help: str


def _flag(text: str) -> bool:
    return {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
    }[text.strip().lower()]


def _words(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _names(text: str) -> tuple[str, ...]:
    """Host names in small letters and without the dot at the end, as the name of a request is compared with them."""
    return tuple(word.lower().removesuffix(".") for word in _words(text))


def _public_names(text: str) -> tuple[str, ...]:
    """Whole host names, as a request's name is compared with them: small letters, no port, no dot at the end.

    A pattern would be let in as a host and then be taken for the staff's site, so none is taken here.
    """
    names = _names(text)
    if not all(name and set(name) <= _NAME and not name.startswith(".") for name in names):
        raise ValueError
    return names


def _whole(text: str) -> int:
    value = int(text)
    if value < 0:
        raise ValueError
    return value


def _hours(text: str) -> tuple[int, ...]:
    """Hours of a day, each once and in order."""
    hours = sorted({int(word) for word in _words(text)})
    if hours and not (hours[0] >= 0 and hours[-1] <= 23):
        raise ValueError
    return tuple(hours)


DATABASE_URL = Setting("database_url", str, "", "an address", "PostgreSQL address; empty means SQLite in the folder.")
KEYRING = Setting("keyring", str, "keyring.age", "a path", "Where the keyring is; may be on a removable disk.")
DEMO = Setting("demo", _flag, False, "true or false", "Whether this is the demonstration; fixed when it is made.")
HOSTS: Setting[tuple[str, ...]] = Setting(
    "hosts", _names, ("localhost", "127.0.0.1"), "host names", "Names under which staff open Amparo."
)
REPORT_HOSTS: Setting[tuple[str, ...]] = Setting(
    "report_hosts", _public_names, ("report.localhost",), "whole host names",
    "Names of the site where anybody reports without an account. None: there is no such site.",
)  # fmt: skip
FACTS_HOSTS: Setting[tuple[str, ...]] = Setting(
    "facts_hosts", _public_names, ("facts.localhost",), "whole host names",
    "Names of the site with the public facts. None: there is no such site.",
)  # fmt: skip
LEAVE_TO = Setting(
    "leave_to", str, "https://www.wikipedia.org/", "an address",
    "Where “Leave this page” on the public sites leads: a page that anybody may have open in your country.",
)  # fmt: skip
TRUSTED_PROXY = Setting("trusted_proxy", _flag, False, "true or false", "A proxy that ends TLS stands before Amparo.")
TLS_CERTIFICATE = Setting("tls_certificate", str, "", "a path", "Certificate to serve TLS without a proxy.")
TLS_KEY = Setting("tls_key", str, "", "a path", "Key of that certificate.")
IDLE_MINUTES = Setting("idle_minutes", _whole, 30, "a whole number", "Sign-ins end after so many idle minutes.")
SIGN_IN_HOURS = Setting("sign_in_hours", _whole, 12, "a whole number", "Sign-ins end after so many hours.")
MAX_UPLOAD_BYTES = Setting("max_upload_bytes", _whole, 64 * 2**30, "a whole number", "Largest file that is taken.")
MAIL_HOST = Setting("mail_host", str, "", "a host name", "SMTP server for notices; empty sends none.")
MAIL_FROM = Setting("mail_from", str, "", "an address", "Sender of notices.")
MAIL_PORT = Setting("mail_port", _whole, 25, "a whole number", "Port of that server.")
MAIL_HOURS: Setting[tuple[int, ...]] = Setting(
    "mail_hours", _hours, (), "hours from 0 to 23",
    "Hours at which one letter a person is sent with how many notices wait, in her office's time, such as 7,13. "
    "None: a letter for each notice, at once.",
)  # fmt: skip
LANGUAGE = Setting("language", str, "en", "a language code", "Language of people who chose none.")
PASSKEYS = Setting("passkeys", _flag, False, "true or false", "Switch for passkeys, which come later.")
SINGLE_SIGN_ON = Setting("single_sign_on", _flag, False, "true or false", "Switch for single sign-on; comes later.")

ALL: tuple[Setting[object], ...] = (
    DATABASE_URL, KEYRING, DEMO, HOSTS, REPORT_HOSTS, FACTS_HOSTS, LEAVE_TO, TRUSTED_PROXY,
    TLS_CERTIFICATE, TLS_KEY, IDLE_MINUTES, SIGN_IN_HOURS,
    MAX_UPLOAD_BYTES, MAIL_HOST, MAIL_PORT, MAIL_FROM, MAIL_HOURS, LANGUAGE, PASSKEYS, SINGLE_SIGN_ON,
)  # type: ignore[assignment]  # fmt: skip


def instance_folder() -> Path:
    """The folder that AMPARO_DIR names; `instance` under the present folder without one."""
    return Path(os.environ.get("AMPARO_DIR", "instance")).absolute()


def _file_values(folder: Path) -> dict[str, object]:
    path = folder / "amparo.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def value(setting: Setting[T], folder: Path | None = None) -> T:
    """The value in force. Raises BadSetting."""
    raw: object = os.environ.get(f"AMPARO_{setting.name.upper()}")
    if raw is None:
        raw = _file_values(folder or instance_folder()).get(setting.name)
    if raw is None:
        return setting.default
    text = ",".join(map(str, raw)) if isinstance(raw, list) else str(raw)
    try:
        return setting.read(text)
    except (ValueError, KeyError) as error:
        raise BadSetting(name=setting.name, wanted=setting.wanted) from error
