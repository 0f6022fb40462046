from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        from core import accounts, checks, permissions  # noqa: F401  (each registers itself)
