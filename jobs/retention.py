"""What is forgotten, so that tables do not grow for ever and nobody's mail or visit is kept longer than needed."""

from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.utils import timezone

from jobs.choices import JobState
from jobs.models import Job, LocalMail, Mail

KEPT = timedelta(days=30)


def forget() -> None:
    now = timezone.now()
    # A key says "once": its row stays, or the same work could be asked for again.
    Job.objects.filter(state=JobState.DONE, key=None, finished_at__lt=now - KEPT).delete()
    Mail.objects.filter(created_at__lt=now - KEPT).delete()
    LocalMail.objects.filter(delivered_at__lt=now - KEPT).delete()
    Mail.objects.filter(secret=True, expires_at__lt=now).exclude(body="").update(body="", html="")
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
