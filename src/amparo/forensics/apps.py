from django.apps import AppConfig


class ForensicsConfig(AppConfig):
    name = "amparo.forensics"
    label = "forensics"
    default_auto_field = "django.db.models.BigAutoField"
