"""The facts that the invented organisation read and published; two wait for somebody."""

from __future__ import annotations

from datetime import timedelta

from amparo.desk.synthetic.stage import Stage
from amparo.facts import commands, queries, rules
from amparo.kernel import clock

# One waits to be published, one to be verified.
_VERIFIED_ONLY, _UNREAD = "F4", "F5"
_DAYS_AGO = 40


def publish(stage: Stage) -> None:
    """Read and publish what the pack holds, by two people."""
    reader, director = stage.actor("pedro"), stage.actor("kofi")
    began = stage.until - timedelta(days=_DAYS_AGO)
    ready = [fact.id for fact in queries.pack().values() if not rules.missing(fact)]
    for number, fact in enumerate(sorted(set(ready) - {_UNREAD})):
        with clock.set_to(began + timedelta(minutes=9 * number)):
            commands.verify_fact(actor=reader, number=fact)
            if fact != _VERIFIED_ONLY:
                commands.publish_fact(actor=director, number=fact)
