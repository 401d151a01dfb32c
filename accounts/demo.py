"""Standing people whom a demonstration lets in without a code. Their addresses can receive no mail anywhere."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.choices import Profession, State
from accounts.models import Profile, User


@dataclass(frozen=True)
class Person:
    key: str
    label: str | Promise
    email: str
    language: str
    printed_name: str
    profession: str
    state: str
    is_administrator: bool = False


PEOPLE = [
    Person(
        "learner",
        _("Jordan Lee, who learns in English"),
        "jordan.lee@example.org",
        "en",
        "Jordan Lee",
        Profession.NURSE,
        State.TX,
    ),
    Person(
        "learner-es",
        _("María Elena Núñez, who learns in Spanish"),
        "maria.nunez@example.org",
        "es",
        "María Elena Núñez",
        Profession.SOCIAL_WORKER,
        State.PR,
    ),
    Person(
        "administrator",
        _("Alex Morgan, administrator"),
        "alex.morgan@example.org",
        "en",
        "Alex Morgan",
        Profession.HEALTH_EDUCATION,
        State.DC,
        is_administrator=True,
    ),
]


def make_people() -> int:
    """Make those who are missing; how many there were."""
    missing = [person for person in PEOPLE if not User.objects.filter(email=person.email).exists()]
    for person in missing:
        _make(person)
    return len(missing)


def user_for(key: str) -> User | None:
    emails = [person.email for person in PEOPLE if person.key == key]
    return User.objects.filter(email__in=emails, is_active=True).first()


@transaction.atomic
def _make(person: Person) -> None:
    user = User.objects.create_user(
        person.email,
        language=person.language,
        is_staff=person.is_administrator,
        is_superuser=person.is_administrator,
    )
    Profile.objects.filter(user=user).update(
        printed_name=person.printed_name, profession=person.profession, state=person.state
    )
