"""Logs are events with ids. Whatever else a log call carries is dropped: no names, no words, no addresses."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

_ALLOWED = ("event", "error_id", "status", "route", "method", "code")


class EventFormatter(logging.Formatter):
    """One JSON line with allowed keys only. Tracebacks keep their frames and lose their messages."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
        }
        line |= {key: getattr(record, key) for key in _ALLOWED if hasattr(record, key)}
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["frames"] = _frames(record)
        return json.dumps(line, default=str)


def _frames(record: logging.LogRecord) -> list[str]:
    frames = []
    trace = record.exc_info[2] if record.exc_info else None
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename.rsplit('/', 3)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return frames[-12:]
