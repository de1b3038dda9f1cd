"""Components that templates use: `{% load amparo_web %}`. One look and one escape rule for all pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django import template
from django.forms import (
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    MultiWidget,
    RadioSelect,
    SelectDateWidget,
    Textarea,
)
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from amparo.kernel import clock
from amparo.kernel.ids import new_public_id
from amparo.web import formats
from amparo.web.drawing import (
    CurveDrawing,
    CustodyPath,
    Dots,
    Drawing,
    Gains,
    Glyph,
    Grid,
    Profile,
    SmallBars,
    Spans,
    Tiles,
    Timeline,
    WindowBar,
)
from amparo.web.sheets import Code, Name, Strong, Tag

if TYPE_CHECKING:
    from django.forms import BoundField, Form
    from django.template.context import Context

    from amparo.web.drawing import Tick
    from amparo.web.sheets import Part, Row, Text

register = template.Library()

_AUTO = SafeString(' dir="auto"')
_PLAIN = SafeString('<li class="plain">')


@register.filter
def shown(text: Text) -> SafeString:
    """Print a `sheets.Text`: words escaped, codes and names in their own direction."""
    if isinstance(text, tuple):
        return mark_safe(" ".join(_part(part) for part in text))  # noqa: S308 - each part is escaped below
    return _part(text)


def _part(part: Part) -> SafeString:
    if isinstance(part, Code):
        kind = "code hash" if part.hash else "code"
        if part.url:
            return format_html('<a class="{}" href="{}">{}</a>', kind, part.url, part.value)
        return format_html('<span class="{}">{}</span>', kind, part.value)
    if isinstance(part, Name):
        return _name(part)
    if isinstance(part, Strong):
        return format_html("<b>{}</b>", part.value)
    return conditional_escape(str(part))


def _name(name: Name) -> SafeString:
    lang = format_html(' lang="{}"', name.lang) if name.lang else ""
    if name.url:
        return format_html('<a href="{}"{} dir="auto">{}</a>', name.url, lang, name.value)
    return format_html("<bdi{}>{}</bdi>", lang, name.value)


@register.simple_tag
def code(value: str, url: str = "") -> SafeString:
    """Print a code, number or hash left to right."""
    return _part(Code(str(value), url))


@register.simple_tag
def tag(value: Tag | str, tone: str = "") -> SafeString:
    """Print a small label of a state."""
    label, colour = (value.label, value.tone) if isinstance(value, Tag) else (value, tone)
    return format_html('<span class="tag{}">{}</span>', f" {colour}" if colour else "", label)


@register.simple_tag
def when(moment: datetime) -> SafeString:
    """Print a moment as near as it is, with the exact time for machines. For single values, not for rows."""
    said = formats.when(moment, clock.now(), timezone.get_current_timezone())
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), said)


@register.simple_tag(takes_context=True)
def form_id(context: Context, *, fresh: bool = False) -> SafeString:
    """A hidden number, so that a double press is one act. `fresh`: for a button beside the page's form."""
    given = (None if fresh else context.get("form_id")) or new_public_id()
    return format_html('<input type="hidden" name="form_id" value="{}">', given)


@register.simple_tag
def form_groups(form: Form) -> list[tuple[object, object, list[BoundField]]]:
    """The fields under their legends; what stands under none comes last, so that no field is ever lost."""
    groups: list[tuple[object, object, list[BoundField]]] = [
        (legend, hint, list(members)) for legend, hint, members in getattr(form, "groups", ())
    ]
    placed = {bound.name for _legend, _hint, members in groups for bound in members}
    rest = [bound for bound in form.visible_fields() if bound.name not in placed]
    return [*groups, ("", "", rest)] if rest else groups


@register.filter
def tone_of(tags: str) -> str:
    """The tone of a Django message."""
    words = set(str(tags).split())
    if "error" in words:
        return "danger"
    if "warning" in words:
        return "warn"
    return "ok" if "success" in words else ""


_TEMPLATES: dict[type, str] = {
    Timeline: "web/drawing/timeline.html",
    CustodyPath: "web/drawing/custody.html",
    WindowBar: "web/drawing/window.html",
    Profile: "web/drawing/profile.html",
    Gains: "web/drawing/gains.html",
    Glyph: "web/drawing/glyph.html",
    SmallBars: "web/drawing/bars.html",
    CurveDrawing: "web/drawing/curve.html",
    Dots: "web/drawing/dots.html",
    Grid: "web/drawing/grid.html",
    Tiles: "web/drawing/tiles.html",
    Spans: "web/drawing/spans.html",
}


@register.simple_tag(takes_context=True)
def drawing(context: Context, picture: Drawing, **words: str) -> SafeString:
    """Print a drawing, whichever it is."""
    return _rendered(context, _TEMPLATES[type(picture)], d=picture, **words)


@register.simple_tag
def grid(ticks: Iterable[Tick]) -> SafeString:
    """The lines of an axis, printed once for all lanes below it."""
    return format_html_join(
        "",
        '<line class="{}" x1="{}%" x2="{}%" y1="0" y2="100%"/>',
        (("grid" if tick.major else "grid faint", tick.x, tick.x) for tick in ticks),
    )


def _rendered(context: Context, name: str, **more: object) -> SafeString:
    if context.template is None:
        raise RuntimeError("the tag is rendered outside a template")
    found = context.template.engine.get_template(name)
    with context.push(**more):
        return found.render(context)


# Lists are printed here and not by a template, which would take twice as long: a page holds hundreds of lines.


@register.simple_tag(takes_context=True)
def lines(context: Context, rows: Iterable[Row]) -> SafeString:
    """Print a list: when, what, what to do."""
    printed = format_html_join("", "\n{}", ((_line(context, row),) for row in rows))
    return format_html('<ol class="rows">{}\n</ol>', printed)


def _line(context: Context, row: Row) -> SafeString:
    return format_html(
        "{}<div{}>{}{}{}</div><span>{}</span></li>",
        _line_start(context, row),
        _own_direction(row),
        _line_title(row),
        format_html_join("", '<p class="flat" dir="auto">{}</p>', ((shown(line),) for line in row.lines)),
        format_html('<p class="meta">{}</p>', shown(row.meta)) if row.meta else "",
        _line_end(context, row),
    )


def _line_start(context: Context, row: Row) -> SafeString:
    if row.drawing:
        return format_html("<li><span>{}</span>", drawing(context, row.drawing))
    if row.when_tag:
        return format_html("<li><span>{}</span>", tag(row.when_tag))
    if row.when:
        return format_html('<li><span class="{}">{}</span>', f"when {row.when_tone}".strip(), shown(row.when))
    return _PLAIN


def _own_direction(row: Row) -> str:
    return _AUTO if row.dir_auto else ""


def _line_title(row: Row) -> SafeString:
    title = shown(row.title)
    if row.url:
        title = format_html('<a href="{}"{}>{}</a>', row.url, _own_direction(row), title)
    return format_html("<b>{}</b>", title) if row.strong else title


def _line_end(context: Context, row: Row) -> SafeString:
    act: SafeString | str = ""
    if row.action_url and row.action_post:
        act = _rendered(context, "web/_row_form.html", row=row)
    elif row.action_url:
        act = format_html('<a href="{}">{}</a>', row.action_url, row.action_label)
    return format_html("{}{}{}", tag(row.tag) if row.tag else "", " " if row.tag and act else "", act)


class ErrorLine:
    """One line of the summary: where the trouble is and what it says."""

    __slots__ = ("label", "message", "target")

    def __init__(self, label: str, target: str, message: str) -> None:
        self.label = label
        self.target = target
        self.message = message


@register.simple_tag
def form_errors(form: Form) -> list[ErrorLine]:
    """Every error of a form, in the order of its fields."""
    lines = [ErrorLine("", "", str(error)) for error in form.non_field_errors()]
    for bound in form:
        label = str(bound.label)
        # A message that names its question needs no name before it.
        lines += [ErrorLine("" if label in str(error) else label, _target(bound), str(error)) for error in bound.errors]
    return lines


def _target(bound: BoundField) -> str:
    """The id of the first thing that can be focused: a group's own id names no input."""
    if bound.is_hidden:
        return ""
    widget = bound.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        choices = list(bound)
        return str(choices[0].id_for_label) if choices else str(bound.auto_id)
    if isinstance(widget, MultiWidget | SelectDateWidget):
        return _parts(bound)[0].id
    return str(bound.id_for_label or bound.auto_id)


class Box:
    """One box of a field that has several."""

    __slots__ = ("check", "html", "id", "label")

    def __init__(self, label: str, id_: str, html: SafeString, *, check: bool) -> None:
        self.check = check
        self.label = label
        self.id = id_
        self.html = html


def _parts(bound: BoundField) -> list[Box]:
    """The boxes of a date, each with its own label."""
    widget = bound.field.widget
    attrs = bound.build_widget_attrs({}, widget)
    attrs.setdefault("id", bound.auto_id)
    context = widget.get_context(bound.html_name, bound.value(), attrs)
    labels = list(getattr(bound.field, "part_labels", ()))
    parts = []
    for index, inner in enumerate(context["widget"]["subwidgets"]):
        name = str(inner["name"])
        label = str(labels[index]) if index < len(labels) else _part_label(name)
        rendered = bound.form.renderer.render(inner["template_name"], {"widget": inner})
        check = inner.get("type") == "checkbox"
        parts.append(Box(label, str(inner["attrs"].get("id", "")), SafeString(rendered), check=check))
    return parts


def _part_label(name: str) -> str:
    ending = name.rsplit("_", 1)[-1]
    return {"day": _("Day"), "month": _("Month"), "year": _("Year")}.get(ending, ending)


def _shape(bound: BoundField) -> str:
    widget = bound.field.widget
    shapes: Iterable[tuple[type | tuple[type, ...], str]] = (
        ((RadioSelect, CheckboxSelectMultiple), "choices"),
        ((MultiWidget, SelectDateWidget), "parts"),
        (CheckboxInput, "check"),
        (FileInput, "file"),
        (Textarea, "words"),
    )
    return next((shape for kind, shape in shapes if isinstance(widget, kind)), "plain")


@register.inclusion_tag("web/_field.html")
def field(bound: BoundField, *, heading: bool = False, bare: bool = False) -> dict[str, object]:
    """Print one field. With `heading` its label is the page's title; with `bare` it is a filter."""
    shape = _shape(bound)
    attrs = bound.field.widget.attrs
    return {
        "bound": bound,
        "shape": shape,
        "heading": heading,
        "bare": bare,
        "group": shape in {"choices", "parts"},
        "parts": _parts(bound) if shape == "parts" else [],
        "required": bound.field.required,
        "draft": "data-draft-url" in attrs,
        "upload": "data-upload-url" in attrs,
        "hint_id": f"{bound.auto_id}_helptext",
        "error_id": f"{bound.auto_id}_error",
        "described": bound.aria_describedby or "",
    }
