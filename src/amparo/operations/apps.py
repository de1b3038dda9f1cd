from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "amparo.operations"
    label = "operations"
    default_auto_field = "django.db.models.BigAutoField"
