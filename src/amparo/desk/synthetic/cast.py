"""Who works at the invented organisation: the cast of the demonstration, and the teams of two more offices."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.kernel.words import Role


@dataclass(frozen=True, slots=True)
class Hire:
    """Somebody who works here. `office` is the key of a place."""

    login: str
    name: str
    role: Role
    office: str = "harbour"
    language: str = "en"


# Hugo first: he invites everybody else.
CAST = (
    Hire("hugo", "Hugo Muster", Role.SYSTEM),
    Hire("jalil", "Jalil Sample", Role.SUPERVISOR),
    Hire("amina", "Amina Sample", Role.INTAKE),
    Hire("bruno", "Bruno Muster", Role.INVESTIGATOR),
    Hire("chandra", "Chandra Namuna", Role.LAWYER),
    Hire("dalia", "Dalia Mithal", Role.CASEWORKER),
    Hire("esther", "Esther Example", Role.EXAMINER),
    Hire("femi", "Femi Ejemplo", Role.POLICE),
    Hire("grace", "Grace Sample", Role.AUDITOR),
    Hire("iris", "Iris Nobody", Role.OUTSIDER),
    Hire("kofi", "Kofi Example", Role.DIRECTOR),
    Hire("lina", "Lina Muster", Role.PROTECTION),
    Hire("mateo", "Mateo Ejemplo", Role.PROSECUTOR),
    Hire("noor", "Noor Sample", Role.CUSTODIAN),
    Hire("oksana", "Oksana Zrazok", Role.TRAINER),
    Hire("pedro", "Pedro Exemplo", Role.ANALYST),
)
COLLEAGUES = (
    Hire("samira", "سميرة مثال", Role.CASEWORKER, "harbour", "ar"),
    Hire("tomasz", "Tomasz Przykład", Role.INVESTIGATOR),
    Hire("ulla", "Ulla Muster", Role.LAWYER),
    Hire("vera", "Vera Primer", Role.SUPERVISOR, "lakeside"),
    Hire("wasim", "वसीम नमूना", Role.INTAKE, "lakeside"),
    Hire("ximena", "Ximena Ejemplo", Role.INVESTIGATOR, "lakeside"),
    Hire("yusuf", "يوسف مثال", Role.LAWYER, "lakeside"),
    Hire("zola", "Zola Sample", Role.CASEWORKER, "lakeside"),
    Hire("anan", "Anan Example", Role.CUSTODIAN, "lakeside"),
    Hire("bopha", "បុប្ផា គំរូ", Role.SUPERVISOR, "hillside"),
    Hire("carla", "Carla Esempio", Role.INTAKE, "hillside"),
    Hire("dawit", "Dawit Sample", Role.INVESTIGATOR, "hillside"),
    Hire("elif", "Elif Muster", Role.LAWYER, "hillside"),
    Hire("fatou", "Fatou Exemplo", Role.CASEWORKER, "hillside"),
    Hire("gita", "गीता नमूना", Role.CUSTODIAN, "hillside"),
)
EVERYBODY = CAST + COLLEAGUES

# Officials whom the offices work with: post, unit and the kind of agency.
OFFICIALS = (
    ("Inspector", "station", "police"),
    ("Constable", "station", "police"),
    ("Prosecutor", "prosecution", "prosecution"),
    ("Registrar", "court", "court"),
)
