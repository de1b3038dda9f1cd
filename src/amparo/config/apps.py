from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "amparo.config"
    label = "config"

    def ready(self) -> None:
        from amparo.config.case_names import NamesOfCases
        from amparo.investigations.queries import told_of_official
        from amparo.partners import naming as partners
        from amparo.people.queries import official_names
        from amparo.staff import naming

        naming.answer_with(NamesOfCases())
        partners.answer_with(official_names)
        partners.tell_with(told_of_official)
