from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "certificates"
    verbose_name = _("Certificates")

    def ready(self) -> None:
        from certificates import reminders, services, tasks  # models are there only now
        from jobs import registry

        registry.register(services.DRAW, tasks.draw, lease_seconds=120)
        registry.register(reminders.KIND, reminders.remind)
