from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.choices import LOCALES


class Fact(models.Model):
    """Something a learner did: when, in which language, for which setting. Appended, never rewritten."""

    at = models.DateTimeField(_("time"), auto_now_add=True)
    locale = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    setting = models.SlugField(_("professional setting"), max_length=80)

    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(condition=Q(locale__in=LOCALES), name="%(class)s_locale")]
