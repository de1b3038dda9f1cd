from django.apps import AppConfig


class StrengtheningConfig(AppConfig):
    name = "amparo.strengthening"
    label = "strengthening"
    default_auto_field = "django.db.models.BigAutoField"
