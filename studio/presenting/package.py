"""What bringing in a package would do to a draft, counted by kind of part and shown word by word."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.choices import LOCALES
from courses.packages.archive import ArchiveRefused, Why
from courses.packages.importer import Written
from courses.packages.problems import Problem
from courses.parts import PARTS as ALL_PARTS
from studio.wording import LANGUAGES, PARTS, column_diff, language_of, place_in_words

Context = dict[str, Any]
# Each kind of change, its mark, and how a heading of a column and a line of the list call it.
KINDS: dict[str, tuple[str, Promise]] = {
    "added": ("success", pgettext_lazy("package", "added")),
    "changed": ("info", pgettext_lazy("package", "changed")),
    "moved": ("info", pgettext_lazy("package", "moved")),
    "archived": ("warning", pgettext_lazy("package", "archived")),
    "restored": ("success", pgettext_lazy("package", "brought back")),
}
REFUSALS: dict[Why, Promise] = {
    Why.NO_ARCHIVE: gettext_lazy("This is not a ZIP file that can be read."),
    Why.EMPTY: gettext_lazy("This ZIP file holds no files."),
    Why.TOO_MANY: gettext_lazy("This ZIP file holds more than 500 files."),
    Why.TOO_LARGE: gettext_lazy("This ZIP file unpacks to more than 20 MB."),
    Why.NOT_OF_A_PACKAGE: gettext_lazy("“%(name)s” is no file of a package. Nothing was unpacked."),
    Why.TWICE: gettext_lazy("“%(name)s” stands twice in this ZIP file."),
    Why.LOCKED: gettext_lazy("This ZIP file is locked with a password."),
    Why.SEVERAL: gettext_lazy("This ZIP file holds more than one module. Bring them in one by one."),
}


def refusal(refused: ArchiveRefused) -> str:
    return str(REFUSALS[refused.why]) % {"name": refused.name}


def problems_in_words(problems: Iterable[Problem]) -> list[Context]:
    return [{"file": found.file, "line": found.line, "message": found.message.said(_)} for found in problems]


def kind_of(item: Written) -> str:
    if item.is_new:
        return "added"
    if "archived" in item.fields:
        return "archived" if item.fields["archived"][1] else "restored"
    return "moved" if item.fields.keys() == {"position"} else "changed"


def counted(written: Sequence[Written]) -> list[Context]:
    """A row for each kind of part, a number for each kind of change."""
    counts = Counter((item.part, kind_of(item)) for item in written)
    return [
        {"part": PARTS[part], "counts": [counts[part, kind] for kind in KINDS]}
        for part in ALL_PARTS
        if any(counts[part, kind] for kind in KINDS)
    ]


def texts_counted(written: Sequence[Written]) -> list[tuple[Promise, int]]:
    """How many texts are written anew, by language."""
    columns = Counter(language_of(name) for item in written for name in item.fields)
    return [(LANGUAGES[locale], columns[locale]) for locale in LOCALES]


def shown(item: Written) -> Context:
    kind = kind_of(item)
    mark, label = KINDS[kind]
    fields = {name: values for name, values in item.fields.items() if name not in ("archived", "position")}
    return {
        "part": PARTS[item.part],
        "place": place_in_words(item.path),
        "kind": mark,
        "label": label,
        "columns": [column_diff(name, values) for name, values in fields.items()],
    }


def said_of(written: Sequence[Written]) -> str:
    """One sentence for the message after it is done."""
    if not written:
        return _("The file says what the draft says: nothing was changed.")
    return _("The draft now says what the file says.")
