"""The tests' own ground: no network, an instance and a server that are gone afterwards."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.conftest import NetworkRefused

PRINT_URL_AND_WAIT = "import os, time; print(os.environ['AMPARO_DATABASE_URL'], flush=True); time.sleep(60)"


@pytest.mark.parametrize("address", [("192.0.2.1", 443), ("2001:db8::1", 443), ("server.example", 443)])
def test_a_connection_beyond_this_machine_is_refused(address: tuple[str, int]) -> None:
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as outward, pytest.raises(NetworkRefused):
        outward.connect(address)


def test_a_connection_within_this_machine_is_allowed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


def test_tests_work_in_an_instance_outside_the_checkout() -> None:
    instance = Path(os.environ["AMPARO_DIR"])
    assert instance.is_dir()
    assert Path(__file__).resolve().parents[2] not in instance.resolve().parents


@pytest.mark.postgresql
def test_a_private_server_is_gone_after_its_command_was_ended() -> None:
    command = [sys.executable, "-m", "tests.postgres", "run", "--", sys.executable, "-c", PRINT_URL_AND_WAIT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as wrapper:
        assert wrapper.stdout is not None
        url = wrapper.stdout.readline().strip()
        folder = Path(parse_qs(urlsplit(url).query)["host"][0])
        assert folder.is_dir()
        wrapper.send_signal(signal.SIGTERM)
        wrapper.wait(timeout=150)
    assert not folder.exists()
    assert wrapper.returncode == 128 + signal.SIGTERM
