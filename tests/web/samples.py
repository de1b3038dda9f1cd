"""Invented pages, for looking at the templates and for testing them. Nobody here exists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django import forms

from amparo.web import drawing, formats
from amparo.web.fields import PartialDateField
from amparo.web.sheets import (
    Button,
    Code,
    Column,
    Crumb,
    Empty,
    Fact,
    Listing,
    Name,
    Notice,
    Row,
    Section,
    Sheet,
    Strong,
    Table,
    Tag,
    Urgent,
    Veil,
    Withheld,
)

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, 40, tzinfo=UTC)
ASHA = Name("आशा नमूना", "hi")
SOK = Name("សុខ គំរូ", "km")


@dataclass(frozen=True)
class NavItem:
    label: str
    url: str
    current: bool = False
    key: str = ""


@dataclass(frozen=True)
class Shell:
    nav: tuple[NavItem, ...]
    name: str = "Nadia Sample"
    role_line: str = "Supervisor, Harbour office"
    own_url: str = "/me"
    home_url: str = "/"
    sign_out_url: str = "/sign-out"
    search_url: str = "/find"
    demo: bool = True
    theme: str = ""
    keys_off: bool = False
    notices: tuple[Notice, ...] = ()


def shell(theme: str = "", *, arabic: bool = False) -> Shell:
    names = (
        ("اليوم", "القضايا", "الأدلة", "الفحوص", "الاستقبال")
        if arabic
        else ("Today", "Intake", "Cases", "People", "Evidence", "Referrals", "Court")
    )
    items = tuple(NavItem(name, f"#{i}", current=i == 2, key=f"g {i}") for i, name in enumerate(names))
    if arabic:
        return Shell(items, name="نادية مثال", role_line="مشرفة، مكتب الميناء", theme=theme)
    return Shell(items, theme=theme)


def _mark(day: str, label: str, title: str, kind: drawing.MarkKind = "done", wide: bool = False) -> drawing.Mark:
    return drawing.Mark(date.fromisoformat(day), label, title, kind, "#", wide)


def tracks() -> tuple[drawing.TrackInput, ...]:
    d = date.fromisoformat
    return (
        drawing.TrackInput(
            "Relief",
            Tag("Achieved", "ok"),
            "Omar Muster",
            "renew the order",
            "#n",
            "by 10 Mar",
            marks=(
                _mark("2025-01-14", "report", "14 Jan 2025: report from a neighbour"),
                _mark("2025-03-28", "relief, 3 people", "28 Mar 2025: relief: three survivors out", "decision"),
                _mark("2025-04-10", "protection order", "10 Apr 2025: protection order, one year"),
                _mark("2026-04-10", "renewed", "10 Apr 2026: order renewed for a year"),
                _mark("2027-04-10", "ends", "10 Apr 2027: order ends unless renewed", "open"),
            ),
            spans=(drawing.Span(d("2025-04-10"), d("2027-04-10"), "order in force"),),
            waits=(drawing.Wait(d("2025-01-14"), d("2025-03-28"), "73 days"),),
        ),
        drawing.TrackInput(
            "Accountability",
            Tag("In court", "on"),
            "आशा नमूना",
            "summon lab expert",
            "#n",
            "3 days late",
            "late",
            marks=(
                _mark("2025-04-03", "complaint", "3 Apr 2025: complaint registered"),
                _mark("2025-04-19", "arrest", "19 Apr 2025: A-1 arrested", wide=True),
                _mark("2025-06-30", "charged", "30 Jun 2025: A-1 and A-2 charged", "decision"),
                _mark("2026-01-30", "first hearing", "30 Jan 2026: first hearing"),
                _mark("2026-03-12", "", "12 Mar 2026: hearing not held: judge absent", "miss"),
                _mark("2026-05-21", "3 not held", "21 May 2026: hearing not held: defence asked", "miss"),
                _mark("2026-07-09", "", "9 Jul 2026: hearing not held: file missing", "miss"),
                _mark("2026-09-17", "her evidence", "17 Sep 2026: S-2H8N gave evidence by video"),
                _mark("2026-12-03", "3 Dec", "3 Dec 2026: hearing: lab expert", "open"),
                _mark("2027-02-11", "verdict", "11 Feb 2027: verdict listed", "open"),
            ),
            waits=(
                drawing.Wait(d("2025-04-03"), d("2025-06-30"), "88 days"),
                drawing.Wait(d("2025-06-30"), d("2026-01-30"), "214 days", "soon"),
                drawing.Wait(d("2026-01-30"), d("2026-09-17"), "230 days", "soon"),
            ),
        ),
        drawing.TrackInput(
            "Restoration",
            Tag("Active", "on"),
            "សុខ គំរូ",
            "home visit",
            "#n",
            "9 December",
            marks=(
                _mark("2025-04-22", "1.9 of 4", "22 Apr 2025: assessment, 1.9 of 4"),
                _mark("2025-10-20", "2.6", "20 Oct 2025: assessment, 2.6 of 4"),
                _mark("2026-04-20", "2.8", "20 Apr 2026: assessment, 2.8 of 4"),
                _mark("2026-10-19", "3.1", "19 Oct 2026: assessment, 3.1 of 4"),
                _mark("2026-12-09", "visit", "9 Dec 2026: home visit", "open", wide=True),
                _mark("2027-04-19", "assess", "19 Apr 2027: assessment due", "open"),
            ),
            spans=(
                drawing.Span(d("2025-04-01"), d("2025-12-20"), "shelter, 263 days"),
                drawing.Span(d("2025-12-20"), None, "with her sister"),
            ),
        ),
        drawing.TrackInput(
            "System",
            Tag("46 observations"),
            "Jo Example",
            "follow up the promise",
            "#n",
            marks=tuple(
                drawing.Mark(
                    date(2025, 2, 1) + timedelta(days=9 * n + (n % 5) * 4),
                    "",
                    f"observation {n}",
                    "done",
                    "#",
                )
                for n in range(46)
            )
            + (_mark("2027-01-15", "", "15 Jan 2027: station promised a video room", "open"),),
        ),
    )


def timeline(*, rtl: bool = False) -> drawing.Timeline:
    window = (date(2025, 1, 1), date(2027, 7, 1))
    return drawing.four_tracks(tracks(), window, TODAY, formats.speech(TODAY), rtl=rtl)


def custody(*, rtl: bool = False) -> drawing.CustodyPath:
    def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
        return datetime(2026, month, day, hour, minute, tzinfo=UTC)

    holds = (
        drawing.Hold(
            "Where it was found: kiln office",
            "Inspector Example",
            at(10, 11, 14),
            at(10, 12, 15, 20),
            "Found in the kiln office",
        ),
        drawing.Hold(
            "Police store, Lakeside",
            "M. Muster, store",
            at(10, 12, 15, 20),
            at(10, 19, 9),
            "Inspector Example gave, M. Muster received",
            "#c",
        ),
        drawing.Hold(
            "Laboratory, digital unit",
            "Analyst 14",
            at(10, 19, 9),
            at(10, 30, 16, 50),
            "M. Muster gave, analyst 14 received",
            "#c",
        ),
        drawing.Hold(
            "Our evidence room, Harbour",
            "Omar Muster, shelf 2",
            at(11, 2, 11, 50),
            None,
            "Omar Muster received; nobody held it before",
            "#c",
        ),
    )
    seals = (
        drawing.SealMark(at(10, 13, 15, 40), "put", "Sealed, B 40 112"),
        drawing.SealMark(at(10, 22, 10), "broken", "Seal B 40 112 broken by two people"),
        drawing.SealMark(at(10, 29, 10), "put", "New seal B 40 217"),
        drawing.SealMark(at(11, 10, 10), "checked", "Seal checked, unbroken"),
    )
    pending = drawing.PendingHandover(date(2026, 12, 3), "court", "Hand-over to the court, offered")
    return drawing.custody_path(holds, NOW, formats.speech(TODAY), seals=seals, pending=pending, rtl=rtl)


def profile(*, rtl: bool = False) -> drawing.Profile:
    days = (date(2025, 4, 22), date(2025, 10, 20), date(2026, 4, 20), date(2026, 10, 19))
    means: dict[str, tuple[float | None, ...]] = {
        "Safety": (1.5, 2.5, 3.0, 3.5),
        "Legal protection": (1.8, 2.0, 2.2, 3.0),
        "Mental wellbeing": (1.3, 2.1, None, 2.6),
        "Income": (1.0, 1.8, 2.5, 2.9),
        "Belonging": (2.4, 3.0, 3.1, 3.4),
        "Health": (3.1, 2.9, 3.3, 3.6),
    }
    domains = [
        drawing.DomainInput(
            name,
            tuple(
                drawing.Score(day, mean, 6 - (index == 1), 6)
                for index, (day, mean) in enumerate(zip(days, line, strict=True))
            ),
        )
        for name, line in means.items()
    ]
    return drawing.restoration_profile(domains, formats.speech(TODAY), formats.mean, rtl=rtl)


def case_sheet(*, rtl: bool = False) -> Sheet:
    survivors = (
        Row(
            "Woman, 31. Speaks Hindi",
            Code("S-2H8N"),
            meta="Safe to call: weekdays 9 to 11, second number",
            tag=Tag("Safe", "ok"),
        ),
        Row(
            ("Her son, 9. Guardian:", Code("S-2H8N")),
            Code("S-6D4F"),
            meta="Never speak to him without her",
            tag=Tag("Safe", "ok"),
        ),
        Row(
            "Man, 44. Went home by his own choice",
            Code("S-8W1P"),
            meta="Last contact 31 days ago",
            tag=Tag("Contact due", "warn"),
        ),
    )
    promises = (
        Row(
            ("Tell", Code("S-2H8N"), "what the court decided"),
            "2 days late",
            "late",
            meta=("promised by", ASHA, "on 17 September"),
            action_label="I told her",
            action_url="#t",
            action_post=True,
        ),
        Row(
            "Bring the school papers for S-6D4F",
            "9 Dec",
            action_label="Done",
            action_url="#t",
            action_post=True,
        ),
    )
    notes = (
        Row(
            (Strong("Care"), SOK),
            "Yesterday",
            lines=("She slept through the night three times this week. She wants to see the court room first.",),
        ),
        Row((Strong("Court"), ASHA), "17 Nov", lines=("विशेषज्ञ की तारीख़ 3 दिसंबर तय हुई।",)),
        Row(
            (Strong("Evidence"), "Omar Muster"),
            "2 Nov",
            lines=(("Phone received back from the lab.", Code("EV-7KQ4-M9T3", "#e")),),
        ),
    )
    consent = (
        Row("Her story, to the prosecutor", Code("S-2H8N"), tag=Tag("until 1 Apr 2027", "ok")),
        Row("Her contact, to the shelter", tag=Tag("ends in 9 days", "warn")),
        Row("Photographs, to anyone", tag=Tag("refused", "danger")),
    )
    glyph = drawing.track_glyph((3, 2, 2, 1), "Relief achieved. In court. Restoration active.", rtl=rtl)
    return Sheet(
        title="Brick kiln, Lakeside" if not rtl else "معمل الطوب، ضاحية المثال",
        crumbs=(Crumb("Cases", "#cases"), Crumb("CASE-7KQ4-M9T3", code=True)),
        kind="Bonded labour, sexual violence",
        tags=(Tag("Risk: medium, falling", "warn"),),
        remark="Open 1 year 10 months. You see it as supervisor of team 2.",
        lede_bold="532 days from complaint to her evidence.",
        lede="The verdict is listed for 11 February. One promise to her is late.",
        buttons=(Button("Write a note", "#note", key="n"), Button("Record an event", "#event", "quiet")),
        sections=(
            Section("Four tracks", "tl", 0, drawing=timeline(rtl=rtl), link_label="Record an event", link_url="#e"),
            Section(
                "Survivors",
                "sv",
                1,
                rows=survivors,
                link_label="Show names, with a reason",
                link_url="#names",
            ),
            Section("Promises to the survivors", "pr", 1, rows=promises),
            Section(
                "Latest notes",
                "nt",
                1,
                rows=notes,
                withheld=(
                    Withheld("Health and examination", "Ask the examiner on duty", "#ask"),
                    Withheld("Investigation", "Ask Omar Muster", "#ask", "#glass"),
                ),
                link_label="All you may see",
                link_url="#all",
            ),
            Section("Consent today", "cn", 2, rows=consent, link_label="Ledger", link_url="#consent"),
            Section(
                "Facts",
                "fc",
                2,
                facts=(
                    Fact("Opened", "14 January 2025"),
                    Fact("Lead", ASHA, "#change", "Change"),
                    Fact("Number", Code("CASE-7KQ4-M9T3")),
                    Fact(
                        "Place",
                        "The old kiln behind the second canal, where the road from the harbour ends",
                    ),
                ),
            ),
            Section("Referrals", "rf", 2, empty=Empty("No referral has been made.", "Refer to a service", "#r")),
            Section(
                "Seen lately",
                "sl",
                2,
                rows=(Row(Code("CASE-2W6D-H8XK", "#"), drawing=glyph, meta="Online abuse"),),
            ),
            Section(
                "Looks per week",
                "lk",
                2,
                drawing=drawing.small_bars(
                    [(f"week {n}", value) for n, value in enumerate((1, 3, 2, 0, 5, 2, 1, 7, 3, 2, 4, 3))],
                    "Looks per week, last 12 weeks: between 0 and 7",
                    first="12 weeks ago",
                    last="this week",
                    rtl=rtl,
                ),
            ),
        ),
    )


def item_sheet(*, rtl: bool = False) -> Sheet:
    since = NOW - timedelta(hours=61)
    return Sheet(
        title="Mobile phone, black, cracked screen",
        crumbs=(
            Crumb("Brick kiln, Lakeside", "#c"),
            Crumb("Evidence", "#e"),
            Crumb("EV-7KQ4-M9T3", code=True),
        ),
        code=Code("EV-7KQ4-M9T3"),
        tags=(Tag("In custody", "on"), Tag("One break, not explained", "danger")),
        lede_bold="Omar Muster holds it, sealed, on shelf 2.",
        lede="The court wants it on 3 December. One gap must be explained before then.",
        buttons=(Button("Print the label", "#l", "quiet"),),
        sections=(
            Section("Chain of custody", "ch", 0, drawing=custody(rtl=rtl)),
            Section(
                "The gap",
                "gp",
                0,
                notices=(
                    Notice(
                        "The seal was the same before and after. The gap stays in the record.",
                        "danger",
                        "Nobody signed for 2 days 19 hours, between the laboratory and us.",
                        Button("Explain the gap", "#x", "grave", post=True),
                    ),
                ),
            ),
            Section(
                "Medical window",
                "mw",
                1,
                drawing=drawing.medical_window(since, NOW, rtl=rtl),
                remark="11 hours left, until 23:40",
            ),
            Section(
                "What you can do now",
                "nx",
                2,
                buttons=(Button("Hand over", "#g"), Button("Check the seal", "#s", "quiet")),
            ),
            Section(
                "Picture",
                "pv",
                2,
                veil=Veil("veil-1", "A message thread with threats. No bodies.", "/lift", "/p"),
            ),
            Section("The life she has now", "rp", 0, drawing=profile(rtl=rtl)),
        ),
    )


def today_sheet(*, rtl: bool = False) -> Sheet:
    due = (
        Row(
            ("Tell", Code("S-2H8N"), "what the court decided"),
            "Late",
            "late",
            meta=("Promised by Friday 20 November.", Code("CASE-7KQ4-M9T3", "#c")),
            action_label="I told her",
            action_url="#t",
            action_post=True,
            strong=True,
        ),
        Row("Case conference, six agencies", "15:00", meta="Consent covers four of the six.", strong=True),
    )
    over = (
        Row("Case to the legal team", when_tag=Tag("Not received", "warn"), meta="2 days ago"),
        Row("Night duty, 3 survivors", when_tag=Tag("Received", "ok"), meta="Omar Muster, 07:02 today"),
    )
    return Sheet(
        title="Today",
        overline="Sunday 22 November 2026, 12:40",
        lede_bold="Two survivors need someone now.",
        lede="Two things are due today.",
        urgent=(
            Urgent(
                "u1",
                Tag("Danger now", "danger"),
                "38 minutes, nobody has taken it",
                (Code("S-7K2M"), "says he is outside the house"),
                ("Told the night line at 12:02. Call only the second number; never leave a message.",),
                buttons=(Button("I am taking this", "#take", "grave", post=True),),
                links=(Button("Open her safety plan", "#plan"),),
            ),
            Urgent(
                "u2",
                Tag("Medical window", "danger"),
                "11 hours left, until 23:40",
                (Code("S-4T9Q"), "has not been examined yet"),
                ("Transport is booked for 14:15.",),
                drawing=drawing.medical_window(NOW - timedelta(hours=61), NOW, rtl=rtl),
                links=(Button("Tell the hospital", "#h"), Button("She has said no", "#n")),
                footnote="72 h: medicine against HIV. 120 h: emergency contraception. Set by the hospital.",
            ),
        ),
        sections=(
            Section("Due today", "due", 1, rows=due, link_label="Next seven days: 14", link_url="#week"),
            Section("Handed over by you", "over", 2, rows=over),
        ),
    )


class NoteForm(forms.Form):
    kind = forms.ChoiceField(
        label="What kind of note is this?",
        widget=forms.RadioSelect,
        choices=[("care", "Care"), ("court", "Court"), ("unsure", "I am not sure")],
        help_text="It decides who can read it.",
    )
    people = forms.MultipleChoiceField(
        label="Who is it about?",
        widget=forms.CheckboxSelectMultiple,
        choices=[("1", "S-2H8N"), ("2", "S-6D4F")],
        required=False,
    )
    text = forms.CharField(
        label="What happened?",
        widget=forms.Textarea(attrs={"rows": 4, "data-draft-url": "/draft"}),
        help_text="Write what you saw and heard. Keep opinions for the end.",
    )
    on = PartialDateField(label="When was it?", required=False)
    place = forms.CharField(label="Where?", required=False)
    file = forms.FileField(
        label="A file",
        required=False,
        widget=forms.ClearableFileInput(attrs={"data-upload-url": "/up", "data-upload-field": "upload"}),
    )
    upload = forms.CharField(widget=forms.HiddenInput, required=False)
    urgent = forms.BooleanField(label="Somebody should read this today", required=False)

    @property
    def groups(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        return [
            ("The note", "", [self["kind"], self["people"], self["text"]]),
            ("When and where", "Only what you know.", [self["on"], self["place"]]),
            ("", "", [self["file"], self["urgent"]]),
        ]


class DangerForm(forms.Form):
    danger = forms.ChoiceField(
        label="Is anyone in danger now?",
        widget=forms.RadioSelect,
        initial="unsure",
        help_text="We ask early, to tell you who can come today. “I’m not sure” is a good answer.",
        choices=[
            ("yes", "Yes, someone is in danger now"),
            ("could", "Not now, but it could happen again"),
            ("no", "No"),
            ("unsure", "I’m not sure"),
        ],
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Why is this needed?",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One or two sentences. The person on duty reads it today.",
    )


class FilterForm(forms.Form):
    state = forms.ChoiceField(label="State", choices=[("", "All"), ("open", "Open")], required=False)
    track = forms.ChoiceField(label="Track", choices=[("", "All"), ("relief", "Relief")], required=False)


def listing() -> Listing:
    rows = tuple(
        Row(
            Code(f"CASE-2W6D-H{n}XK", "#"),
            f"{n + 3} days",
            "late" if n == 0 else "",
            meta="Brick kiln, Lakeside. Lead: Omar Muster",
            tag=Tag("Open", "on"),
            strong=True,
        )
        for n in range(6)
    )
    return Listing(
        "Cases",
        lede_bold="Six cases wait for a next step.",
        lede="Two of them are late.",
        rows=rows,
        buttons=(Button("Open a case", "#new"),),
        next_url="#next",
    )


def table_listing() -> Listing:
    lines = tuple(((Code(f"EV-2W6D-H{n}XK", "#"), "Phone, black", ASHA, str(n * 11))) for n in range(5))
    return Listing(
        "Evidence",
        table=Table(
            "Evidence items",
            (Column("Item"), Column("What"), Column("Holder"), Column("Days", number=True)),
            lines,
        ),
        lede="Five items are in the store.",
        crumbs=(Crumb("Cases", "#"), Crumb("Evidence")),
    )


def pages(*, theme: str = "", arabic: bool = False) -> dict[str, tuple[str, dict[str, object]]]:
    """Name of the page -> template and context."""
    base: dict[str, object] = {"shell": shell(theme, arabic=arabic), "csrf_token": "not-a-real-token"}
    wrong = NoteForm({"place": "Lakeside", "on_day": "31", "on_month": "2", "on_year": "2026", "on_about": "on"})
    wrong.is_valid()
    return {
        "today": ("web/sheet_page.html", {**base, "sheet": today_sheet(rtl=arabic)}),
        "case": ("web/sheet_page.html", {**base, "sheet": case_sheet(rtl=arabic)}),
        "item": ("web/sheet_page.html", {**base, "sheet": item_sheet(rtl=arabic)}),
        "list": ("web/list_page.html", {**base, "listing": listing(), "filters": FilterForm()}),
        "table": ("web/list_page.html", {**base, "listing": table_listing()}),
        "empty": (
            "web/list_page.html",
            {
                **base,
                "listing": Listing("Referrals", empty=Empty("Nothing is due today.", "See the next seven days", "#")),
            },
        ),
        "form": (
            "web/form_page.html",
            {
                **base,
                "title": "Write a note",
                "form": wrong,
                "lede": "About S-2H8N. She can ask to read it.",
                "cancel_url": "#",
                "submit_label": "Save the note",
                "breadcrumbs": (Crumb("Cases", "#"), Crumb("CASE-7KQ4-M9T3", "#", code=True)),
            },
        ),
        "question": (
            "web/question_page.html",
            {
                **base,
                "title": "Is anyone in danger now?",
                "form": DangerForm(),
                "number": 3,
                "total": 8,
                "skip_url": "#s",
                "next_steps": "A person reads this within 24 hours.",
            },
        ),
        "confirm": (
            "web/confirm_page.html",
            {
                **base,
                "title": "Open the investigation part",
                "lede": "You may not see this part of the case. In danger to life you can open it.",
                "form": ReasonForm(),
                "grave": True,
                "submit_label": "Open it now",
                "cancel_url": "#",
                "consequences": (
                    "You see the part for one hour.",
                    "Omar Muster and the person on duty are told at once.",
                ),
            },
        ),
        "notfound": ("web/errors/404.html", {}),
        "broken": ("web/errors/500.html", {"error_code": "K4M9-T3"}),
    }
