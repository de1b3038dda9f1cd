"""Instruments, answers, and what can be said from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from amparo.aftercare.errors import UnknownAnswer
from amparo.aftercare.words import Unscored

LOWEST, HIGHEST = 1, 4
FLOOR = 2
OVERALL = "overall"


@dataclass(frozen=True, slots=True)
class Said:
    """A text in several languages; the first one stands in for those that are missing."""

    texts: tuple[tuple[str, str], ...]

    def in_language(self, language: str) -> str:
        known = dict(self.texts)
        return known.get(language) or known.get(language.partition("-")[0]) or self.texts[0][1]


NOTHING_SAID = Said((("en", ""),))


@dataclass(frozen=True, slots=True)
class Item:
    """A statement with four anchors, the lowest first. `child` says how to read it for a child."""

    code: str
    label: Said
    anchors: tuple[Said, Said, Said, Said]
    child: Said = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class InstrumentDomain:
    """`is_floor`: a low answer here stands against restoration, whatever the means say."""

    code: str
    label: Said
    hint: Said
    items: tuple[Item, ...]
    min_scored: int
    is_floor: bool = False


@dataclass(frozen=True, slots=True)
class Schedule:
    """Months after the first assessment, and every how many months from then on; 0 for never again."""

    months: tuple[int, ...]
    then_every: int


@dataclass(frozen=True, slots=True)
class Instrument:
    code: str
    version: int
    label: Said
    licence: str
    licence_note: Said
    must_acknowledge: bool
    domains: tuple[InstrumentDomain, ...]
    schedule: Schedule
    thresholds: tuple[tuple[str, float], ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for domain in self.domains for item in domain.items)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one item: one of four, or why none of them; and what it rests on."""

    value: int | Unscored
    evidence: str = ""

    @property
    def score(self) -> int | None:
        return self.value if isinstance(self.value, int) else None


Answers = Mapping[str, Answer]


def answer(value: str, evidence: str = "") -> Answer:
    """An answer from its stored form. Raises UnknownAnswer."""
    if value in (Unscored.NOT_APPLICABLE, Unscored.NOT_YET_KNOWN):
        return Answer(Unscored(value), evidence)
    if len(value) == 1 and value in "1234":
        return Answer(int(value), evidence)
    raise UnknownAnswer


@dataclass(frozen=True, slots=True)
class DomainScore:
    """`mean` is of the scored items alone, and None where they are too few to say anything."""

    code: str
    mean: float | None
    scored: int
    asked: int
    applicable: int


@dataclass(frozen=True, slots=True)
class ProfileScore:
    domains: tuple[DomainScore, ...]
    overall: float | None

    def of(self, code: str) -> DomainScore:
        return next(domain for domain in self.domains if domain.code == code)


def score_domain(domain: InstrumentDomain, answers: Answers) -> DomainScore:
    given = [answers[item.code] for item in domain.items if item.code in answers]
    scores = [one.score for one in given if one.score is not None]
    without = sum(one.value is Unscored.NOT_APPLICABLE for one in given)
    enough = len(scores) >= max(domain.min_scored, 1)
    return DomainScore(
        code=domain.code,
        mean=sum(scores) / len(scores) if enough else None,
        scored=len(scores),
        asked=len(domain.items),
        applicable=len(domain.items) - without,
    )


def score(instrument: Instrument, answers: Answers) -> ProfileScore:
    """Means of domains, and the mean of those; the latter only where no domain is missing. Nothing is imputed."""
    domains = tuple(score_domain(domain, answers) for domain in instrument.domains)
    means = [domain.mean for domain in domains if domain.mean is not None]
    whole = len(means) == len(domains) and bool(means)
    return ProfileScore(domains, sum(means) / len(means) if whole else None)


def low_floor_items(instrument: Instrument, answers: Answers) -> tuple[str, ...]:
    """Codes of items of the floor domains that are scored at the floor or below."""
    codes = (item.code for domain in instrument.domains if domain.is_floor for item in domain.items)
    scores = ((code, answers[code].score) for code in codes if code in answers)
    return tuple(code for code, given in scores if given is not None and given <= FLOOR)


@dataclass(frozen=True, slots=True)
class Standing:
    """What speaks against restoration in one assessment. It informs a decision, and takes none."""

    low_items: tuple[str, ...]
    missing: tuple[str, ...]
    below: tuple[str, ...]

    @property
    def suggests_restored(self) -> bool:
        return not (self.low_items or self.missing or self.below)


def standing(instrument: Instrument, answers: Answers, thresholds: Mapping[str, float]) -> Standing:
    """Compare an assessment with the floor, and with the organisation's thresholds where it has set any."""
    scores = score(instrument, answers)
    wanted = dict(instrument.thresholds) | dict(thresholds)
    means = {domain.code: domain.mean for domain in scores.domains} | {OVERALL: scores.overall}
    below = tuple(code for code, least in wanted.items() if (mean := means.get(code)) is not None and mean < least)
    missing = tuple(domain.code for domain in scores.domains if domain.mean is None)
    return Standing(low_floor_items(instrument, answers), missing, below)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two raters agree: items that both scored, those scored alike, and those at most one step apart."""

    both: int
    alike: int
    close: int


def agreement(one: Answers, other: Answers) -> Agreement:
    pairs = [
        (a, b)
        for code in one.keys() & other.keys()
        if (a := one[code].score) is not None and (b := other[code].score) is not None
    ]
    gaps = [abs(a - b) for a, b in pairs]
    return Agreement(len(gaps), sum(gap == 0 for gap in gaps), sum(gap <= 1 for gap in gaps))
