from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "certificates"
    verbose_name = _("Certificates")

    def ready(self) -> None:
        from certificates import mails, reminders, tasks  # models are there only now
        from certificates.presenting.listing import listed
        from certificates.services.expiring import WARN
        from certificates.services.pictures import DRAW
        from certificates.services.reissuing import KIND as REISSUE
        from certificates.services.retention import ERASE
        from certificates.services.transcripts import DRAW as DRAW_TRANSCRIPT
        from jobs import registry
        from learning.registry import tell_certificates

        # An authority for time stamps may be away for a night: so many attempts take fourteen hours.
        signed = {"lease_seconds": 120, "max_attempts": 24}
        registry.register(DRAW, tasks.draw, **signed)
        registry.register(REISSUE, tasks.reissue, **signed)
        registry.register(DRAW_TRANSCRIPT, tasks.draw_transcript, **signed)
        registry.register(ERASE, tasks.erase, lease_seconds=3600, daily=True)
        registry.register(reminders.KIND, reminders.remind, is_atomic=True)
        registry.register(mails.READY, reminders.ready, is_atomic=True)
        registry.register(WARN, reminders.expire, is_atomic=True)
        tell_certificates(listed)
