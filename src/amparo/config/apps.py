from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "amparo.config"
    label = "config"

    def ready(self) -> None:
        from amparo.access import commands as access
        from amparo.cases.queries import conflicts_waiting
        from amparo.config.case_names import NamesOfCases
        from amparo.desk import asking as desk
        from amparo.evidence import asking as evidence
        from amparo.insight.queries.releases import waiting_for as figures_waiting
        from amparo.investigations.queries import told_of_official
        from amparo.kits.commands import follow_destruction
        from amparo.partners import naming as partners
        from amparo.people.commands import check_colleague
        from amparo.people.queries import joinings_waiting, official_names
        from amparo.staff import naming
        from amparo.strengthening.queries.mentoring import told_of_official as mentored
        from amparo.training.queries.people import told_of_official as trained

        access.compare_with(check_colleague)
        naming.answer_with(NamesOfCases())
        partners.answer_with(official_names)
        for teller in (told_of_official, trained, mentored):
            partners.tell_with(teller)
        evidence.follow_with(follow_destruction)
        desk.ask_too(figures_waiting)
        desk.ask_too(joinings_waiting)
        desk.ask_too(conflicts_waiting)
