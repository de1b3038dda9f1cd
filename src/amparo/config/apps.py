from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "amparo.config"
    label = "config"
