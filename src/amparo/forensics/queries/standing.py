"""How far an examination is: what each section waits for, and what is missing before it can be sealed."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.forensics.queries.reach import ExamView
from amparo.forensics.rules import consent as consent_rules
from amparo.forensics.rules import sealing as rules
from amparo.forensics.rules.sealing import Standing
from amparo.forensics.words.sections import CONSENT, OPINION, SIGN, Part

Said = str | Promise


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the list of sections: its mark, its name and how it stands."""

    code: str
    label: Said
    mark: str
    state: Said
    url_name: str
    minutes: int = 0

    @property
    def is_settled(self) -> bool:
        return self.mark in ("●", "–")


CONSENT_LABEL = _("Consent")
SIGN_LABEL = _("Sign and seal")
OPINION_LABEL = _("Opinion")
_MARKS: dict[str, Said] = {"●": _("done"), "◐": _("begun"), "○": _("not yet"), "–": _("she or he said no")}


def standing_of(view: ExamView) -> Standing:
    """What decides whether a record can be sealed."""
    return Standing(
        consent_asked=bool(view.consents),
        examiner=view.said("before", "examiner"),
        qualification=view.said("before", "qualification"),
        done=frozenset(code for code, section in view.sections.items() if section.done),
        refused=frozenset(
            part.code for part in view.parts if consent_rules.is_refused(view.answers, part.needs)
        ),
        sections=tuple(part.code for part in view.parts),
    )  # fmt: skip


def steps(view: ExamView) -> tuple[Step, ...]:
    """The sections in the order in which they are gone through."""
    found = []
    for part in view.parts:
        found.append(_step(view, part))
        if part.code == "before":
            mark = "●" if view.consents else "○"
            found.append(Step(CONSENT, CONSENT_LABEL, mark, _MARKS[mark], "forensics:consent"))
    sealed = view.is_sealed
    found.append(Step(SIGN, SIGN_LABEL, "●" if sealed else "○", _MARKS["●" if sealed else "○"], "forensics:sign"))
    found.append(Step(OPINION, OPINION_LABEL, "○", _("after sealing the findings"), "forensics:opinion"))
    return tuple(found)


def _step(view: ExamView, part: Part) -> Step:
    section = view.sections.get(part.code)
    if section is not None and section.done:
        mark = "●"
    elif consent_rules.is_refused(view.answers, part.needs):
        mark = "–"
    else:
        mark = "◐" if section is not None else "○"
    return Step(part.code, part.label, mark, _MARKS[mark], "forensics:section", part.minutes)


def missing_labels(view: ExamView) -> list[Said]:
    """The names of what must still be there before sealing."""
    labels: dict[str, Said] = {part.code: part.label for part in view.parts} | {CONSENT: CONSENT_LABEL}
    return [labels[code] for code in rules.missing(standing_of(view))]


def not_done_labels(view: ExamView) -> list[Said]:
    """The names of sections that nobody came to: the record says so."""
    labels: dict[str, Said] = {part.code: part.label for part in view.parts}
    return [labels[code] for code in rules.not_done(standing_of(view))]
