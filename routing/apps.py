from django.apps import AppConfig


class RoutingConfig(AppConfig):
    name = "routing"
    verbose_name = "甄别与交办"
    default_auto_field = "django.db.models.BigAutoField"
