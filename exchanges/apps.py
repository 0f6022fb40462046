from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangesConfig(AppConfig):
    name = "exchanges"
    verbose_name = _("Exchanges")

    def ready(self) -> None:
        from exchanges import permissions, wording  # noqa: F401  (permissions registers itself)
        from licensing.wording import register_words

        register_words(wording.VERBS, {})
