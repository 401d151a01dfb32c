from django.db import models
from django.utils.translation import gettext_lazy as _


def choices_of(enum: type) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enum]


class LiveManager(models.Manager):
    """The rows that are part of the draft; archived ones only keep their key from being used again."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(archived=False)


class Keyed(models.Model):
    """A draft row with a stable key: what a learner did hangs on the key, so it survives reordering and renaming."""

    key = models.SlugField(_("key"), max_length=80)
    position = models.PositiveIntegerField(_("position"), default=0)
    archived = models.BooleanField(_("archived"), default=False)

    objects = models.Manager()
    live = LiveManager()

    class Meta:
        abstract = True
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.key


def unique_key(name: str, *within: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=[*within, "key"], name=name)
