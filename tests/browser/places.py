"""The main pages of a demonstration, found as a person finds them: from link to link."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.person import Person

_INVESTIGATION = "section[aria-labelledby=suspects] a[href^='/investigations/']"
_WHOM = "section[aria-labelledby=whom] a[href*='/interviews/']"
_INTERVIEWS = "a[href$='/interviews/']"

# Who can show the page, and the links that lead there from the start page.
PLACES: dict[str, tuple[str, tuple[str, ...]]] = {
    "today": ("Jalil Sample", ("/",)),
    "take-report": ("Amina Sample", ("/reports/take/",)),
    "reports": ("Amina Sample", ("/reports/",)),
    "cases": ("Jalil Sample", ("/cases/",)),
    "case": ("Jalil Sample", ("/cases/", "a[href^='/case/']")),
    "consents": ("Jalil Sample", ("/cases/", "a[href^='/case/']", "a[href$='/consents/']")),
    "person": ("Jalil Sample", ("/cases/", "a[href^='/case/']", "main a[href^='/people/']")),
    "note": ("Jalil Sample", ("/cases/", "a[href^='/case/']", "a[href$='/notes/write/']")),
    "incident": (
        "Bruno Muster",
        ("/cases/", "a[href^='/case/']", "a[href$='/incidents/']", "a[href$='/incidents/add/']"),
    ),
    "investigation": ("Bruno Muster", ("/cases/", "a[href^='/case/']", _INVESTIGATION)),
    "threat": ("Bruno Muster", ("/", "main a[href^='/investigations/threats/']")),
    "report-threat": ("Dalia Mithal", ("/cases/", "a[href^='/case/']", "a[href$='/threats/report/']")),
    "interviews": (
        "Bruno Muster",
        ("/cases/", "a[href^='/case/']", _INVESTIGATION, _INTERVIEWS),
    ),
    "interview": ("Bruno Muster", ("/", "main a[href^='/investigations/interviews/']")),
    "plan-interview": (
        "Bruno Muster",
        ("/", "main a[href^='/investigations/interviews/']", _INTERVIEWS, _WHOM),
    ),
    "conference": ("Chandra Namuna", ("/week/", "main a[href^='/cases/conference/']")),
    "plan-conference": (
        "Chandra Namuna",
        ("/week/", "main a[href^='/cases/conference/']", "a[href$='/conferences/']", "a[href$='/conferences/plan/']"),
    ),
    "route": ("Bruno Muster", ("/cases/", "a[href^='/case/']", "a[href$='/incidents/']")),
    "evidence": ("Noor Sample", ("/evidence/",)),
    "item": ("Noor Sample", ("/evidence/", "main .rows a[href^='/evidence/']")),
    "examinations": ("Esther Example", ("/examinations/",)),
    "examination": (
        "Esther Example",
        ("/examinations/", "main .rows a[href^='/examinations/']", "nav a[href$='/section/injuries/']"),
    ),
    "examination-consent": (
        "Esther Example",
        ("/examinations/", "main .rows a[href^='/examinations/']", "nav a[href$='/consent/']"),
    ),
    "hearings": ("Chandra Namuna", ("/court/",)),
    "proceeding": (
        "Chandra Namuna",
        ("/court/", "main a[href^='/court/hearing/']", "main a[href^='/court/proceeding/']"),
    ),
    "aftercare": ("Dalia Mithal", ("/care/",)),
    "client": ("Dalia Mithal", ("/care/", "main .rows a[href^='/care/'], main table a[href^='/care/']")),
    "ledger": ("Grace Sample", ("/ledger/",)),
    "organisation": ("Hugo Muster", ("/organisation/",)),
    "closing": ("Jalil Sample", ("/cases/", "a[href^='/case/']", "a[href$='/closing/']")),
    "own": ("Dalia Mithal", ("/own/",)),
    "partners": ("Oksana Zrazok", ("/partners/",)),
    "agency": ("Oksana Zrazok", ("/partners/", "main .rows a[href^='/partners/agencies/']")),
    "services": ("Dalia Mithal", ("/partners/services/",)),
    "facility": ("Dalia Mithal", ("/partners/services/", "main .rows a[href^='/partners/facilities/']")),
    "gaps": ("Oksana Zrazok", ("/partners/gaps/",)),
    "official": ("Oksana Zrazok", ("/partners/officials/", "main .rows a[href^='/partners/officials/']")),
    "agreement": ("Oksana Zrazok", ("/partners/agreements/", "main a[href^='/partners/agreements/']")),
    "signed-paper": (
        "Oksana Zrazok",
        ("/partners/agreements/", "main a[href^='/partners/agreements/']", "a[href$='/papers/add/']"),
    ),
    "erase-trainee": (
        "Lina Muster",
        ("/training/people/", "main .rows a[href^='/training/people/']", "a[href$='/erase/']"),
    ),
    "strengthening": ("Oksana Zrazok", ("/strengthening/",)),
    "unit": ("Oksana Zrazok", ("/strengthening/", "main table a[href^='/strengthening/units/']")),
    "observed-file": (
        "Oksana Zrazok",
        (
            "/strengthening/",
            "main table a[href^='/strengthening/units/']",
            "main .rows a[href^='/strengthening/files/']",
        ),
    ),
    "feedback": (
        "Kofi Example",
        (
            "/strengthening/",
            "main table a[href^='/strengthening/units/']",
            "main .rows a[href^='/strengthening/feedback/']",
        ),
    ),
    "assess-unit": (
        "Oksana Zrazok",
        ("/strengthening/", "main table a[href^='/strengthening/units/']", "a[href$='/assess/']"),
    ),
    "mentoring": ("Oksana Zrazok", ("/strengthening/mentoring/",)),
    "mentored": ("Oksana Zrazok", ("/strengthening/mentoring/", "main .rows a[href^='/strengthening/mentoring/']")),
    "reforms": ("Kofi Example", ("/strengthening/reforms/",)),
    "reform": ("Kofi Example", ("/strengthening/reforms/", "main .rows a[href^='/strengthening/reforms/']")),
    "scorecard": ("Pedro Exemplo", ("/strengthening/scorecard/",)),
    "insight": ("Jalil Sample", ("/insight/",)),
    "insight-hidden": ("Pedro Exemplo", ("/insight/",)),
    "attrition": ("Jalil Sample", ("/insight/", "main a[href^='/insight/attrition/']")),
    "durations": ("Jalil Sample", ("/insight/", "main a[href^='/insight/durations/']")),
    "courts": ("Jalil Sample", ("/insight/", "main a[href^='/insight/courts/']")),
    "restoration": ("Jalil Sample", ("/insight/", "main a[href^='/insight/restoration/']")),
    "justice": ("Kofi Example", ("/insight/", "main a[href^='/insight/system/']")),
    "figure": ("Jalil Sample", ("/insight/", "main a[href^='/insight/figure/relieved/']")),
    "releases": ("Pedro Exemplo", ("/insight/", "main a[href^='/insight/releases/']")),
    "trainings": ("Oksana Zrazok", ("/training/",)),
    "training": ("Oksana Zrazok", ("/training/", "main .rows a[href^='/training/sessions/']")),
    "training-results": (
        "Pedro Exemplo",
        ("/training/?state=followed_up", "main .rows a[href^='/training/sessions/']"),
    ),
    "training-year": ("Oksana Zrazok", ("/training/year/",)),
    "curriculum": ("Oksana Zrazok", ("/training/curricula/", "main .rows a[href^='/training/versions/']")),
    "attendance": (
        "Oksana Zrazok",
        ("/training/?state=planned", "main .rows a[href^='/training/sessions/']", "a[href$='/attendance/']"),
    ),
    "trainee": (
        "Oksana Zrazok",
        ("/training/", "main .rows a[href^='/training/sessions/']", "main a[href^='/training/people/']"),
    ),
    "people-trained": ("Kofi Example", ("/training/trained/",)),
    "follow-up": ("Oksana Zrazok", ("/training/follow-up/",)),
    "check-certificate": ("Oksana Zrazok", ("/training/check/",)),
    "operations": ("Bruno Muster", ("/operations/",)),
    "operation": ("Bruno Muster", ("/operations/", ".board section:nth-of-type(2) a[href^='/operations/']")),
    "operation-place": (
        "Bruno Muster",
        ("/operations/", ".board section:nth-of-type(2) a[href^='/operations/']", "a[href$='/place/']"),
    ),
    "operation-to-approve": ("Kofi Example", ("/operations/", ".board section:nth-of-type(2) a[href^='/operations/']")),
    "plans-that-touch": ("Jalil Sample", ("/operations/touching/",)),
    "referrals": ("Dalia Mithal", ("/referrals/",)),
    "referral": ("Dalia Mithal", ("/referrals/", "main .rows a[href^='/referrals/']")),
    "referrals-of-case": (
        "Dalia Mithal",
        ("/referrals/", "main .rows a[href^='/referrals/']", "main a[href^='/referrals/cases/']"),
    ),
    "refer": (
        "Dalia Mithal",
        (
            "/referrals/",
            "main .rows a[href^='/referrals/']",
            "main a[href^='/referrals/cases/']",
            "main a[href$='/refer/']",
        ),
    ),
    "release": ("Bruno Muster", ("/", "main a[href^='/referrals/releases/']")),
    "kits": ("Noor Sample", ("/kits/",)),
    "kit": ("Noor Sample", ("/kits/", "main .rows a[href^='/kits/']")),
    "kit-stock": ("Noor Sample", ("/kits/stock/",)),
    "laboratories": ("Jalil Sample", ("/kits/laboratories/",)),
}


def go_to(person: Person, place: str) -> Page:
    """Walk to a page; a step is an address or the first link of that kind."""
    for step in PLACES[place][1]:
        if step.startswith("/"):
            person.goto(step)
        else:
            link = person.page.locator(step).first
            person.goto(str(link.get_attribute("href")))
    return person.page
