"""The way out of the reporting site."""

from __future__ import annotations

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from amparo.kernel.errors import AppError
from amparo.reporting import commands
from amparo.reporting.views.around import drop_cookie, held
from amparo.vault import keyring
from amparo.web import public

log = logging.getLogger("amparo.web")


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Lead away at once, and forget what was begun. Whatever fails, the way out does not."""
    response = public.leave(request)
    drop_cookie(response)
    try:
        found = held(request) if keyring.is_unlocked() else None
        if found is not None:
            commands.end(found)
    except (AppError, DatabaseError, OSError) as error:
        code = error.code if isinstance(error, AppError) else type(error).__name__
        log.warning("leaving", extra={"event": "visit_not_ended", "code": code})
    return response
