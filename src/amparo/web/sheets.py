"""What a page shows, as plain data: queries build it, templates print it, nothing is looked up in between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias
from uuid import UUID

from django.utils.functional import Promise

if TYPE_CHECKING:
    from amparo.web.drawing import Drawing

StrOrPromise: TypeAlias = str | Promise
# What a form is filled with at first: the version that the reader has before her eyes, and the values.
Present: TypeAlias = tuple[int, Mapping[str, object]]

Tone = Literal["", "ok", "warn", "danger", "on"]
Urgency = Literal["", "soon", "late"]
ButtonTone = Literal["", "quiet", "grave"]


@dataclass(frozen=True, slots=True)
class Code:
    """A code, number or hash: printed left to right in every language, and never translated.

    Codes stay on one line; a `hash` may break.
    """

    value: str
    url: str = ""
    hash: bool = False

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Name:
    """A person's or a place's name, in whatever script it is written."""

    value: str
    lang: str = ""
    url: str = ""

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Strong:
    value: StrOrPromise

    def __str__(self) -> str:
        return str(self.value)


Part: TypeAlias = StrOrPromise | Code | Name | Strong
# Words, or words with codes and names among them: `(Code("SV-7K2-M4T"), _("has no safety plan"))`.
Text: TypeAlias = Part | tuple[Part, ...]


def dotted(said: Iterable[Text]) -> tuple[Part, ...]:
    """Short remarks on one line, told apart by a point between them."""
    flat: list[Part] = []
    for one in said:
        parts = one if isinstance(one, tuple) else (one,)
        flat += ("·", *parts) if flat else parts
    return tuple(flat)


@dataclass(frozen=True, slots=True)
class Tag:
    label: StrOrPromise
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Crumb:
    label: StrOrPromise
    url: str = ""
    code: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """A link, or with `post` a form of one button. `hidden` are names and values of codes and states only."""

    label: StrOrPromise
    url: str
    tone: ButtonTone = ""
    post: bool = False
    hidden: tuple[tuple[str, str], ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list: when, what, what to do."""

    title: Text
    when: Text = ""
    when_tone: Urgency = ""
    meta: Text = ""
    lines: tuple[Text, ...] = ()
    url: str = ""
    tag: Tag | None = None
    when_tag: Tag | None = None
    action_label: StrOrPromise = ""
    action_url: str = ""
    action_post: bool = False
    action_hidden: tuple[tuple[str, str], ...] = ()
    strong: bool = False
    dir_auto: bool = False
    drawing: Drawing | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """Something that somebody has to do by a day, or as soon as she can."""

    due_on: date | None
    title: Text
    meta: Text
    url: str
    action_label: str
    urgency: Urgency = ""
    case_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    label: StrOrPromise
    value: Text
    action_url: str = ""
    action_label: StrOrPromise = ""
    dir_auto: bool = True

    @property
    def finds_direction(self) -> bool:
        """Whether the words say which way their lines run. Names are set apart: of them alone, as of a bare number,
        no direction is found, and a browser would take left to right.
        """
        parts = self.value if isinstance(self.value, tuple) else (self.value,)
        return self.dir_auto and not all(isinstance(part, Name) or str(part).isdecimal() for part in parts)


@dataclass(frozen=True, slots=True)
class Withheld:
    """A part that this reader may not see. It never says whether, how much or when something was written."""

    title: StrOrPromise
    ask: Text = ""
    ask_url: str = ""
    break_glass_url: str = ""


@dataclass(frozen=True, slots=True)
class Empty:
    """One sentence and one action, in the place of a list."""

    sentence: StrOrPromise
    action_label: StrOrPromise = ""
    action_url: str = ""


@dataclass(frozen=True, slots=True)
class Veil:
    """A picture behind a veil: described in words, opened by choice, and the opening is recorded.

    `lift_url` takes the POST that records it. With a script the picture then comes from `source_url` into its
    place; without one, the answer to the POST is the page that shows it.
    """

    id: str
    description: StrOrPromise
    lift_url: str
    source_url: str = ""
    ask_url: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    label: StrOrPromise
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of each line is its head."""

    caption: StrOrPromise
    columns: tuple[Column, ...]
    lines: tuple[tuple[Text, ...], ...]

    @property
    def body(self) -> tuple[tuple[tuple[Text, bool], ...], ...]:
        """Each cell with whether it is a number."""
        kinds = [column.number for column in self.columns]
        return tuple(tuple(zip(line, kinds, strict=True)) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know before the page. `lines` stand below the text, beside one action for all."""

    text: Text
    tone: Tone = ""
    title: StrOrPromise = ""
    action: Button | None = None
    lines: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a sheet. `column` 0 takes the whole width, above the two columns."""

    title: StrOrPromise
    id: str = ""
    column: Literal[0, 1, 2] = 1
    rows: tuple[Row, ...] = ()
    facts: tuple[Fact, ...] = ()
    table: Table | None = None
    drawing: Drawing | None = None
    veil: Veil | None = None
    withheld: tuple[Withheld, ...] = ()
    empty: Empty | None = None
    notices: tuple[Notice, ...] = ()
    buttons: tuple[Button, ...] = ()
    remark: Text = ""
    link_label: StrOrPromise = ""
    link_url: str = ""


@dataclass(frozen=True, slots=True)
class Urgent:
    """Somebody is in danger, or a window closes: what, until when, and who has taken it.

    A page shows two at most; more belong on a page of their own.
    """

    id: str
    tag: Tag
    remark: Text
    title: Text
    lines: tuple[Text, ...] = ()
    drawing: Drawing | None = None
    buttons: tuple[Button, ...] = ()
    links: tuple[Button, ...] = ()
    footnote: Text = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page of one record. It opens with a sentence: `lede_bold`, then `lede`."""

    title: Text
    crumbs: tuple[Crumb, ...] = ()
    overline: Text = ""
    code: Code | None = None
    tags: tuple[Tag, ...] = ()
    kind: Text = ""
    remark: Text = ""
    lede_bold: StrOrPromise = ""
    lede: Text = ""
    buttons: tuple[Button, ...] = ()
    notices: tuple[Notice, ...] = ()
    urgent: tuple[Urgent, ...] = ()
    sections: tuple[Section, ...] = ()

    @property
    def wide_sections(self) -> tuple[Section, ...]:
        return tuple(section for section in self.sections if section.column == 0)

    @property
    def first_column(self) -> tuple[Section, ...]:
        return tuple(section for section in self.sections if section.column == 1)

    @property
    def second_column(self) -> tuple[Section, ...]:
        return tuple(section for section in self.sections if section.column == 2)


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of records: rows or a table, what was asked for, and where the next ones are."""

    title: Text
    crumbs: tuple[Crumb, ...] = ()
    lede_bold: StrOrPromise = ""
    lede: Text = ""
    remark: Text = ""
    buttons: tuple[Button, ...] = ()
    notices: tuple[Notice, ...] = ()
    rows: tuple[Row, ...] = ()
    table: Table | None = None
    withheld: tuple[Withheld, ...] = ()
    empty: Empty | None = None
    next_url: str = ""
    next_label: StrOrPromise = ""
    previous_url: str = ""
