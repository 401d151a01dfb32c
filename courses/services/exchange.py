"""A module's texts handed to a professional translator and taken back (docs/exchange.md)."""

from collections.abc import Iterable

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from courses.choices import Act
from courses.exchange.comparing import Compared, Outcome, compare
from courses.exchange.reading import Delivery
from courses.exchange.xliff import Job, Unit
from courses.freshness import State
from courses.glossary import Entry, avoided, has
from courses.models import Module, Term, Translation
from courses.parts import PARTS, module_of
from courses.services.drafts import find, lock, write
from courses.texts import Address, Text, Translated, translations_of
from support.languages import OTHER


def job_of(module: Module, target: str, *, only_open: bool = False) -> Job:
    """Every text translated into `target`; `only_open` takes those that are missing or stale."""
    items = [item for item in _handed_out(module, target) if not only_open or item.behind]
    earlier, terms = made_from_of(module), entries()
    units = tuple(_unit(item, earlier.get(item.text.address, ""), terms) for item in items)
    return Job(module=module.key, source=OTHER[target], target=target, units=units)


@transaction.atomic
def take_back(*, module: Module, files: Iterable[Delivery], target: str, by: AbstractBaseUser) -> list[Compared]:
    """Writes what can be written of a file that came back, and says what became of each text.

    Looks again at what stands here, so that nothing written since the comparison was shown is lost. Raises Refused.
    """
    lock(module)
    texts = {unit_id(item.text): item.text for item in _handed_out(module, target)}
    compared = compare(job_of(module, target), files)
    values: dict[tuple[str, int], dict[str, str]] = {}
    for item in compared:
        if item.outcome is Outcome.WRITE:
            text = texts[item.id]
            values.setdefault((text.part, text.row), {})[f"{text.field}_{target}"] = item.new
    for (part, row), words in values.items():
        found = find(PARTS[part], row, module)
        write(row=found, module=module_of(found), values=words, by=by, act=Act.IMPORTED)
    return compared


def entries() -> list[Entry]:
    """The glossary."""
    columns = ("name_en", "name_es", "avoid_en", "avoid_es")
    return [
        Entry({"en": en or "", "es": es or ""}, {"en": avoided(not_en or ""), "es": avoided(not_es or "")})
        for en, es, not_en, not_es in Term.live.values_list(*columns)
    ]


def unit_id(text: Text) -> str:
    """The same in every copy of the module: keys, no numbers of rows."""
    return "/".join((text.part, *text.place, text.field))


def _handed_out(module: Module, target: str) -> list[Translated]:
    return [
        item
        for item in translations_of(module)
        if item.target == target and item.text.words[item.source] and item.text.style.is_words
    ]


def made_from_of(module: Module) -> dict[Address, str]:
    """From which words each text was last translated; one query."""
    rows = Translation.objects.filter(module=module) | Translation.objects.filter(module=None)
    return {
        (part, row, field): words for part, row, field, words in rows.values_list("part", "row", "field", "made_from")
    }


def _unit(item: Translated, made_from: str, terms: list[Entry]) -> Unit:
    text, source = item.text, item.text.words[item.source]
    field = PARTS[text.part].model._meta.get_field(f"{text.field}_{item.target}")
    return Unit(
        id=unit_id(text),
        group=text.step or text.part,
        source=source,
        target=text.words[item.target],
        style=text.style,
        state=item.state,
        notes=tuple(_notes(source, item.source, terms)),
        limit=field.max_length or 0,
        previous=made_from if item.state is State.STALE else "",
    )


def _notes(source: str, locale: str, terms: list[Entry]) -> Iterable[str]:
    for term in terms:
        name, wanted = term.name[locale], term.name[OTHER[locale]]
        if name and wanted and has(source, name):
            yield f"{name} → {wanted}"
