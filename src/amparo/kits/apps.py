from django.apps import AppConfig


class KitsConfig(AppConfig):
    name = "amparo.kits"
    label = "kits"
    default_auto_field = "django.db.models.BigAutoField"
