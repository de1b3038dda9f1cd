"""A coarse word for a browser, enough to know one's own sign-ins apart and too little to follow anybody."""

from __future__ import annotations

_BROWSERS = (("Firefox", "Firefox"), ("Edg", "Edge"), ("Chrom", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
)


def device_of(agent: str) -> str:
    """Such as "Firefox, Android"; "unknown" where nothing fits."""
    parts = [
        next((label for mark, label in known if mark in agent), "")
        for known in (_BROWSERS, (*_SYSTEMS, ("Linux", "Linux")))
    ]
    return ", ".join(filter(None, parts)) or "unknown"
