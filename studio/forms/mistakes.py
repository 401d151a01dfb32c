"""What the fields of one part say against each other, beside the field where it can be mended."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.choices import LOCALES
from courses.offer_rules import LONGEST_STATEMENT, TEXTS, contradictions, text_faults

Mistake = tuple[str, str | Promise]

_DATES = gettext_lazy("The review date must lie between the release date and the termination date.")
_CONTRADICTIONS: dict[str, Promise] = {
    "amount": gettext_lazy("A certificate of completion has no amount. Leave it empty, or choose another kind."),
    "ends_on": gettext_lazy("The last day must not lie before the first."),
    "needs_nabp": gettext_lazy("Only pharmacy credit (ACPE) may ask for the NABP e-Profile."),
}


def mistakes_of(part: str, values: Mapping[str, Any]) -> Iterator[Mistake]:
    """`values` are the fields that could be read; a field that somebody may not write is none of them."""
    if part == "module":
        dates = [values.get(name) for name in ("released_on", "review_on", "terminates_on")]
        if all(dates) and dates != sorted(dates):
            yield "review_on", _DATES
    elif part == "offer":
        yield from _of_texts(values)
        if "type" in values:
            yield from _of_offer(values)


def _of_offer(values: Mapping[str, Any]) -> Iterator[Mistake]:
    rules = {name: values.get(name) for name in ("amount", "needs_nabp", "starts_on", "ends_on")}
    yield from ((column, _CONTRADICTIONS[column]) for column in contradictions(values["type"], **rules))
    if values.get("languages") == []:
        yield "languages", _("Tick at least one language.")


def _of_texts(values: Mapping[str, Any]) -> Iterator[Mistake]:
    for name, locale in product(TEXTS, LOCALES):
        text = values.get(f"{name}_{locale}", "")
        for code, detail, _locale in text_faults({name: {locale: text}}):
            yield f"{name}_{locale}", _IN_WORDS[code](len(text), detail)


_IN_WORDS = {
    "courses.E026": lambda length, _detail: (
        _("This statement has %(length)d characters; the certificate has room for %(most)d.")
        % {"length": length, "most": LONGEST_STATEMENT}
    ),
    "courses.E027": lambda _length, name: (
        _("There is no variable %(name)s. Choose one of the list above.") % {"name": name}
    ),
}
