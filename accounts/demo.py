"""Standing people whom a demonstration lets in without a code. Their addresses can receive no mail anywhere."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.choices import Profession, Role, State
from accounts.models import Profile, RoleGrant, User


@dataclass(frozen=True)
class Person:
    key: str
    label: str | Promise
    email: str
    language: str
    printed_name: str
    profession: str
    state: str
    role: str = ""
    scope: str = ""

    @property
    def in_studio(self) -> bool:
        return bool(self.role)


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
        role=Role.ADMINISTRATOR,
    ),
    Person(
        "author",
        _("Priya Shah, author"),
        "priya.shah@example.org",
        "en",
        "Priya Shah",
        Profession.HEALTH_EDUCATION,
        State.MD,
        role=Role.AUTHOR,
    ),
    Person(
        "translator",
        _("Lucía Ortega, translator into Spanish"),
        "lucia.ortega@example.org",
        "es",
        "Lucía Ortega",
        Profession.OTHER,
        State.NM,
        role=Role.TRANSLATOR,
        scope="es",
    ),
    Person(
        "reviewer",
        _("Dana Whitfield, reviewer"),
        "dana.whitfield@example.org",
        "en",
        "Dana Whitfield",
        Profession.COUNSELOR,
        State.OH,
        role=Role.REVIEWER,
    ),
    Person(
        "publisher",
        _("Tomás Rivera, publisher"),
        "tomas.rivera@example.org",
        "es",
        "Tomás Rivera",
        Profession.PUBLIC_HEALTH,
        State.FL,
        role=Role.PUBLISHER,
    ),
    Person(
        "support",
        _("Sam Okafor, support"),
        "sam.okafor@example.org",
        "en",
        "Sam Okafor",
        Profession.OTHER,
        State.GA,
        role=Role.SUPPORT,
    ),
]


def make_people() -> int:
    """Make those who are missing; how many there were."""
    missing = [person for person in PEOPLE if not User.objects.filter(email=person.email).exists()]
    for person in missing:
        _make(person)
    return len(missing)


def user_for(key: str) -> User | None:
    """Made anew where a visitor has closed the account."""
    person = next((person for person in PEOPLE if person.key == key), None)
    if person is None:
        return None
    if not User.objects.filter(email=person.email).exists():
        _make(person)
    return User.objects.filter(email=person.email, is_active=True).first()


@transaction.atomic
def _make(person: Person) -> None:
    runs_it_all = person.role == Role.ADMINISTRATOR
    user = User.objects.create_user(
        person.email, language=person.language, is_staff=runs_it_all, is_superuser=runs_it_all
    )
    Profile.objects.filter(user=user).update(
        printed_name=person.printed_name, profession=person.profession, state=person.state
    )
    if person.role:
        RoleGrant.objects.create(user=user, role=person.role, scope=person.scope)
