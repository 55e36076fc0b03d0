from django.apps import AppConfig


class RulebookConfig(AppConfig):
    name = "rulebook"
    verbose_name = "规则簿"
    default_auto_field = "django.db.models.BigAutoField"
