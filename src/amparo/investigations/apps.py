from django.apps import AppConfig


class InvestigationsConfig(AppConfig):
    name = "amparo.investigations"
    label = "investigations"
    default_auto_field = "django.db.models.BigAutoField"
