"""The facts that the invented organisation read and published; two wait for somebody."""

from __future__ import annotations

from datetime import timedelta

from amparo.desk.synthetic.agenda import Diary, Line
from amparo.desk.synthetic.stage import Stage
from amparo.facts import commands, queries, rules

# One waits to be published, one to be verified.
_VERIFIED_ONLY, _UNREAD = "F4", "F5"
_DAYS_AGO = 40


def line(stage: Stage) -> Line:
    """Read and publish what the pack holds, by two people."""
    diary = Diary(stage.dice("facts"), stage.until - timedelta(days=_DAYS_AGO))
    ready = [fact.id for fact in queries.pack().values() if not rules.missing(fact)]
    yield diary.after(0.2)
    for fact in sorted(set(ready) - {_UNREAD}):
        yield diary.minutes(5, 20)
        commands.verify_fact(actor=stage.actor("pedro"), number=fact)
        if fact != _VERIFIED_ONLY:
            commands.publish_fact(actor=stage.actor("kofi"), number=fact)
