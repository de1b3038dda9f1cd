"""Limits on what strangers can ask for, so that none of them slows down another.

All of it is in this process's memory: nothing about who asked is ever stored, and a limit never covers everybody.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import threading
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

from amparo.kernel import clock, ids
from amparo.kernel.errors import N_, AppError

_MOST_SOURCES = 20_000
# New with each process: what is counted can't be matched with an address afterwards, not even from memory.
_SALT = ids.entropy(32)


class TooOften(AppError):
    code = "web.too_often"
    status = 429
    template = N_("This was tried many times from here in a short while.")
    hint_template = N_("Wait ten minutes, then try again. Others can use this site as before.")


class ManyAtOnce(AppError):
    code = "web.many_at_once"
    status = 503
    template = N_("Many people ask at this moment.")
    hint_template = N_("Wait half a minute, then press the button again.")


def source_of(request: HttpRequest) -> bytes | None:
    """Where a request comes from, blinded; None where it can't be told from others, as through a relay on this machine.

    Behind a trusted proxy it is the last address that the proxy added. A source without a name of its own is not
    limited at all; many people may stand behind one that has a name, so it is slowed and never shut out.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY_SSL_HEADER is not None:
        address = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return None
    if isinstance(found, ipaddress.IPv6Address):
        # A server or proxy that listens for both kinds writes the older ones in the newer form: all of them
        # would be one network, and one stranger would use up what everybody may.
        found = found.ipv4_mapped or ipaddress.IPv6Address(found.packed)
    if found.is_loopback:
        return None
    # One household has a whole network of the newer kind.
    name = str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)
    return hmac.digest(_SALT, name.encode(), hashlib.sha256)[:16]


class PerSource:
    """So many within so long, for each source by itself."""

    def __init__(self, most: int, within: timedelta) -> None:
        self._most = most
        self._within = within
        self._seen: OrderedDict[bytes, deque[datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, source: bytes | None) -> None:
        """Count one. Raises TooOften."""
        if source is None:
            return
        now = clock.now()
        with self._lock:
            times = self._seen.setdefault(source, deque())
            self._seen.move_to_end(source)
            while times and now - times[0] > self._within:
                times.popleft()
            if len(times) >= self._most:
                raise TooOften
            times.append(now)
            if len(self._seen) > _MOST_SOURCES:
                self._seen.popitem(last=False)

    def forget(self) -> None:
        """Start anew."""
        with self._lock:
            self._seen.clear()


@dataclass(slots=True)
class _Crowd:
    """What one source has asked for lately, and when its next turn is."""

    times: deque[datetime] = field(default_factory=deque)
    next_turn: float = 0.0
    waiting: int = 0


class Unhurried:
    """So many within so long at once, for each source by itself; who comes after them waits for a turn.

    Many people stand behind one address: a school, a shelter, the customers of a mobile network. What one of them did
    must not keep another out, so nobody is refused for it: the turns come one by one, and who finds the few waiting
    places taken presses again in half a minute.
    """

    # Each holds a thread of the server. Turns of all sources and of all limits share them.
    most_waiting = 3
    _everywhere = threading.Semaphore(most_waiting)

    def __init__(self, free: int, within: timedelta, *, pace: float, waiting: int) -> None:
        """`pace` is the seconds between two turns of one source; `waiting` how many of it may wait at one moment."""
        self._free = free
        self._within = within
        self._pace = pace
        self._places = waiting
        self._seen: OrderedDict[bytes, _Crowd] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, source: bytes | None) -> None:
        """Count one, at once or when its turn has come. Raises ManyAtOnce."""
        if source is None:
            return
        with self._lock:
            crowd = self._counted(source)
            if len(crowd.times) <= self._free:
                return
            seconds = self._turn(crowd)
        try:
            time.sleep(seconds)
        finally:
            Unhurried._everywhere.release()
            with self._lock:
                crowd.waiting -= 1

    def _counted(self, source: bytes) -> _Crowd:
        now = clock.now()
        crowd = self._seen.setdefault(source, _Crowd())
        self._seen.move_to_end(source)
        while crowd.times and now - crowd.times[0] > self._within:
            crowd.times.popleft()
        if len(crowd.times) <= self._free:
            crowd.times.append(now)
        if len(self._seen) > _MOST_SOURCES:
            self._seen.popitem(last=False)
        return crowd

    def _turn(self, crowd: _Crowd) -> float:
        """Take the next turn of a source, and a place to wait for it. Returns the seconds until then."""
        if crowd.waiting >= self._places or not Unhurried._everywhere.acquire(blocking=False):
            raise ManyAtOnce
        crowd.waiting += 1
        now = time.monotonic()
        turn = max(now, crowd.next_turn)
        crowd.next_turn = turn + self._pace
        return turn - now

    def forget(self) -> None:
        """Start anew."""
        with self._lock:
            self._seen.clear()


class Narrow:
    """A door for costly work: one at a time, a few may wait, fewer of them from one source; more come again.

    Waiting takes a thread of the server, so few may wait: the staff's pages and other visitors keep theirs.
    """

    def __init__(self, waiting: int, seconds: float, from_one: int = 2) -> None:
        self.most = waiting + 1
        self._seconds = seconds
        self._from_one = from_one
        self._inside: Counter[bytes | None] = Counter()
        self._lock = threading.Lock()
        self._work = threading.Lock()

    @contextmanager
    def through(self, source: bytes | None) -> Iterator[None]:
        """Do the work of the block inside. Raises ManyAtOnce."""
        self._come_in(source)
        try:
            if not self._work.acquire(timeout=self._seconds):
                raise ManyAtOnce
            try:
                yield
            finally:
                self._work.release()
        finally:
            self._go_out(source)

    def _come_in(self, source: bytes | None) -> None:
        with self._lock:
            if self._inside.total() >= self.most or (source is not None and self._inside[source] >= self._from_one):
                raise ManyAtOnce
            self._inside[source] += 1

    def _go_out(self, source: bytes | None) -> None:
        with self._lock:
            self._inside[source] -= 1
            if not self._inside[source]:
                del self._inside[source]


class Places:
    """So many at one moment, and so many of them from one source; more are asked to come again, nobody waits."""

    def __init__(self, most: int, from_one: int) -> None:
        self.most = most
        self._from_one = from_one
        self._inside: Counter[bytes | None] = Counter()
        self._lock = threading.Lock()

    @contextmanager
    def through(self, source: bytes | None) -> Iterator[None]:
        """Hold a place for the block inside. Raises ManyAtOnce."""
        with self._lock:
            if self._inside.total() >= self.most or (source is not None and self._inside[source] >= self._from_one):
                raise ManyAtOnce
            self._inside[source] += 1
        try:
            yield
        finally:
            with self._lock:
                self._inside[source] -= 1
                if not self._inside[source]:
                    del self._inside[source]


# A body that comes slowly, or never, holds a thread of the server for as long as its sender wants: reading it can't
# be timed. So what strangers send gets a few of the threads, and all pages that are only read keep theirs.
FORMS = Places(most=4, from_one=2)
FILES = Places(most=3, from_one=2)
SIGN_INS = Places(most=4, from_one=3)


@contextmanager
def place_for_body(request: HttpRequest, places: Places) -> Iterator[None]:
    """Hold a place while what a stranger sends is read; none is needed where nothing is sent.

    A form's words are read at once, so that a class that presses one button at one moment shares few places. Files
    are read by whoever takes them, and hold their place until then. Raises ManyAtOnce, UnreadablePostError.
    """
    if request.META.get("CONTENT_LENGTH") in (None, "", "0"):
        yield
    elif request.content_type == "application/x-www-form-urlencoded":
        with places.through(source_of(request)), suppress(RequestDataTooBig):
            request.body  # noqa: B018 - reading it is what counts; what is too large is refused by its page
        yield
    else:
        with places.through(source_of(request)):
            yield
