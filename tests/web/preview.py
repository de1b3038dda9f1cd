"""Write every sample page to a folder, to be looked at: `python tests/web/preview.py FOLDER [--pictures]`.

With `--pictures` Chromium photographs each page: desk, phone, right to left and dark, and print.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copytree, which
from threading import Thread

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "src" / "amparo" / "web"


def configure() -> None:
    """Just enough Django to render templates, unless the suite has configured it already."""
    from django.conf import settings

    if not settings.configured and "DJANGO_SETTINGS_MODULE" not in os.environ:
        settings.configure(
            USE_I18N=True,
            USE_TZ=True,
            LANGUAGE_CODE="en-gb",
            STATIC_URL="/static/",
            INSTALLED_APPS=[],
            SECRET_KEY="for looking at pages only",
        )
    import django

    django.setup()


def render(template: str, context: dict[str, object]) -> str:
    """Print one template by itself, without a request."""
    from django.template import Context, Engine

    engine = Engine(
        dirs=[str(WEB / "templates")],
        libraries={
            "amparo_web": "amparo.web.templatetags.amparo_web",
            "i18n": "django.templatetags.i18n",
            "l10n": "django.templatetags.l10n",
            "static": "django.templatetags.static",
        },
    )
    return str(engine.get_template(template).render(Context(context)))


def write(folder: Path) -> None:
    """Write the pages in English, and in Arabic right to left and dark."""
    from django.utils import translation
    from samples import pages

    for language, theme in (("en", ""), ("ar", "dark")):
        with translation.override(language):
            for name, (template, context) in pages(theme=theme, arabic=language == "ar").items():
                (folder / f"{name}-{language}.html").write_text(render(template, context), encoding="utf-8")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def photograph(folder: Path, only: list[str]) -> None:
    from playwright.sync_api import sync_playwright

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox"])
        for page_file in sorted(folder.glob("*.html")):
            if only and page_file.stem not in only:
                continue
            for width in (1280, 390):
                page = browser.new_page(viewport={"width": width, "height": 900})
                page.on("console", lambda message, name=page_file.stem: print(name, message.text))
                page.on("pageerror", lambda error, name=page_file.stem: print(name, error))
                page.goto(f"{address}/{page_file.name}")
                over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                if over > 0:
                    print(f"{page_file.stem} at {width}: {over} px too wide")
                page.screenshot(path=folder / f"{page_file.stem}-{width}.png", full_page=True)
                if width == 1280 and page_file.stem.endswith("-en"):
                    page.emulate_media(media="print")
                    page.pdf(path=folder / f"{page_file.stem}.pdf", format="A4")
                page.close()
        browser.close()
    server.shutdown()


def main(arguments: list[str]) -> int:
    sys.path[:0] = [str(ROOT / "src"), str(Path(__file__).parent)]
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    configure()
    write(folder)
    copytree(WEB / "static", folder / "static", dirs_exist_ok=True)
    if "--pictures" in arguments:
        photograph(folder, [name for name in arguments[1:] if not name.startswith("--")])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
