"""The form of an offer of credit: which fields belong together, and what somebody has to know who fills them in."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from courses.credit import VARIABLES
from courses.offer_rules import LONGEST_STATEMENT
from studio.presenting.pairs import Pair


class Group(NamedTuple):
    """`parts` are texts in both languages and plain fields, in the order in which they are asked for."""

    name: str
    label: Promise
    note: Promise | str
    parts: list[Pair | BoundField]


_VARIABLES = ", ".join(f"{{{name}}}" for name in VARIABLES)
_GROUPS: dict[str, tuple[Promise, Promise | str, tuple[str, ...]]] = {
    "what": (_("What is earned"), "", ("name", "type", "amount")),
    "who": (_("Who earns it"), "", ("professions", "languages")),
    "when": (_("When"), "", ("starts_on", "ends_on", "valid_months")),
    "from": (
        _("Who gives it"),
        "",
        ("provider", "provider_address", "provider_number", "activity_number"),
    ),
    "paper": (
        _("What the certificate says"),
        format_lazy(_("A text may hold variables, which each certificate fills in: {names}."), names=_VARIABLES),
        ("statement", "extra", "format", "signatory", "signatory_role"),
    ),
    "asked": (_("What learners are asked for"), "", ("needs_license", "needs_nabp")),
}

HINTS: dict[str, Promise] = {
    "amount": _("Hours or credits, with two decimal places at most. Empty for a certificate of completion."),
    "professions": _("With nothing ticked, it is for everyone."),
    "languages": _("The language in which somebody finishes the module decides."),
    "activity_number": _("For pharmacy, the UAN."),
    "statement": format_lazy(
        _("In the accreditor’s words. It stands alone on the certificate, with room for {most} characters."),
        most=LONGEST_STATEMENT,
    ),
    "extra": _("Only what this kind of credit asks for, such as the level of learning."),
    "format": _("For example: online, self-paced."),
    "valid_months": _("Empty if the certificate does not expire."),
    "needs_license": _("It is printed on the certificate and never shown when a certificate is verified."),
    "needs_nabp": _("Pharmacy only: the e-Profile ID with month and day of birth. Never printed."),
}


def groups_of(pairs: Iterable[Pair], fields: Mapping[str, BoundField]) -> list[Group]:
    """Without what this person may neither read nor write here."""
    parts: dict[str, Pair | BoundField] = {**{pair.name: pair for pair in pairs}, **fields}
    groups = [
        Group(name, label, note, [parts[part] for part in wanted if part in parts])
        for name, (label, note, wanted) in _GROUPS.items()
    ]
    return [group for group in groups if group.parts]
