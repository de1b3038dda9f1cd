"""The sections of an examination, each with its questions: forms, pages and papers are made from these."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amparo.forensics.words import Anatomy, Item, Labels
from amparo.kernel.words import Compartment

Said = str | Promise


class Kind(StrEnum):
    """How a question is answered."""

    LINE = "line"
    WORDS = "words"
    CHOICE = "choice"
    MANY = "many"
    MOMENT = "moment"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Question:
    code: str
    label: Said
    kind: Kind = Kind.LINE
    limit: int = 300
    choices: Labels | None = None
    hint: Said = ""


@dataclass(frozen=True, slots=True)
class Group:
    legend: Said
    questions: tuple[Question, ...]
    hint: Said = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One section. `needs` are the consents of which at least one must live before anything is kept in it."""

    code: str
    label: Said
    why: Said
    compartment: Compartment = Compartment.EXAMINATION
    needs: tuple[Item, ...] = ()
    groups: tuple[Group, ...] = ()
    minutes: int = 3

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for group in self.groups for question in group.questions)


YES_NO_UNKNOWN: Labels = {"yes": _("Yes"), "no": _("No"), "unknown": _("Not known")}
_LONG = 6000


def _words(code: str, label: Said, hint: Said = "", limit: int = 2000) -> Question:
    return Question(code, label, Kind.WORDS, limit, hint=hint)


def _yes_no(code: str, label: Said) -> Question:
    return Question(code, label, Kind.CHOICE, choices=YES_NO_UNKNOWN)


MARITAL: Labels = {
    "single": _("Single"),
    "married": _("Married or living with a partner"),
    "separated": _("Separated or divorced"),
    "widowed": _("Widowed"),
    "unknown": _("Not known"),
}

BEFORE = Part(
    "before",
    _("Before we begin"),
    _("Who was in the room, and who examined, is the first question in court. It also protects her or him."),
    groups=(
        Group(
            _("Who examines"),
            (
                Question("examiner", _("Name")),
                Question("qualification", _("Qualification")),
                Question("registration", _("Registration number"), limit=80),
            ),
        ),
        Group(
            _("Who is there"),
            (
                Question("asked_by", _("Who asked for the examination?")),
                _words("present", _("Who else is in the room, and what are they to her or him?"), limit=1000),
                Question("interpreter", _("Interpreter, and the language")),
                Question("place", _("Where? Room or ward")),
            ),
        ),
        Group(
            _("About her or him"),
            (
                Question("marital", _("Does she or he live with a partner?"), Kind.CHOICE, choices=MARITAL),
                _yes_no("without_parents", _("Is she or he a child without a parent’s care?")),
            ),
            hint=_("Age, gender, languages and disability come from the case: they are not asked again."),
        ),
    ),
    minutes=2,
)

CONTACTS: Labels = {
    "oral": _("Oral"),
    "vaginal": _("Vaginal"),
    "anal": _("Anal"),
    "touching": _("Touching"),
    "attempt": _("An attempt"),
    "other": _("Something else"),
}
WITH: Labels = {"penis": _("Penis"), "finger": _("Finger"), "object": _("Object"), "mouth": _("Mouth")}

HISTORY = Part(
    "history",
    _("What she or he told"),
    _("Told once and written down in her or his own words, so that nobody has to ask again."),
    needs=(Item.HISTORY,),
    groups=(
        Group(
            _("In her or his own words"),
            (
                _words("account", _("What happened"), _("Write it as it is said. Ask no leading question."), _LONG),
                Question("when", _("When? Day and time, as far as known")),
                Question("where", _("Where?")),
                _words("reported", _("What hurts or worries her or him"), _("As she or he says it."), 2000),
            ),
        ),
        Group(
            _("Who did it"),
            (
                Question("number", _("How many people?"), limit=60),
                Question("relation", _("What are they to her or him?")),
                Question("described", _("Their age and sex, as she or he says")),
            ),
        ),
        Group(
            _("What was done"),
            (
                Question("contact", _("Kind of contact"), Kind.MANY, choices=CONTACTS),
                Question("with", _("With what"), Kind.MANY, choices=WITH),
                _yes_no("condom", _("Was a condom used?")),
                _yes_no("force", _("Was there a weapon, or was she or he held or tied?")),
                _words("force_words", _("Which, and how?"), limit=1000),
                _yes_no("unconscious", _("Did she or he lose consciousness?")),
                _yes_no("intoxicated", _("Was there alcohol or a drug?")),
            ),
        ),
    ),
    minutes=8,
)

SINCE: Labels = {
    "washed": _("Washed"),
    "bathed": _("Bathed or showered"),
    "urinated": _("Passed urine"),
    "defecated": _("Opened the bowels"),
    "changed": _("Changed clothes"),
    "ate": _("Ate or drank"),
    "brushed": _("Brushed the teeth"),
    "tampon": _("Used or removed a tampon or pad"),
    "nothing": _("None of these"),
}
CLOTHES: Labels = {
    "worn": _("She or he wears them now"),
    "paper": _("Brought in paper or cloth"),
    "plastic": _("Brought in plastic"),
    "police": _("The police have them"),
    "lost": _("Not there any more"),
}

AFTER = Part(
    "after",
    _("Since then"),
    _("What was done since then tells the laboratory what can still be found, and the court why nothing may be."),
    needs=(Item.HISTORY,),
    groups=(
        Group(
            _("Since it happened"),
            (
                Question("since", _("What has she or he done since?"), Kind.MANY, choices=SINCE),
                Question("clothes", _("Where are the clothes that were worn then?"), Kind.MANY, choices=CLOTHES),
                _words("clothes_words", _("What state are they in?"), limit=600),
            ),
        ),
        Group(
            _("Where else she or he was"),
            (
                Question("facility_before", _("Seen at another facility? Which and when?")),
                Question("police_before", _("Reported to the police? Which station and when?")),
            ),
        ),
    ),
    minutes=2,
)

HEALTH = Part(
    "health",
    _("Health"),
    _("Only what is needed to treat her or him safely. It is kept apart and never comes into the report for court."),
    compartment=Compartment.CLINICAL,
    needs=(Item.CLINICAL,),
    groups=(
        Group(
            _("Health until now"),
            (
                _words("history", _("Illnesses, operations, medicines, allergies"), limit=2000),
                Question("lmp", _("First day of the last period")),
                Question("contraception", _("Contraception")),
                Question("pregnancy", _("Pregnancy: known, possible, or no")),
                Question("last_consensual", _("Last consensual intercourse, if it matters for the samples")),
            ),
        ),
        Group(
            _("Measured now"),
            (
                Question("pulse", _("Pulse"), limit=40),
                Question("pressure", _("Blood pressure"), limit=40),
                Question("temperature", _("Temperature"), limit=40),
                Question("weight", _("Weight"), limit=40),
            ),
        ),
    ),
    minutes=3,
)

INJURIES = Part(
    "injuries",
    _("Injuries"),
    _("Each mark on the body is drawn, measured and described. What it may mean comes later, and apart."),
    needs=(Item.EXAMINATION,),
    groups=(
        Group(
            _("What was seen"),
            (
                _words(
                    "observed",
                    _("General observation"),
                    _("What you see, not what it means: posture, movement, clothing, state of the skin."),
                ),
                Question(
                    "looked",
                    _("Which parts were looked at?"),
                    Kind.MANY,
                    choices={
                        "head": _("Head and mouth"),
                        "neck": _("Neck"),
                        "chest": _("Chest and breasts"),
                        "belly": _("Belly"),
                        "back": pgettext_lazy("of a body", "Back"),
                        "arms": _("Arms and hands"),
                        "legs": _("Legs and feet"),
                    },
                ),
                Question(
                    "nothing_seen",
                    _("Injuries"),
                    Kind.CHOICE,
                    choices={
                        "drawn": _("Each one is drawn and described above"),
                        "none": _("No injury was seen on the parts looked at"),
                    },
                ),
            ),
        ),
    ),
    minutes=8,
)

LOOKED: Labels = {
    "not_looked": _("Not looked at"),
    "nothing": _("Looked at, no injury seen"),
    "injury": _("Looked at, injury seen: described"),
}
_OUTER: tuple[tuple[str, Said], ...] = (
    ("thighs", _("Inner thighs and pubic area")),
    ("perineum", _("Perineum")),
    ("anus", _("Anus and skin around it")),
)
_FEMALE: tuple[tuple[str, Said], ...] = (
    ("labia_majora", _("Labia majora")),
    ("labia_minora", _("Labia minora")),
    ("clitoris", _("Clitoris and hood")),
    ("urethra", _("Opening of the urethra")),
    ("fourchette", _("Posterior fourchette and fossa")),
    ("vestibule", _("Vaginal opening and the tissue around it")),
    ("vagina", _("Vaginal walls")),
    ("cervix", _("Cervix")),
)
_MALE: tuple[tuple[str, Said], ...] = (
    ("shaft", _("Shaft of the penis")),
    ("glans", _("Glans and foreskin")),
    ("meatus", _("Opening of the urethra of the penis")),
    ("scrotum", _("Scrotum and testes")),
)


def _structures(pairs: tuple[tuple[str, Said], ...]) -> tuple[Question, ...]:
    return tuple(
        question
        for code, label in pairs
        for question in (
            Question(code, label, Kind.CHOICE, choices=LOOKED),
            Question(f"{code}_words", format_lazy("{}: {}", label, _("described")), limit=600),
        )
    )


def _genital(anatomy: Anatomy) -> Part:
    female = (Group(_("Female genitals"), _structures(_FEMALE)),) if anatomy is not Anatomy.MALE else ()
    male = (Group(_("Male genitals"), _structures(_MALE)),) if anatomy is not Anatomy.FEMALE else ()
    return Part(
        "genital",
        _("Genital examination"),
        _("Structure by structure: looked at or not, and what was seen. No examination can tell whether somebody has"
          " had intercourse before, so nothing here asks it."),
        needs=(Item.GENITAL,),
        groups=(
            Group(
                _("How it was done"),
                (
                    Question("position", _("Position")),
                    Question("means", _("With what: eye, magnifier, speculum, swab")),
                ),
            ),
            *female,
            *male,
            Group(_("Around"), _structures(_OUTER)),
        ),
        minutes=6,
    )  # fmt: skip


SPECIMENS = Part(
    "specimens",
    _("Specimens"),
    _("Each specimen for the court gets a seal and a chain of custody at once, so that nobody can say it was another."),
    needs=(Item.SWABS_BODY, Item.SWABS_GENITAL, Item.BLOOD_URINE, Item.HAIR_NAILS, Item.CLOTHING),
    groups=(Group("", (_words("remark", _("Anything that a laboratory should know"), limit=1000),)),),
    minutes=5,
)

DONE: Labels = {
    "pep": _("Medicine against HIV after exposure"),
    "emergency_contraception": _("Emergency contraception"),
    "sti": _("Treatment against sexually transmitted infections"),
    "tetanus": _("Tetanus vaccination"),
    "hepatitis_b": _("Hepatitis B vaccination"),
    "wounds": _("Care of wounds"),
    "other": _("Something else"),
}
RESULTS: Labels = {
    "not_done": _("Not done"),
    "refused": _("She or he did not want it"),
    "waiting": _("Waiting for the result"),
    "negative": _("Negative"),
    "positive": _("Positive"),
    "unclear": _("Unclear"),
}

TREATMENT = Part(
    "treatment",
    _("Treatment"),
    _("So that the next nurse knows what was given. It is kept apart and never comes into the report for court."),
    compartment=Compartment.CLINICAL,
    needs=(Item.CLINICAL,),
    groups=(
        Group(
            _("Tests"),
            (
                Question("hiv", _("HIV test"), Kind.CHOICE, choices=RESULTS),
                Question("pregnancy_test", _("Pregnancy test"), Kind.CHOICE, choices=RESULTS),
                _words("other_tests", _("Other tests and results"), limit=1000),
            ),
        ),
        Group(
            _("Given today"),
            (
                Question("given", _("Treatment"), Kind.MANY, choices=DONE),
                _words("given_words", _("What exactly, and how much"), limit=2000),
                _words("advice", _("What she or he was told"), limit=1000),
            ),
        ),
    ),
    minutes=3,
)

MIND = Part(
    "mind",
    _("How she or he seemed"),
    _("Observed, not judged. Calm is no sign that nothing happened, and neither are tears a sign that it did."),
    needs=(Item.EXAMINATION,),
    groups=(
        Group(
            _("Observed"),
            (
                Question("appearance", _("Appearance and behaviour"), limit=600),
                Question("rapport", _("Contact with you"), limit=600),
                Question("mood", _("Mood, as she or he says"), limit=600),
                Question("affect", _("Feeling, as you see it"), limit=600),
                Question("speech", _("Speech"), limit=600),
                Question("thought", _("Thoughts and perception"), limit=600),
                Question("cognition", _("Attention, memory, orientation"), limit=600),
                Question("insight", _("How she or he understands what is happening now"), limit=600),
                _words("play", _("A child at play: what you saw"), limit=1000),
            ),
        ),
        Group("", (_words("advice", _("What you recommend"), limit=1000),)),
    ),
    minutes=3,
)

REFERRALS: Labels = {
    "police": _("Police"),
    "legal": _("Legal help"),
    "counselling": _("Counselling"),
    "shelter": _("A safe place to stay"),
    "hospital": _("Hospital or specialist"),
    "child": _("Child protection"),
    "other": _("Something else"),
    "none": _("None wanted"),
}

ONWARD = Part(
    "onward",
    _("What comes next"),
    _("Nobody should leave without knowing where to go, and when somebody will ask how it is."),
    groups=(
        Group(
            _("Referrals"),
            (
                Question("referred", _("Referred to"), Kind.MANY, choices=REFERRALS),
                _words("referred_words", _("To whom, and what was agreed"), limit=1000),
                _yes_no("safe_home", _("Is it safe to go home?")),
            ),
        ),
    ),
    minutes=2,
)

SIGN = "sign"
CONSENT = "consent"
OPINION = "opinion"


def parts(anatomy: Anatomy) -> tuple[Part, ...]:
    """The sections with questions, in the order in which they are gone through; consent comes after the first."""
    return (
        BEFORE, HISTORY, AFTER, HEALTH, INJURIES, _genital(anatomy), SPECIMENS, TREATMENT, MIND, ONWARD,
    )  # fmt: skip


def part(code: str, anatomy: Anatomy) -> Part | None:
    return next((one for one in parts(anatomy) if one.code == code), None)
