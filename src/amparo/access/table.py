"""The policy table: who may see what, and who may do what. Everything else is derived from it.

Two tables, read by the policy, by the tests and by the reference page. Letters: F full, P partial (the
field group named in `PARTIAL_GROUPS`), S status and pseudonym only, A aggregates of at least k, - nothing;
then whose rows: a the whole organisation, o the office, t cases on whose team the actor is in that role,
h the office's rows until handed over, m the actor's own, p operations in which the actor has a place in that role
(in the team, or asked to approve it). With + a role sees more of fewer rows. Source of the first table: the field's practice
of need-to-know, need by role and compartment.
"""

from __future__ import annotations

SIGHT = """
role         C1   C1b  C2   C3   C3b  C4   C5   C5a  C6   C7   C8      C9   C10  S
intake       F:h  F:h  F:h  -    -    -    -    F:h  -    -    -       -    -    P:a
caseworker   F:t  F:t  P:t  P:t  -    F:t  -    P:t  -    P:t  F:p     P:a  -    P:a
supervisor   F:o  P:o  P:o  P:o  -    F:o  -    P:o  -    P:o  F:p     P:a  P:o  F:o
investigator P:t  -    F:t  -    -    -    F:t  F:t  F:t  P:t  F:p     P:a  -    P:a
lawyer       P:t  -    F:t  -    -    -    F:t  F:t  F:t  F:t  -       P:a  -    P:a
prosecutor   -    -    -    -    -    -    -    P:t  P:t  F:t  F:p     -    -    P:a
police       -    -    -    -    -    -    -    F:t  P:t  P:t  F:p     -    -    P:a
examiner     P:t  -    P:t  F:t  F:t  -    -    -    P:t  -    -       -    -    P:a
custodian    -    -    -    -    -    -    -    -    F:o  -    -       -    -    P:a
trainer      -    -    -    -    -    -    -    -    -    A:a  -       F:a  -    P:a
analyst      S:a  -    A:a  A:a  -    A:a  A:a  -    A:a  A:a  -       F:a  -    P:a
director     S:a  -    A:a  -    -    A:a  S:a  -    A:a  S:a  S:a+F:p F:a  P:a  P:a
protection   S:a  -    -    -    -    -    -    -    -    -    -       -    F:a  F:a
system       -    -    -    -    -    -    -    -    -    -    -       -    S:a  F:a
auditor      S:t  -    P:t  -    -    -    P:t  S:t  P:t  F:t  -       -    F:a  P:a
outsider     -    -    -    -    -    -    -    -    -    -    -       -    -    -
"""

# What a P shows of a compartment. A role that needs another part gets a line of its own, never "somehow partial".
PARTIAL_GROUPS = {
    "C1": ("code", "first_name", "age_band", "safe_contact"),
    "C1b": ("district",),
    "C2": ("summary", "types", "messages"),
    "C3": ("follow_up_needs",),
    "C5": ("summary",),
    "C5a": ("name", "photo", "no_contact_terms"),
    "C6": ("custody",),
    "C7": ("dates", "orders_without_conditions", "special_measures", "outcome_told"),
    "C9": ("officials", "observations"),
    "C10": ("team_readings",),
    "S": ("name", "role", "office"),
}

# What a sign-in in court mode sees at most of each compartment, whatever its roles see; of the others nothing.
COURT_SIGHT = """
C1  S
C5a S
C6  P
C7  F
C9  F
"""

# All that a sign-in in court mode may do, as far as its roles may: looking, at codes, states, days and figures.
# What is added to the table below is closed until it is named here.
COURT_ACTS = """
access:grant:see
cases:case:see
cases:party:see
evidence:item:see
facts:fact:see
insight:figure:see
kits:kit:see
kits:request:see
people:person:see
prosecution:charge:see
prosecution:exhibit:see
prosecution:hearing:see
prosecution:proceeding:see
"""

# channel | what its door lets in, in the one office that it writes to
CHANNELS = """
report_site | intake:report:take intake:message:send people:person:add
"""

# permission | what must be seen of the row's compartment | role:scope ...
ACTS = """
access:account:change      |   | system:a
access:account:invite      |   | system:a
access:account:see         | P | intake:a caseworker:a supervisor:a investigator:a lawyer:a prosecutor:a police:a examiner:a custodian:a trainer:a analyst:a director:a protection:a system:a auditor:a
access:bar:see             |   | supervisor:o protection:a
access:bar:set             |   | supervisor:o protection:a
access:conflict:declare    |   | intake:a caseworker:a supervisor:a investigator:a lawyer:a prosecutor:a police:a examiner:a custodian:a trainer:a analyst:a director:a protection:a system:a auditor:a
access:details:keep        |   | intake:m caseworker:m supervisor:m investigator:m lawyer:m prosecutor:m police:m examiner:m custodian:m trainer:m analyst:m director:m protection:m system:m auditor:m outsider:m
access:grant:give          |   | supervisor:o
access:grant:see           |   | caseworker:t supervisor:o investigator:t lawyer:t examiner:t director:a protection:a auditor:t
access:reading:see         |   | supervisor:o director:a protection:a auditor:a
access:role:confirm        |   | supervisor:o director:a protection:a
access:session:end         |   | system:a protection:a
aftercare:assessment:change| F | caseworker:t supervisor:o
aftercare:assessment:see   | F | caseworker:t supervisor:o
aftercare:instrument:manage|   | supervisor:a analyst:a
aftercare:plan:approve     | F | supervisor:o
aftercare:plan:change      | F | caseworker:t supervisor:o
aftercare:plan:see         | F | caseworker:t supervisor:o
aftercare:restoration:decide| F | supervisor:o
cases:basis:record         |   | caseworker:t supervisor:o investigator:t lawyer:t examiner:t
cases:basis:see            |   | caseworker:t supervisor:o investigator:t lawyer:t prosecutor:t examiner:t protection:a auditor:t
cases:case:change          |   | caseworker:t supervisor:o investigator:t lawyer:t
cases:case:hand_over       |   | caseworker:t supervisor:o investigator:t lawyer:t
cases:case:open            |   | intake:o supervisor:o
cases:case:see             |   | caseworker:t supervisor:o investigator:t lawyer:t prosecutor:t police:t examiner:t director:a protection:a auditor:t
cases:closing:approve      |   | supervisor:o
cases:closing:request      |   | caseworker:t supervisor:o lawyer:t
cases:conference:change    | P | caseworker:t supervisor:o investigator:t lawyer:t
cases:conference:see       | P | caseworker:t supervisor:o investigator:t lawyer:t auditor:t
cases:draft:keep           |   | intake:m caseworker:m supervisor:m investigator:m lawyer:m examiner:m
cases:handover:answer      |   | intake:m caseworker:m supervisor:m investigator:m lawyer:m prosecutor:m police:m examiner:m custodian:m trainer:m analyst:m director:m protection:m system:m auditor:m
cases:incident:find        | P | supervisor:o lawyer:t
cases:incident:record      | F | investigator:t lawyer:t
cases:incident:see         | P | caseworker:t supervisor:o investigator:t lawyer:t examiner:t auditor:t
cases:incident:summarise   | P | caseworker:t supervisor:o investigator:t lawyer:t
cases:note:see             | F | caseworker:t supervisor:o investigator:t lawyer:t examiner:t auditor:t
cases:note:write           | F | caseworker:t supervisor:o investigator:t lawyer:t examiner:t
cases:own_copy:make        |   | caseworker:t lawyer:t examiner:t
cases:own_copy:see         |   | caseworker:t supervisor:o lawyer:t examiner:t protection:a auditor:t
cases:party:change         |   | caseworker:t supervisor:o investigator:t lawyer:t
cases:party:see            | S | caseworker:t supervisor:o investigator:t lawyer:t prosecutor:t police:t examiner:t director:a auditor:t
cases:promise:change       |   | caseworker:t supervisor:o investigator:t lawyer:t
cases:promise:see          |   | caseworker:t supervisor:o investigator:t lawyer:t
cases:route:record         | F | investigator:t lawyer:t
cases:route:see            | P | caseworker:t supervisor:o investigator:t lawyer:t examiner:t auditor:t
cases:task:change          |   | caseworker:t supervisor:o investigator:t lawyer:t examiner:t
cases:task:see             |   | caseworker:t supervisor:o investigator:t lawyer:t examiner:t
cases:track:change         |   | caseworker:t supervisor:o investigator:t lawyer:t
cases:words:read           | P | caseworker:t supervisor:o investigator:t lawyer:t prosecutor:t police:t auditor:t
evidence:copy:see          |   | caseworker:m supervisor:o investigator:m lawyer:m examiner:m director:a protection:a auditor:a
evidence:custody:record    | F | investigator:t lawyer:t custodian:o
evidence:file:view         | F | investigator:t lawyer:t
evidence:item:register     | F | investigator:t lawyer:t
evidence:item:see          | P | investigator:t lawyer:t prosecutor:t police:t examiner:t custodian:o auditor:t
evidence:specimen:give     | P | examiner:m
evidence:specimen:register | P | examiner:t
evidence:words:read        | P | investigator:t lawyer:t prosecutor:t police:t examiner:m custodian:o auditor:t
facts:fact:publish         | F | analyst:a director:a
facts:fact:see             | F | trainer:a analyst:a director:a
facts:fact:verify          | F | trainer:a analyst:a director:a
facts:figures:publish      | F | director:a
forensics:exam:change      | F | examiner:t
forensics:exam:see         | F | examiner:t
forensics:need:see         | P | caseworker:t supervisor:o examiner:t
forensics:release:give     | F | examiner:t
forensics:release:read     |   | investigator:m lawyer:m prosecutor:m police:m
insight:figure:see         |   | supervisor:o analyst:a director:a
insight:line:see           |   | supervisor:o
insight:release:ask        |   | analyst:a director:a
insight:release:decide     |   | analyst:a director:a protection:a
insight:release:see        |   | analyst:a director:a protection:a auditor:a
intake:message:see         | P | intake:h caseworker:t investigator:t lawyer:t
intake:message:write       | P | intake:h caseworker:t
intake:report:accept       |   | intake:h supervisor:o
intake:report:acknowledge  |   | intake:h supervisor:o
intake:report:erase        |   | protection:a
intake:report:see          |   | intake:o caseworker:t supervisor:o investigator:t lawyer:t
intake:report:take         |   | intake:o supervisor:o
intake:report:words        | F | intake:h investigator:t lawyer:t
investigations:ask:answer   |   | prosecutor:m police:m
investigations:interview:change| F | investigator:t lawyer:t
investigations:interview:see| P | caseworker:t supervisor:o investigator:t lawyer:t auditor:t
investigations:lead:change | F | investigator:t lawyer:t
investigations:lead:see    | P | investigator:t lawyer:t auditor:t
investigations:official:record|  | caseworker:t supervisor:o investigator:t lawyer:t
investigations:official:see|   | caseworker:t supervisor:o investigator:t lawyer:t director:a
investigations:outcome:record|  | caseworker:t supervisor:o investigator:t lawyer:t
investigations:outcome:see |   | caseworker:t supervisor:o investigator:t lawyer:t prosecutor:t police:t director:a auditor:t
investigations:outcome:verify|  | supervisor:o
investigations:suspect:change| F | investigator:t lawyer:t
investigations:suspect:see | P | caseworker:t supervisor:o investigator:t lawyer:t prosecutor:t police:t
investigations:threat:change| P | caseworker:t supervisor:o investigator:t lawyer:t
investigations:threat:see  | P | caseworker:t supervisor:o investigator:t lawyer:t examiner:t auditor:t
kits:choice:record         |   | caseworker:t investigator:t lawyer:t examiner:t
kits:kit:count             |   | supervisor:o analyst:a director:a
kits:kit:give              | P | investigator:t lawyer:t examiner:t custodian:o
kits:kit:keep              | F | investigator:t lawyer:t custodian:o
kits:kit:see               | P | investigator:t lawyer:t prosecutor:t police:t examiner:t custodian:o auditor:t
kits:kit:tell              | P | investigator:t lawyer:t police:t examiner:t custodian:o
kits:kit:use               | P | investigator:t examiner:t
kits:number:issue          |   | caseworker:t examiner:t
kits:request:change        | P | investigator:t lawyer:t examiner:t
kits:request:see           | P | investigator:t lawyer:t prosecutor:t police:t examiner:t custodian:o auditor:t
kits:result:record         | F | investigator:t lawyer:t examiner:t
kits:result:see            | F | investigator:t lawyer:t examiner:t
kits:status:see            |   | caseworker:t examiner:t
kits:stock:manage          |   | supervisor:o examiner:o custodian:o
kits:stock:see             |   | supervisor:o examiner:o custodian:o
kits:words:read            | P | investigator:t lawyer:t prosecutor:t police:t examiner:t custodian:o auditor:t
ledger:entry:see           | P | supervisor:o director:a protection:a system:a auditor:a
operations:conflict:see    |   | supervisor:m director:m
operations:conflict:settle |   | supervisor:m director:m
operations:debrief:write   | F | caseworker:p investigator:p
operations:deconfliction:name|  | director:a
operations:lesson:see      | P | caseworker:p investigator:p trainer:a director:a
operations:lesson:take_up  | P | trainer:a
operations:operation:carry_out| F | investigator:p
operations:operation:plan  |   | investigator:t
operations:operation:see   | S | caseworker:p supervisor:p investigator:p prosecutor:p police:p director:a
operations:place:see       | F | caseworker:p supervisor:p investigator:p prosecutor:p police:p director:p
operations:plan:approve    | F | supervisor:p director:p
operations:plan:change     | F | caseworker:p investigator:p
operations:plan:print      | F | caseworker:p investigator:p police:p
operations:plan:see        | F | caseworker:p supervisor:p investigator:p prosecutor:p police:p director:p
partners:address:change    |   | caseworker:o
partners:address:open      |   | caseworker:o supervisor:o
partners:agency:change     |   | supervisor:a trainer:a director:a
partners:agency:choose     |   | intake:a examiner:a
partners:agency:see        | P | caseworker:a supervisor:a investigator:a lawyer:a trainer:a analyst:a director:a
partners:agreement:change  | F | trainer:a director:a
partners:agreement:see     | P | caseworker:a supervisor:a investigator:a lawyer:a trainer:a analyst:a director:a
partners:capacity:report   |   | supervisor:a trainer:a analyst:a director:a
partners:facility:change   |   | supervisor:a trainer:a director:a
partners:facility:choose   |   | intake:a caseworker:a supervisor:a investigator:a lawyer:a examiner:a custodian:a trainer:a analyst:a director:a
partners:facility:see      |   | caseworker:a supervisor:a investigator:a lawyer:a trainer:a analyst:a director:a
partners:facility:verify   |   | caseworker:a supervisor:a trainer:a director:a
partners:official:change   |   | supervisor:a trainer:a director:a
partners:official:erase    |   | protection:a
partners:official:file     | F | director:a
partners:official:see      |   | caseworker:a supervisor:a investigator:a lawyer:a trainer:a analyst:a director:a protection:a
people:address:change      | F | caseworker:t
people:address:see         | P | intake:h caseworker:t supervisor:o
people:contact:see         | P | intake:h caseworker:t supervisor:o investigator:t lawyer:t examiner:t
people:joining:ask         | F | caseworker:t supervisor:o investigator:t lawyer:t
people:joining:decide      | F | supervisor:o
people:person:add          |   | intake:o caseworker:o supervisor:o investigator:o lawyer:o
people:person:change       | F | intake:h caseworker:t supervisor:o investigator:t lawyer:t
people:person:erase        |   | protection:a
people:person:see          | S | intake:h caseworker:t supervisor:o investigator:t lawyer:t prosecutor:t police:t examiner:t auditor:t
prosecution:charge:change  | F | lawyer:t
prosecution:charge:see     | P | caseworker:t supervisor:o investigator:t lawyer:t prosecutor:t police:t auditor:t
prosecution:exhibit:change | F | lawyer:t
prosecution:exhibit:see    | F | lawyer:t auditor:t
prosecution:feed:keep      |   | caseworker:m supervisor:m investigator:m lawyer:m prosecutor:m
prosecution:hearing:change | F | lawyer:t
prosecution:hearing:see    | P | caseworker:t supervisor:o investigator:t lawyer:t prosecutor:t police:t auditor:t
prosecution:order:watch    | P | caseworker:t supervisor:o investigator:t lawyer:t
prosecution:outcome:tell   | P | caseworker:t supervisor:o lawyer:t
prosecution:proceeding:change| F | lawyer:t
prosecution:proceeding:see | P | caseworker:t supervisor:o investigator:t lawyer:t prosecutor:t police:t auditor:t
prosecution:survivor:prepare| P | caseworker:t supervisor:o lawyer:t
prosecution:words:read     | P | caseworker:t supervisor:o investigator:t lawyer:t prosecutor:t police:t auditor:t
protection:assessment:change|  | protection:a
protection:assessment:see  |   | director:a protection:a auditor:a
protection:assessment:sign |   | director:a protection:a
protection:breach:close    |   | director:a protection:a
protection:breach:decide   |   | director:a protection:a
protection:breach:report   |   | intake:a caseworker:a supervisor:a investigator:a lawyer:a prosecutor:a police:a examiner:a custodian:a trainer:a analyst:a director:a protection:a system:a auditor:a
protection:breach:see      |   | intake:m caseworker:m supervisor:m investigator:m lawyer:m prosecutor:m police:m examiner:m custodian:m trainer:m analyst:m director:a protection:a system:m auditor:a
referrals:referral:change  | P | caseworker:t supervisor:o investigator:t lawyer:t examiner:t
referrals:referral:see     | P | caseworker:t supervisor:o investigator:t lawyer:t examiner:t
referrals:release:approve  |   | supervisor:o investigator:t lawyer:t
referrals:release:change   |   | caseworker:t supervisor:o investigator:t lawyer:t
referrals:release:see      |   | caseworker:t supervisor:o investigator:t lawyer:t protection:a auditor:t
staff:office:manage        |   | system:a
staff:office:see           |   | supervisor:a director:a protection:a system:a auditor:a
staff:setting:change       |   | supervisor:a director:a system:a
staff:setting:see          |   | supervisor:a director:a protection:a system:a auditor:a
strengthening:assessment:change| F | trainer:a
strengthening:assessment:see| P | caseworker:a supervisor:a investigator:a lawyer:a trainer:a analyst:a director:a
strengthening:checklist:change| F | trainer:a
strengthening:contact:change| P | investigator:m lawyer:m trainer:a
strengthening:contact:review| F | trainer:a
strengthening:contact:see  | P | caseworker:a supervisor:a investigator:a lawyer:a trainer:a analyst:a director:a
strengthening:practice:observe| P | caseworker:m supervisor:m investigator:m lawyer:m trainer:a
strengthening:practice:see | P | caseworker:a supervisor:a investigator:a lawyer:a trainer:a analyst:a director:a
strengthening:reform:change| F | trainer:a director:a
strengthening:reform:see   | F | trainer:a analyst:a director:a
strengthening:score:change | F | trainer:a analyst:a director:a
strengthening:score:see    | F | trainer:a analyst:a director:a
strengthening:sheet:change | F | trainer:a
strengthening:sheet:publish| F | director:a
strengthening:sheet:see    | P | caseworker:a supervisor:a investigator:a lawyer:a trainer:a analyst:a director:a
training:certificate:issue  | F | trainer:a
training:curriculum:change | F | trainer:a
training:curriculum:see    | P | supervisor:a trainer:a analyst:a director:a
training:participant:change| F | trainer:a
training:participant:erase |   | protection:a
training:participant:see   |   | supervisor:a trainer:a analyst:a director:a protection:a
training:score:see         | F | trainer:a analyst:a director:a
training:session:change    | F | trainer:a
training:session:see       | P | supervisor:a trainer:a analyst:a director:a
"""
