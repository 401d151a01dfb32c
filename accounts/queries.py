import re
import unicodedata
from functools import cache

from django.db.models import Q, QuerySet

from accounts.choices import Role
from accounts.models import Profile, RoleGrant, User

_LATIN = [chr(code) for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00)) if chr(code).isalpha()]
_APOSTROPHES = "'’ʼ"


def language_of(user: User) -> str:
    """The language to write to somebody in, whoever or whatever triggers the writing."""
    return user.language


def profile_of(user: User) -> Profile:
    """Somebody's profile; an empty, unsaved one for people made outside the site."""
    return Profile.objects.filter(user=user).first() or Profile(user=user)


def administrators(without: RoleGrant | None = None) -> QuerySet[User]:
    """Who can grant roles, or still could if the grant `without` were gone."""
    held = RoleGrant.objects.held().filter(role=Role.ADMINISTRATOR)
    left = held.exclude(pk=without.pk) if without else held
    return User.objects.filter(Q(is_superuser=True) | Q(pk__in=left.values("user")), is_active=True)


def is_last_administrator(user: User) -> bool:
    """Whether nobody could grant roles any more if this person were gone."""
    able = administrators()
    return able.filter(pk=user.pk).exists() and not able.exclude(pk=user.pk).exists()


def people_like(text: str) -> QuerySet[User]:
    """Whose address begins with `text`, or whose printed name holds each of its words, whatever case and accents."""
    found = Q(email__startswith=text.strip().lower()) | holds_words("profile__printed_name", text)
    return User.objects.filter(found).select_related("profile").order_by("email")


def holds_words(column: str, text: str) -> Q:
    """A name with each of the words, whatever case and accents."""
    found = Q()
    for word in text.split():
        found &= Q(**{f"{column}__iregex": _pattern(word)})
    return found


def _pattern(word: str) -> str:
    """Every letter stands for all its forms, since SQLite knows no case beyond ASCII and neither database accents."""
    return "".join(_forms(letter) for letter in unicodedata.normalize("NFC", word))


def _forms(letter: str) -> str:
    if letter in _APOSTROPHES:
        return f"[{_APOSTROPHES}]"
    return f"[{''.join(_by_base()[_base(letter)])}]" if _base(letter) in _by_base() else re.escape(letter)


@cache
def _by_base() -> dict[str, list[str]]:
    """n → N, n, Ñ, ñ, Ń …"""
    letters: dict[str, list[str]] = {}
    for letter in _LATIN:
        letters.setdefault(_base(letter), []).append(letter)
    return letters


def _base(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0].lower()
