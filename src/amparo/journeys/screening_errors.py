"""What can be wrong on the way through several rooms."""

from __future__ import annotations

from amparo.kernel.errors import N_, Invalid


class NobodyOnTeam(Invalid):
    code = "journeys.nobody_on_team"
    template = N_("Nobody would look after this case.")
    hint_template = N_("Choose at least one colleague for the team.")


class CaseNotOpen(Invalid):
    code = "journeys.case_not_open"
    template = N_("There is no open case with this code that you can see.")
    hint_template = N_("Compare the code with the case; a closed case has to be opened again first.")
