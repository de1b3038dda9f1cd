"""What is taught at the invented organisation: three curricula in the field's own terms, written for this demo."""

from __future__ import annotations

from dataclasses import dataclass

# Kind, question, answers (right ones behind an asterisk) or rubric, points.
Asked = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class Written:
    audience: str
    title: str
    aims: str
    unit: str
    posts: tuple[str, ...]
    room: str
    guest: str
    modules: tuple[tuple[str, int, str], ...]
    questions: tuple[Asked, ...]
    least_attendance: int = 80
    least_score: int = 0


CURRICULA = {
    "interviews": Written(
        audience="police",
        title="First response and the first interview",
        aims="Meet a survivor safely, keep the evidence, write down her words once, and tell her what happens next.",
        unit="station",
        posts=("Constable", "Sergeant", "Inspector"),
        room="Training room of the station",
        guest="",
        least_score=60,
        modules=(
            ("Safety first", 90, "Ask about danger before anything else, and act on the answer."),
            ("The first interview", 180, "Open questions, no blame, breaks, a support person, her own words."),
            ("Keeping the evidence", 120, "Scene, clothes, telephones; seals and signatures at each hand-over."),
            ("Medical windows", 60, "What is lost after 72 and 120 hours, and whom to call at night."),
            ("Telling her what happens", 60, "Contact details, next steps, and keeping every promise."),
        ),
        questions=(
            (
                "single",
                "What do you ask first?",
                "Her name\nWhat he did\n* Whether she is safe now\nWhether she can prove it",
                1,
            ),
            (
                "single",
                "How often should she tell the whole story?",
                "To each officer\n* As few times as can be\nTwice, to compare",
                1,
            ),
            ("true_false", "A survivor who laughs or does not cry is less believable.", "True\n* False", 1),
            (
                "multiple",
                "Which questions are open?",
                "* What happened then?\nDid he hold your arm?\n* Tell me about that evening.\nWas it dark?",
                2,
            ),
            ("single", "Until when may emergency treatment against HIV begin?", "24 hours\n* 72 hours\n7 days", 1),
            (
                "multiple",
                "What is written at each hand-over of an item?",
                "* Who gave it\n* Who received it\nWhat the suspect says\n* The number of the seal",
                3,
            ),
            ("true_false", "Wet clothes are put into a plastic bag and closed.", "True\n* False", 1),
            (
                "short",
                "Name three things that you tell her before she leaves.",
                "One point each: next step and when; her officer and his number; where to get care; whom to call.",
                3,
            ),
            (
                "single",
                "She does not want a medical examination now. What do you do?",
                "Insist\n* Explain until when it is possible, and respect it\nClose the file",
                1,
            ),
            ("true_false", "No injury means that nothing happened.", "True\n* False", 1),
        ),
    ),
    "examination": Written(
        audience="medical",
        title="Forensic examination for first responders",
        aims="Examine with consent for each step, document what is seen, collect specimens, treat first.",
        unit="hospital",
        posts=("Nurse", "Clinical officer", "Doctor"),
        room="Skills room",
        guest="Dr Esther Example",
        modules=(
            ("Consent for each section", 90, "Ask before each step; a no is an answer and is written down."),
            ("History in her words", 90, "What is told and what is observed stand apart."),
            ("Body map and photographs", 150, "Every injury with size, type and scale."),
            ("Specimens and the kit", 120, "Order, drying, seals, signatures, cold store."),
            ("Findings and opinion", 90, "What is seen; what it is consistent with; never more."),
        ),
        questions=(
            (
                "single",
                "When is consent asked?",
                "Once, at the door\n* For each section and item\nAfter the examination",
                1,
            ),
            ("true_false", "An examination can tell whether somebody was a virgin.", "True\n* False", 1),
            (
                "multiple",
                "Which belong beside an injury on the body map?",
                "* Size\n* Type\nHer reputation\n* Number of the photograph",
                3,
            ),
            ("single", "What comes first?", "Specimens\n* Treating what endangers her\nThe form", 1),
            ("true_false", "A photograph without a scale is still kept.", "* True\nFalse", 1),
            (
                "short",
                "Write one sentence of opinion about a bruise on the upper arm.",
                "One point for naming what is seen, one for a degree of consistency, one for another possible cause.",
                3,
            ),
            ("single", "How is a wet swab packed?", "At once, closed\n* After drying, in paper\nIn alcohol", 1),
            (
                "multiple",
                "Who may read the HIV result?",
                "The police\n* The patient\n* Who treats her\nThe court, with the report",
                2,
            ),
        ),
    ),
    "trial": Written(
        audience="prosecutors",
        title="Trials that do not hurt twice",
        aims="Prepare a survivor for court, ask for special measures in time, keep adjournments few.",
        unit="prosecution",
        posts=("Prosecutor", "Senior prosecutor"),
        room="Library of the prosecution office",
        guest="",
        least_attendance=100,
        modules=(
            ("Before the trial", 90, "Meeting her, the room, the words, who will be there."),
            ("Special measures", 120, "Screen, video link, closed court, support person: asked for in time."),
            ("Questions that are not allowed", 90, "Sexual history, clothes, repeated questions: objecting."),
            ("Adjournments", 60, "Why they happen, who asks for them, what they cost her."),
        ),
        questions=(
            (
                "single",
                "When are special measures asked for?",
                "On the day\n* As soon as she is known to be a witness\nAfter an adjournment",
                1,
            ),
            (
                "multiple",
                "Which are special measures?",
                "* A screen\n* A video link\nA shorter sentence\n* A support person",
                3,
            ),
            ("true_false", "Her earlier relationships may be asked about freely.", "True\n* False", 1),
            (
                "short",
                "How do you tell her that the hearing was adjourned?",
                "One point for the same day, one for the reason, one for the new date and who calls her.",
                3,
            ),
            (
                "single",
                "What does each adjournment cost first?",
                "The court's time\n* Her days and her strength\nThe file",
                1,
            ),
            ("true_false", "She must see the accused while she testifies.", "True\n* False", 1),
        ),
    ),
}

ADDED_MODULE = ("Interviews on video", 60, "One recorded interview instead of many: consent, room, sealing the file.")

EVALUATIONS = (
    "The exercises with actors worked best. The part on seals was too fast: give it an hour more.",
    "Half of them came from one unit and could speak freely. Next time ask the heads of unit to stay away.",
    "The questions on medical windows were mostly wrong before and right after. The role play needs a quieter room.",
)
WISHES = (
    "More practice, fewer slides.",
    "Please come to our station and do it there.",
    "Send the hand-outs in our language.",
    "More time for questions about court.",
)
