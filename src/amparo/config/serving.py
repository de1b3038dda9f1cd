"""Serving an instance: where it may listen, how the workers get the passphrase, how it ends."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path

from amparo.config import env
from amparo.kernel.errors import N_, AppError

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000
# More than what strangers may hold at one moment (`web.limits`), so that the staff's pages keep theirs.
BLOCKING_THREADS = 24


class NotWithoutTls(AppError):
    code = "config.not_without_tls"
    template = N_("Amparo does not listen on %(host)s without encryption.")
    hint_template = N_(
        "Name tls_certificate and tls_key in the settings, or set trusted_proxy if a proxy here ends TLS."
    )


class TlsFileMissing(AppError):
    code = "config.tls_file_missing"
    template = N_("The file that the setting %(name)s names can't be read.")
    hint_template = N_("Correct the setting, or give the user of Amparo the right to read the file.")


@dataclass(frozen=True, slots=True)
class Listening:
    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None

    @property
    def url(self) -> str:
        return self.url_of(f"[{self.host}]" if ":" in self.host else self.host)

    def url_of(self, host: str) -> str:
        """The address under another name of this machine."""
        return f"{'https' if self.certificate else 'http'}://{host}:{self.port}/"


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def listening(folder: Path, host: str, port: int) -> Listening:
    """Where the server will listen. Raises NotWithoutTls, TlsFileMissing."""
    certificate = _file(folder, env.TLS_CERTIFICATE)
    key = _file(folder, env.TLS_KEY)
    if certificate is None or key is None:
        if not is_loopback(host) and not env.value(env.TRUSTED_PROXY, folder):
            raise NotWithoutTls(host=host)
        return Listening(host, port)
    return Listening(host, port, certificate, key)


def _file(folder: Path, setting: env.Setting[str]) -> Path | None:
    name = env.value(setting, folder)
    if not name:
        return None
    path = folder / name
    if not os.access(path, os.R_OK):
        raise TlsFileMissing(name=setting.name)
    return path


def hand_over(passphrase: str | None) -> int | None:
    """Let workers read the passphrase from memory of this process; it is in no file and no variable.

    Returns the handle, which must stay open while workers may start; None without a passphrase.
    """
    os.environ.pop("AMPARO_PASSPHRASE_FILE", None)
    if passphrase is None:
        return None
    handle = os.memfd_create("passphrase")
    os.write(handle, passphrase.encode())
    os.environ["AMPARO_PASSPHRASE_FILE"] = f"/proc/{os.getpid()}/fd/{handle}"
    return handle


def serve(folder: Path, where: Listening, *, workers: int, passphrase: str | None) -> None:
    """Serve until a signal ends it; then the database's log is moved in.

    Workers read the passphrase when they start, and stay locked without one.
    """
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces

    os.environ["AMPARO_DIR"] = str(folder)
    handle = hand_over(passphrase)
    try:
        Granian(
            "amparo.config.wsgi:application",
            address=where.host,
            port=where.port,
            interface=Interfaces.WSGI,
            http=HTTPModes.http1,
            websockets=False,
            workers=workers,
            blocking_threads=BLOCKING_THREADS,
            respawn_failed_workers=True,
            log_access=False,
            ssl_cert=where.certificate,
            ssl_key=where.key,
        ).serve()
    finally:
        if handle is not None:
            os.close(handle)
        _let_go(folder)


def _let_go(folder: Path) -> None:
    from amparo.config import instance

    instance.start_django(folder)
    instance.let_go_of_database()
