from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = _("Jobs and mail")

    def ready(self) -> None:
        from jobs import mail, registry  # models are there only now

        registry.register(mail.KIND, mail.deliver, lease_seconds=60)
