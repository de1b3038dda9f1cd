"""Three sites in one process: what one of them knows or sets, the others never see."""

from __future__ import annotations

import gzip
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import get_resolver, get_urlconf

from amparo.config import checks, env, serving, sites
from amparo.config.cli import making
from amparo.kernel import clock
from amparo.staff import commands
from amparo.staff.rules import Helpline
from amparo.vault import keyring
from tests.cast import Cast

pytestmark = pytest.mark.django_db
REPORT, FACTS = "report.localhost", "facts.localhost"
PUBLIC = (REPORT, FACTS)


def ask(host: str, path: str = "/", client: Client | None = None, **more: object) -> HttpResponse:
    return (client or Client()).get(path, headers={"host": host}, **more)


@pytest.mark.parametrize("host", PUBLIC)
@pytest.mark.parametrize(
    "path", ["/sign-in/", "/reports/", "/cases/", "/organisation/", "/static/web/app.css", "/upload/x/"]
)
def test_no_address_of_the_staff_is_on_a_public_site(host: str, path: str, cast: Cast) -> None:
    assert ask(host, path).status_code == 404
    assert ask(host, path, cast.client("jalil")).status_code == 404


def test_no_address_of_a_public_site_is_on_the_staffs(cast: Cast) -> None:
    for site in (sites.REPORT, sites.FACTS):
        names = {entry.name for entry in get_resolver(site.urlconf).url_patterns if hasattr(entry, "name")}
        assert "leave" in names
    assert ask("localhost", "/leave/", cast.client("jalil")).status_code == 404
    assert ask("localhost", "/en/", cast.client("jalil")).status_code == 404


@pytest.mark.parametrize("host", [f"{REPORT}:8000", f"{FACTS}:65000", REPORT.upper()])
def test_the_port_and_the_case_of_a_name_do_not_matter(host: str) -> None:
    assert sites.site_of(host) in (sites.REPORT, sites.FACTS)


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "report.localhost.example", "report.localhost@localhost", "x\r\ny"]
)
def test_another_host_is_refused(host: str) -> None:
    assert ask(host, "/health/").status_code == 400


@pytest.mark.parametrize("host", PUBLIC)
def test_a_sign_in_is_neither_read_nor_touched_by_a_public_site(host: str, cast: Cast) -> None:
    client = cast.client("jalil")
    before = {name: morsel.value for name, morsel in client.cookies.items()}
    for path in ("/", "/health/", "/nowhere/", "/files/look.css"):
        answer = ask(host, path, client)
        assert not answer.cookies, path
        # The framework's way to a language says that it would obey a cookie for it; nobody sets one here.
        assert answer.status_code == 302 or "Cookie" not in answer.headers.get("Vary", ""), path
        assert not hasattr(answer.wsgi_request, "user"), path
        assert not hasattr(answer.wsgi_request, "session"), path
    assert {name: morsel.value for name, morsel in client.cookies.items()} == before
    assert client.get("/", headers={"host": "localhost"}).status_code == 200


@pytest.mark.parametrize("host", PUBLIC)
@pytest.mark.parametrize("path", ["/", "/nowhere/", "/leave/", "/health/", "/files/look.css", "/files/none.css"])
def test_every_answer_of_a_public_site_is_closed_in(host: str, path: str) -> None:
    said = ask(host, path).headers
    assert "default-src 'none'" in said["Content-Security-Policy"]
    assert "unsafe" not in said["Content-Security-Policy"]
    assert said["X-Content-Type-Options"] == "nosniff"
    assert said["X-Frame-Options"] == "DENY"
    assert said["Referrer-Policy"] == "same-origin"
    assert said["Cross-Origin-Opener-Policy"] == "same-origin"
    assert said["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Server" not in said
    assert said["Cache-Control"] == "no-store"


@pytest.mark.parametrize("host", PUBLIC)
def test_leaving_leads_elsewhere_and_gives_the_browser_nothing_to_search_before(host: str) -> None:
    answer = ask(host, "/leave/")
    assert answer.status_code == 303
    assert answer.headers["Location"] == settings.LEAVE_TO
    assert "Clear-Site-Data" not in answer.headers
    assert answer.content == b""


@pytest.mark.parametrize("host", PUBLIC)
def test_a_page_that_is_not_there_says_so_in_the_readers_language_and_names_nothing(host: str) -> None:
    answer = ask(host, "/ar/nowhere/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert 'lang="ar" dir="rtl"' in page
    for word in ("Amparo", "Sign in", "case", "abuse", "violence"):
        assert word not in page, word


@pytest.mark.parametrize("host", PUBLIC)
def test_a_locked_house_asks_nobody_anything_and_lets_them_leave(host: str) -> None:
    keyring.lock()
    assert ask(host, "/en/").status_code == 503
    assert ask(host, "/leave/").status_code == 303


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://localhost"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
    ],
)
def test_a_form_of_another_site_is_refused(headers: dict[str, str], status: int) -> None:
    for host in PUBLIC:
        assert Client().post("/en/", headers={"host": host} | headers).status_code == status


def test_after_a_public_page_the_staffs_addresses_hold_again(cast: Cast) -> None:
    ask(REPORT)
    answer = cast.client("jalil").get("/sign-in/")
    assert answer.status_code in (200, 302)
    assert get_urlconf() in (None, settings.ROOT_URLCONF)


@override_settings(REPORT_HOSTS=(), FACTS_HOSTS=())
def test_a_site_without_a_name_is_not_there() -> None:
    assert sites.site_of(REPORT) is None
    assert sites.site_of(FACTS) is None


@override_settings(REPORT_HOSTS=("localhost",))
def test_a_public_name_wins_over_a_staff_one() -> None:
    assert sites.site_of("localhost") is sites.REPORT


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        ('hosts = ["staff.example"]\nreport_hosts = ["staff.example"]', {"amparo.E021"}),
        ('report_hosts = ["a.example"]\nfacts_hosts = ["a.example"]', {"amparo.E021"}),
        ('hosts = ["Staff.Example."]\nreport_hosts = ["staff.example"]', {"amparo.E021"}),
        ('hosts = ["STAFF.example"]\nfacts_hosts = ["staff.EXAMPLE"]', {"amparo.E021"}),
        ('hosts = ["staff.house.example"]\nreport_hosts = ["report.house.example"]', {"amparo.W022"}),
        ('hosts = ["staff.house.example"]\nreport_hosts = ["notes.example"]\nfacts_hosts = []', set()),
        ("trusted_proxy = true", {"amparo.W023"}),
    ],
)
def test_the_check_knows_the_names_of_the_sites(tmp_path: Path, lines: str, codes: set[str]) -> None:
    (tmp_path / "amparo.toml").write_text(lines)
    assert {problem.code for problem in checks._sites(tmp_path)} == codes


def test_the_demonstration_names_three_addresses(tmp_path: Path) -> None:
    (tmp_path / "amparo.toml").write_text("demo = true")
    said = making._addresses(tmp_path, serving.listening(tmp_path, "127.0.0.1", 8000))
    for url in ("http://127.0.0.1:8000/", "http://report.localhost:8000/", "http://facts.localhost:8000/"):
        assert url in said


def test_the_check_counts_the_helplines_that_wait_for_a_call(cast: Cast) -> None:
    assert not [problem for problem in checks._helplines() if problem.code == "amparo.W024"]
    old = clock.today() - timedelta(days=91)
    line = Helpline("night", "Example Line", "000 EXAMPLE", "", "Its page", old, "")
    commands.save_helpline(actor=cast.jalil, expected=0, line=line, is_new=True)
    assert [problem.code for problem in checks._helplines()] == ["amparo.W024"]


@pytest.mark.parametrize("name", ["report_hosts", "facts_hosts"])
def test_names_of_public_sites_are_compared_as_requests_are_and_patterns_are_none(tmp_path: Path, name: str) -> None:
    setting = env.REPORT_HOSTS if name == "report_hosts" else env.FACTS_HOSTS
    (tmp_path / "amparo.toml").write_text(f'{name} = ["Notes.Example.", "other.example"]')
    assert env.value(setting, tmp_path) == ("notes.example", "other.example")
    for bad in ("*", ".example", "notes.example:8000", "https://notes.example"):
        (tmp_path / "amparo.toml").write_text(f'{name} = ["{bad}"]')
        with pytest.raises(env.BadSetting):
            env.value(setting, tmp_path)


@pytest.mark.parametrize("host", PUBLIC)
@pytest.mark.parametrize("name", ["look.css", "leave.js"])
def test_a_small_file_is_packed_for_who_can_unpack_it(host: str, name: str) -> None:
    plain = ask(host, f"/files/{name}")
    packed = Client().get(f"/files/{name}", headers={"host": host, "accept-encoding": "br, gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
