"""A stranger before the reporting site, with a browser that runs no script."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import HttpResponse
from django.test import Client

HOST = "report.localhost"
START = "/en/"


class _Form(HTMLParser):
    """The hidden fields of a page's forms, and what its links lead to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "input" and said.get("type") == "hidden":
            self.hidden[str(said["name"])] = said.get("value") or ""
        if tag == "a":
            self.links.append(str(said.get("href")))


@dataclass
class Stranger:
    """Nobody knows her; `client` keeps her cookie."""

    client: Client = field(default_factory=Client)
    page: str = ""
    last: HttpResponse | None = None

    def get(self, path: str, **more: object) -> HttpResponse:
        return self._seen(self.client.get(path, headers={"host": HOST}, **more))

    def post(self, path: str, data: dict[str, object] | None = None, **more: object) -> HttpResponse:
        """Send the form of the page that she has before her eyes."""
        hidden = _Form(self.page).hidden
        return self._seen(self.client.post(path, hidden | (data or {}), headers={"host": HOST}, **more))

    def send(self, path: str, data: dict[str, object] | None = None) -> HttpResponse:
        """Open a page, fill it in, send it, and follow to the next one."""
        self.get(path)
        form = "application/x-www-form-urlencoded"
        body = "&".join(f"{name}={_quoted(value)}" for name, value in (_Form(self.page).hidden | (data or {})).items())
        answer = self._seen(self.client.post(path, body, content_type=form, headers={"host": HOST}))
        if answer.status_code == 303:
            self.get(answer.headers["Location"])
        return answer

    def _seen(self, answer: HttpResponse) -> HttpResponse:
        self.last = answer
        self.page = answer.content.decode() if answer.content else self.page
        return answer

    def code(self) -> str:
        """The code that is shown."""
        return " ".join(re.findall(r'<span class="code">(\w+)</span></li>', self.page))

    def tell(self, **answers: str) -> None:
        """Answer some questions and send the report."""
        numbers = {
            "danger": 1,
            "about": 2,
            "name": 2,
            "text": 3,
            "when": 4,
            "place": 5,
            "who": 6,
            "reach": 8,
            "safe": 8,
        }
        by_page: dict[int, dict[str, object]] = {}
        for name, value in answers.items():
            by_page.setdefault(numbers[name], {})[name] = value
        for number, values in sorted(by_page.items()):
            assert self.send(f"/en/{number}/", values).status_code == 303
        self.get("/en/check/")
        self.post("/en/send/")
        assert self.last is not None
        assert self.last.status_code == 303, self.page
        self.get("/en/code/")

    def take_code(self) -> str:
        """Type the code back."""
        code = self.code()
        self.send("/en/code/back/", {"code": code})
        return code


def _quoted(value: object) -> str:
    from urllib.parse import quote

    return quote(str(value))
