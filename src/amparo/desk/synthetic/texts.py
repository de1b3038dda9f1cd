"""What is written in the invented records: short, careful, and never graphic.

Each matter is one kind of case with its own words. Braces are filled from the story: {place}, {street},
{village}, {first}, {suspect}, {month}, {court}, {station}, {hospital}.
"""

from __future__ import annotations

from dataclasses import dataclass

from amparo.cases.rules import Question
from amparo.cases.words import CaseType


@dataclass(frozen=True, slots=True)
class Matter:
    """One kind of case, and the words that its records are made of."""

    key: str
    types: tuple[CaseType, ...]
    child: bool
    yes: Question | None
    relation: str
    titles: tuple[str, ...]
    reports: tuple[str, ...]
    summaries: tuple[str, ...]
    narratives: tuple[str, ...]
    leads: tuple[tuple[str, str, str], ...]
    things: tuple[tuple[str, str, str], ...]
    charges: tuple[str, ...]
    exploitation: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()
    held: bool = False
    goods: bool = False


KILN = Matter(
    key="kiln",
    types=(CaseType.FORCED_LABOUR,),
    child=False,
    yes=None,
    relation="employer",
    titles=("Kiln at {village}", "Brick works, {street}", "Workers of {village}", "Second kiln, {street}"),
    reports=(
        "A driver says that families at a brick works near {village} may not leave until a debt is paid.",
        "A worker called from the market: wages are kept back and the gate is closed at night.",
        "A teacher at {village} asks for help: children of brick workers have not come to school since {month}.",
    ),
    summaries=(
        "Bonded labour in a brick works. An advance was never accounted for and grew each season.",
        "A family works off a loan at a kiln; wages are kept and leaving is answered with threats.",
    ),
    narratives=(
        "{first} came to the kiln in {month} with her family on an advance. The foreman kept the book and did"
        " not let them read it. They worked from before light. When she asked to leave for a funeral, she was"
        " told that the debt had grown and that her brother would have to stay.",
        "{first} says that the papers of all workers were kept in the office. Purchases in the owner's shop"
        " were added to the debt. She was not hit, but others were, and she was afraid to go.",
    ),
    leads=(
        ("document", "Find the advance book", "Who keeps the book, and since when?"),
        ("person", "Who is the labour agent?", "Several families name the same agent from {village}."),
        ("vehicle", "Lorry that brought the families", "Part of the number plate is known."),
        ("place", "Second gate of the works", "Is there another way out that was closed?"),
    ),
    things=(
        ("documentary", "Page of an advance book, copied by hand", "Given by the survivor"),
        ("digital", "Photograph of the closed gate", "Taken by a neighbour"),
        ("testimonial", "Recorded statement of a driver", "Recorded at our office"),
        ("physical", "Wage tokens in a tin", "Handed over by a relative"),
    ),
    charges=("Keeping a person in bonded labour", "Withholding wages", "Unlawful confinement"),
    exploitation=("ForcedLabour",),
    controls=("DebtBondage", "ThreatensChildrenFamily", "WithholdsDocuments", "ExcessiveWorkingHours"),
    held=True,
)

SERVITUDE = Matter(
    key="servitude",
    types=(CaseType.DOMESTIC_SERVITUDE,),
    child=False,
    yes=Question.DENIAL,
    relation="employer",
    titles=("House on {street}", "Household at {street}", "Domestic worker, {village}"),
    reports=(
        "A neighbour on {street} says that a young woman never leaves the house and asks for food.",
        "A sister has had no call for five months from {first}, who works in a household on {street}.",
    ),
    summaries=(
        "A domestic worker was not paid, could not leave the house and had her papers taken.",
        "Domestic servitude: no wages since {month}, no day off, telephone taken.",
    ),
    narratives=(
        "{first} was promised a monthly wage and one free day. After {month} she was not paid and her"
        " telephone was kept. She slept in the store room. A neighbour let her call her sister.",
        "{first} says that she was told the police would arrest her if she left. She did not know the address"
        " of the house. She left through the garden when a delivery came.",
    ),
    leads=(
        ("person", "Recruiter who brought her", "Name and stall at the bus station"),
        ("witness", "Neighbour who heard her", "Would she speak to us, and when is it safe?"),
        ("money", "Transfers to the recruiter", "Receipts at the transfer shop on {street}"),
    ),
    things=(
        ("digital", "Messages from the employer", "On the survivor's telephone"),
        ("documentary", "Work agreement, one page", "Kept by her sister"),
        ("digital", "Photograph of the store room door", "Taken by the survivor"),
    ),
    charges=("Holding a person in servitude", "Withholding identity papers", "Unlawful confinement"),
    exploitation=("Servitude",),
    controls=("RestrictsMovement", "WithholdsDocuments", "TakesEarnings", "ThreatsLawEnforcement"),
    held=True,
)

ONLINE = Matter(
    key="online",
    types=(CaseType.ONLINE_EXPLOITATION,),
    child=True,
    yes=Question.UNWANTED_CONTACT,
    relation="other_family",
    titles=("Account from {village}", "House behind {street}", "Call of the child line, {village}"),
    reports=(
        "The child line passes on a referral: payments from abroad to a household on {street}.",
        "A school counsellor at {village} reports that a pupil is afraid of a telephone at home.",
    ),
    summaries=(
        "Suspected online exploitation of a child by an adult in the household. Material is registered by"
        " reference only; it is held by the police.",
        "A referral with payment records points to a household on {street}. A child was brought to safety.",
    ),
    narratives=(
        "{first} told the counsellor that an aunt made her sit before the telephone in the evening and that"
        " she did not want to. She was not asked for details. The conversation ended when she wished.",
        "{first} said that strangers on the telephone frightened her and that she was told to keep quiet."
        " She draws when she does not want to talk. No further questions were asked.",
    ),
    leads=(
        ("account", "Owner of the telephone account", "Request through the police liaison"),
        ("money", "Payments from abroad", "Dates of transfers against school days"),
        ("person", "Who else lives in the house?", "Are there other children?"),
    ),
    things=(
        ("digital", "Telephone of the suspect, seized by the police", "Held by the police"),
        ("documentary", "Copies of transfer slips", "From the transfer shop"),
        ("testimonial", "Recorded interview, child-friendly room", "Interviewed once, by a specialist"),
    ),
    charges=(
        "Online sexual exploitation of a child",
        "Trafficking of a child",
        "Making of unlawful material",
    ),
    exploitation=("SexualExploitation",),
    controls=("PsychologicalAbuse", "RestrictsMovement"),
    goods=True,
)

PARTNER = Matter(
    key="partner",
    types=(CaseType.PARTNER_VIOLENCE,),
    child=False,
    yes=Question.PHYSICAL,
    relation="intimate_partner",
    titles=("Family on {street}", "{street}, upper floor", "Kitchen door, {village}"),
    reports=(
        "{first} came to the office herself. She wants to know what a protection order is.",
        "A health worker at {hospital} sends a woman who asks for a safe place tonight.",
    ),
    summaries=(
        "Violence by a husband over several years; the survivor asks for protection and custody.",
        "Repeated violence by a former partner, who does not accept the separation.",
    ),
    narratives=(
        "{first} says that her husband became violent after he lost his work in {month}. She left once before"
        " and came back because of the children. She now wants to stay away.",
        "{first} separated in {month}. Her former partner waits outside her work and has broken the door."
        " She has told her sister and one colleague.",
    ),
    leads=(
        ("witness", "Colleague who saw him at the gate", "Two dates in {month}"),
        ("document", "Earlier complaint at {station}", "Was it entered in the book?"),
    ),
    things=(
        ("digital", "Voice messages", "From the survivor's telephone"),
        ("digital", "Photograph of the broken door", "Taken by her sister"),
        ("documentary", "Earlier complaint, stamped copy", "Copy given to the survivor"),
    ),
    charges=("Assault on a partner", "Breach of a protection order", "Threats"),
)

ASSAULT = Matter(
    key="assault",
    types=(CaseType.SEXUAL_VIOLENCE,),
    child=False,
    yes=Question.PENETRATION,
    relation="other_resident",
    titles=("Night bus, {street}", "{street} after the market", "Hostel at {village}"),
    reports=(
        "A survivor was brought by a friend. She wants medical care first, and to decide about the police later.",
        "The hospital calls: a survivor asks for somebody who stays with her.",
    ),
    summaries=(
        "Sexual violence by a man whom the survivor knew by sight. Medical care was given in time.",
        "Sexual violence reported through the hospital; the survivor decided to make a statement.",
    ),
    narratives=(
        "{first} was on her way home in {month} when a man whom she knew from the market stopped her."
        " She remembers the jacket and the voice. She went to a friend, who brought her to {hospital}."
        " What happened is in her own statement and is not repeated here.",
        "{first} wrote down what she wanted to say, and read it to us. The paper is kept as a statement."
        " She does not wish to be asked again.",
    ),
    leads=(
        ("witness", "Friend who opened the door", "When did she arrive?"),
        ("place", "Camera at the bus stop", "Is there a recording, and until when is it kept?"),
        ("person", "Man with the green jacket", "Two stall owners know him"),
    ),
    things=(
        ("biological", "Sealed examination kit", "Collected by the forensic nurse"),
        ("digital", "Recording of the bus stop camera", "Copied by the transport office"),
        ("testimonial", "Written statement of the survivor", "Written by herself"),
        ("physical", "Jacket found near {street}", "Found by a stall owner"),
    ),
    charges=("Rape", "Sexual assault", "Unlawful confinement"),
)

CHILD = Matter(
    key="child",
    types=(CaseType.CHILD_SEXUAL_VIOLENCE,),
    child=True,
    yes=Question.UNWANTED_CONTACT,
    relation="neighbour",
    titles=("School way, {village}", "Garden at {street}", "Tuition house, {street}"),
    reports=(
        "A mother came with her child after a talk at school. She asks what happens next.",
        "A teacher at {village} reports what a pupil said, in the pupil's own words.",
    ),
    summaries=(
        "A child told a trusted adult of unwanted touching by a neighbour. The child is safe at home.",
        "A tutor is suspected of sexual violence against a pupil. Two families have come forward.",
    ),
    narratives=(
        "{first} told her mother in {month} that she does not want to go to the neighbour's garden any more,"
        " and why. The mother did not ask further and came to us. The child was heard once, by a specialist.",
        "{first} drew the tutor's house and said that he closed the door and that she did not like it."
        " The counsellor wrote down her words as they were.",
    ),
    leads=(
        ("witness", "Other pupils of the tutor", "Only through parents and the school counsellor"),
        ("document", "Attendance list of the lessons", "Which days was she there?"),
        ("place", "Room on the ground floor", "Door, window and lock"),
    ),
    things=(
        ("testimonial", "Recorded interview, child-friendly room", "Interviewed once, by a specialist"),
        ("documentary", "Drawing by the child", "Given by the mother"),
        ("documentary", "Attendance list", "Copy from the tutor's book"),
    ),
    charges=("Sexual assault of a child", "Grooming of a child"),
)

TRAFFICKING = Matter(
    key="trafficking",
    types=(CaseType.SEX_TRAFFICKING,),
    child=False,
    yes=Question.PENETRATION,
    relation="employer",
    titles=("Guest house, {street}", "Bar at {street}", "Job offer from {village}"),
    reports=(
        "A taxi driver says that women at a guest house on {street} are not allowed to go out alone.",
        "{first} sent a message through a cousin: the job at the bar is not what was promised.",
    ),
    summaries=(
        "Trafficking through a false offer of work in a restaurant; several survivors, one recruiter.",
        "Sexual exploitation at a guest house. Debts for travel and clothes kept the survivors there.",
    ),
    narratives=(
        "{first} answered an offer of work as a waitress in {month}. On arrival her papers were taken and she"
        " was told that she owed for the journey. She was watched when she went out. She got away when a"
        " guest called the police.",
        "{first} says that the recruiter was known to her family. The money was kept by the manager."
        " She names three others and worries about one of them.",
    ),
    leads=(
        ("person", "Recruiter from {village}", "Seen at the bus station on Fridays"),
        ("account", "Account that placed the offer", "Still online?"),
        ("money", "Room payments", "Who rents the rooms?"),
        ("vehicle", "White van", "Used on two dates in {month}"),
    ),
    things=(
        ("digital", "Copy of the job offer", "Saved from the survivor's telephone"),
        ("documentary", "Debt notes in a school book", "Found in the room"),
        ("digital", "Short film of the entrance", "Taken by a passer-by"),
        ("testimonial", "Statement of a taxi driver", "Recorded at our office"),
    ),
    charges=("Trafficking in persons", "Sexual exploitation", "Unlawful confinement"),
    exploitation=("SexualExploitation",),
    controls=("FalsePromises", "DebtBondage", "WithholdsDocuments", "RestrictsMovement"),
    held=True,
    goods=True,
)

POLICE_ABUSE = Matter(
    key="police",
    types=(CaseType.POLICE_ABUSE,),
    child=False,
    yes=Question.PSYCHOLOGICAL,
    relation="other",
    titles=("Checkpoint at {village}", "Night at the station, {street}"),
    reports=("A lawyer reports that {first} was kept for four days without being brought before a court.",),
    summaries=("Detention without a charge and a demand for money. A complaint was made to the inspectorate.",),
    narratives=(
        "{first} was stopped on the way to work in {month} and kept at the station. Her family was asked for"
        " money. She was let go after four days and given no paper.",
    ),
    leads=(("document", "Entry in the custody book", "Which name was written?"),),
    things=(("documentary", "Complaint with a receipt stamp", "Copy given to the family"),),
    charges=("Unlawful detention", "Extortion by an official"),
)

PROPERTY = Matter(
    key="property",
    types=(CaseType.PROPERTY_GRABBING,),
    child=False,
    yes=Question.DENIAL,
    relation="other_family",
    titles=("House of a widow, {village}", "Field at {street}"),
    reports=("{first} says that her late husband's family has locked her out of her house.",),
    summaries=("A widow was driven from her house after the funeral. Her papers for the land were taken.",),
    narratives=(
        "{first} came home from the funeral in {month} and found the lock changed. Her brother-in-law says the"
        " house was never hers. Her children stay with a neighbour.",
    ),
    leads=(("document", "Entry in the land register", "In whose name is the house?"),),
    things=(("documentary", "Receipt for the land tax", "Kept by a neighbour"),),
    charges=("Unlawful eviction", "Theft of documents"),
)

MATTERS = {
    matter.key: matter
    for matter in (
        KILN, SERVITUDE, ONLINE, PARTNER, ASSAULT, CHILD, TRAFFICKING, POLICE_ABUSE, PROPERTY,
    )
}  # fmt: skip

# How often each matter comes at each office: the three programmes, and what walks in at any door.
MIX = {
    "harbour": (
        ("online", 34), ("trafficking", 24), ("assault", 14), ("servitude", 12), ("partner", 10), ("police", 6),
    ),
    "lakeside": (("kiln", 52), ("servitude", 14), ("trafficking", 10), ("partner", 12), ("property", 12)),
    "hillside": (("child", 50), ("online", 12), ("partner", 18), ("assault", 14), ("property", 6)),
}  # fmt: skip

NOT_OURS = (
    "A caller asks for help with a quarrel about a boundary wall.",
    "Somebody wants a lawyer for a divorce without violence.",
    "A caller wants to complain about a school fee.",
)
TOO_LITTLE = (
    "A caller says that something is wrong in a house, and hangs up before saying where.",
    "A message without a name: “please look at the house with the blue door”.",
)

CALLS = (
    "Called at the agreed hour. She answered herself, is well and has food. Next call on Thursday.",
    "Called at the agreed hour. A man answered; asked for a wrong name, as agreed, and ended the call.",
    "She called from her sister's telephone. She asks whether the hearing will be moved again.",
    "Spoke about the journey to court. She wants her aunt beside her. Arranged.",
    "No answer at the agreed hour. Sent nothing, as agreed. Try again tomorrow.",
)
VISITS = (
    "Visited at the agreed place. She has begun to sleep better. The younger child goes to school again.",
    "Visit with the nurse. Appointment kept; the next one is in four weeks.",
    "Went through the safety plan together. She changed the code word.",
    "She showed the sewing machine that she bought with her savings. She is proud of it, and says so.",
    "She did not want to talk today. We had tea. That was all right.",
)
DECISIONS = (
    "Team meeting: relief first, statement only after the medical appointment.",
    "Team meeting: no contact with the suspect's family by any of us. All calls go through the supervisor.",
    "Decided to wait with the complaint until she is in a safe place. She agrees.",
    "Decided to ask the prosecutor for a screen in the court room.",
)
COURT_NOTES = (
    "Prepared her for the court room: who sits where, who asks, and that she may ask for a break.",
    "Spoke with the prosecutor about the order of witnesses.",
    "The registrar confirms the date by telephone.",
)
OBSERVATIONS = (
    "Site seen from the road. No change.",
    "Two lorries in the morning, none in the evening.",
    "The account was online for an hour. Nothing was written to it.",
)
PROMISES = (
    "We call you before every hearing.",
    "We tell you the date of the hearing as soon as we know it.",
    "Nobody speaks to your employer without asking you first.",
    "You get a copy of your statement.",
    "Somebody whom you know comes with you to the hospital.",
)
TASKS = {
    "caseworker": (
        "Arrange the journey to the counsellor",
        "Ask the school for a place",
        "Go through the safety plan with her",
        "Bring the bedding to the shelter",
        "Ask for the birth certificate",
    ),
    "lawyer": (
        "Write to the prosecutor about protection measures",
        "Ask for a certified copy of the complaint",
        "Prepare the list of witnesses",
        "Ask for the compensation form",
    ),
    "investigator": (
        "Write the report of the site visit",
        "Call the witness at the agreed hour",
        "Ask for the transfer records",
        "Copy the recording before it is overwritten",
    ),
}
MATTERS_TO_HER = (
    "She wants to sleep without fear, to finish her training, and to know what the court decides.",
    "She wants her children near her and a lock of her own.",
    "She wants to work again, in a place where nobody knows the story.",
    "He wants to go back to school and to see his friends.",
)
GOALS = (
    ("safety", "I know where to go at night, and who opens the door."),
    ("law", "I understand what happens in court, and say what I want to say."),
    ("mind", "I sleep through most nights."),
    ("work", "I earn my own money with sewing."),
    ("work", "I finish the school year."),
    ("people", "I speak with my sister again."),
    ("body", "I have a room of my own."),
)
SERVICES = (
    ("psychosocial", "Counselling, once a week", "us"),
    ("health", "Medical appointments, accompanied", "public"),
    ("livelihood", "Training in tailoring", "partner"),
    ("education", "Place at school and books", "public"),
    ("legal", "Advice about compensation", "us"),
    ("goods", "Clothes and bedding", "us"),
    ("registration", "Birth certificate", "public"),
)
SAFETY = (
    (
        "He comes to the street on market days. The dog barks at strangers.",
        "Her sister; the neighbour with the green gate; our number under another name.",
        "Through the garden to the neighbour, then the bus to the office.",
        "She keeps the papers with her sister, and a bag behind the door.",
    ),
    (
        "Unknown numbers call in the evening. A car waits near the school.",
        "Her aunt; the class teacher; the child line.",
        "From school straight to the aunt, never alone.",
        "The aunt picks her up. The school lets nobody else take her.",
    ),
)
CODE_WORDS = ("orange juice", "blue scarf", "library book", "paper boat")
ADJOURN_REMARKS = (
    "The witness was not called in time.",
    "The judge is on leave; the list was moved.",
    "Counsel for the accused asked for more time.",
    "The accused was not brought from detention.",
)
