from django.apps import AppConfig


class AftercareConfig(AppConfig):
    name = "amparo.aftercare"
    label = "aftercare"
    default_auto_field = "django.db.models.BigAutoField"
