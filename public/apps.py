from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "public"
    verbose_name = "群众之窗"
    default_auto_field = "django.db.models.BigAutoField"
