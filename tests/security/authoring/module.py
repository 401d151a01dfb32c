"""A module of hostile words with people around it: past the forms, as a hostile file or a mistake might bring them."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.db.models import Model

from accounts.models import Profile, RoleGrant, User
from courses.choices import BlockKind, SignOffKind
from courses.columns import stamp
from courses.files import FILES, keep
from courses.models import Module, Step
from courses.parts import PARTS, TERM, Part, part_of
from courses.readiness import Draft
from courses.services.editing import edit
from courses.services.releases import publish
from courses.services.reviewing import ask_for_review, sign_off
from courses.services.structure import add
from studio.presenting.shapes import shape_of
from support.models import HelpLine
from tests import factories
from tests.courses import factories as drafts
from tests.courses.pictures import pdf
from tests.security.authoring.words import SLY_ADDRESS, hostile, mark_of

LOCALES = ("en", "es")
COMMENT = {"key": "comment", "kind": "text", "prompt": factories.words("comment")}
# Numbers of what people say, beyond those of any text.
ASKED, SIGNED, PUBLISHED, WITHDRAWN, GRANTED, NAMED = range(901, 907)
HELPED, COMMENTED, ADDRESSED, TYPED_ALONE, CORRECTED, ANSWERED = range(907, 913)
REISSUED, BROKEN = range(913, 915)
NOTE = 500  # characters, for which every note has room


class Text(NamedTuple):
    """A text that somebody can type; what it says is known by its number."""

    number: int
    part: Part
    row: int
    name: str


def texts(module: Module) -> list[Text]:
    found = ((part, row.pk, name) for part, row in _rows(module) for name in _names(part, row))
    return [Text(number, *text) for number, text in enumerate(found, start=1)]


def _rows(module: Module) -> Iterator[tuple[Part, Model]]:
    for part in PARTS.values():
        yield from ((part, row) for row in part.live(module))
    yield from ((TERM, row) for row in TERM.live(None))


def _names(part: Part, row: Model) -> list[str]:
    return [name for name in shape_of(part, row)[0] if part.words[name].is_words]


def draft(folder: Path) -> Module:
    """The tiny module with one of everything that can be written."""
    files = drafts.content()
    files["basics/survey.yaml"]["items"].append(COMMENT)
    files["basics/module.yaml"]["attempts_allowed"] = 1
    module = drafts.draft(folder, files)
    step = Step.objects.get(key="shared")
    name = keep(FILES, ".pdf", pdf())
    download = {"name": "card", "kind": BlockKind.DOWNLOAD, "values": {"file_en": name, "file_es": name}}
    add(part=PARTS["block"], module=module, by=None, parent=step, **download)
    add(part=PARTS["offer"], module=module, by=None, name="paper", type="completion", values=_offer())
    add(part=TERM, module=None, by=None, name="labor", values={"name_en": "labor", "name_es": "trabajo"})
    return module


def _offer() -> dict[str, object]:
    """Of a certificate for everyone, which expires so that it can be renewed."""
    words = {f"{name}_{locale}": name for name in PARTS["offer"].words for locale in LOCALES}
    days = {"starts_on": "2026-01-01", "ends_on": "2098-12-31", "valid_months": 12}
    return words | days | {"languages": list(LOCALES)}


def poison(module: Module, by: User) -> list[Text]:
    """Every text in both languages, and what is typed into other columns."""
    found = texts(module)
    rows: dict[tuple[str, int], dict[str, str]] = {}
    for text in found:
        for locale in LOCALES:
            column = f"{text.name}_{locale}"
            rows.setdefault((text.part.name, text.row), {})[column] = _words(text, column, locale)
    for (name, row), values in rows.items():
        write(_part(name).model._base_manager.get(pk=row), module, by, **values, **_typed(_part(name)))
    return found


def _words(text: Text, column: str, locale: str) -> str:
    """On a certificate, braces hold what is filled in, so that others are refused, and there is room for little."""
    if text.part.name == "offer" or text.name == "statement":
        return hostile(text.number, locale, 110, braces=False)
    return hostile(text.number, locale, text.part.model._meta.get_field(column).max_length)


# Columns that hold what somebody types, in one language.
_IN_ONE_LANGUAGE = {"offer": ("provider_address", "provider_number", "activity_number", "signatory"), "term": ("note",)}


def _typed(part: Part) -> dict[str, str]:
    if part.name == "source":
        return {"url": SLY_ADDRESS}
    return {name: hostile(TYPED_ALONE, "en", 80) for name in _IN_ONE_LANGUAGE.get(part.name, ())}


def _part(name: str) -> Part:
    return TERM if name == TERM.name else PARTS[name]


def write(row: Model, module: Module, by: User, **values) -> None:
    """As the form of a part does."""
    part = part_of(row)
    of = None if part in (TERM, PARTS["setting"]) else module
    edit(part=part, row=row.pk, module=of, values=values, base=stamp(row, part), by=by)


def person(label: str, role: str = "") -> User:
    """Somebody with a hostile name, and an address that is one to Django all the same."""
    found = factories.user(f'"{mark_of(ADDRESSED, "en")}\'<svg/onload=alert(1)/evil>{label}"@example.org')
    Profile.objects.update_or_create(user=found, defaults={"printed_name": hostile(NAMED, "en", 120)})
    if role:
        RoleGrant.objects.create(user=found, role=role)
    return found


def speak_of(module: Module, by: User) -> None:
    """A draft asked to be read, refused and published, each with a note."""
    ask_for_review(module=module, note=hostile(ASKED, "en", NOTE), by=by)
    seen = Draft(Module.objects.get(pk=module.pk)).digest
    for kind in SignOffKind:
        sign_off(module=module, kind=kind, approved=False, note=hostile(SIGNED, "en", NOTE), digest=seen, by=by)
    publish(module=module, by=by, note=hostile(PUBLISHED, "en", NOTE))


def help_line() -> HelpLine:
    texts = {f"{name}_{locale}": hostile(HELPED, locale, 120) for name in ("name", "note") for locale in LOCALES}
    return HelpLine.objects.create(key="hostile", urgent=True, checked_on=factories.DATES["released_on"], **texts)
