"""A completion whose certificate nobody asked for: one friendly mail, with nothing of the subject in it."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from jobs.mail import queue_mail
from learning.models import Completion

KIND = "certificates.remind"


def remind(payload: dict) -> None:
    completion = Completion.objects.select_related("enrolment__user", "enrolment__module").get(pk=payload["completion"])
    if completion.certificates.exists():
        return
    user = completion.enrolment.user
    with override(user.language):
        url = settings.SITE_URL + reverse("certificates:name", args=[completion.enrolment.module.key])
        queue_mail(
            to=user.email,
            subject=_("Your certificate is waiting"),
            body=render_to_string("emails/certificate_waiting.txt", {"url": url}),
            language=user.language,
        )
