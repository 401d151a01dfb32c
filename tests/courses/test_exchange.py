"""Texts handed to a translator and taken back, with a database."""

from pathlib import Path

import pytest
from lxml import etree

from accounts.models import User
from courses.choices import Act
from courses.exchange.comparing import Outcome, compare
from courses.exchange.reading import read
from courses.exchange.xliff import write
from courses.freshness import State
from courses.models import Block, Change, Module, Option, Setting, Step, Term
from courses.packages.folder import read_folder
from courses.parts import PARTS
from courses.services.exchange import job_of, take_back
from courses.services.importing import import_glossary, import_package, import_settings
from courses.services.translating import say_reviewed, seen_digest, translate
from courses.services.translations import set_source
from courses.texts import texts_of, translations_of
from tests.courses.large import large_module
from tests.courses.test_xliff import STRICT
from tests.factories import user

BODY = "block/shared/intro/body"


@pytest.fixture
def module(draft) -> Module:
    return draft()


@pytest.fixture
def translator(db) -> User:
    return user("translator@example.org")


def intro() -> Block:
    return Block.objects.get(step__key="shared", key="intro")


def file_of(module: Module, changes: dict[str, str], target: str = "es") -> bytes:
    """The export with some translations changed, as a tool would."""
    root = etree.fromstring(write(job_of(module, target)))
    for unit in root.iter("{*}trans-unit"):
        if unit.get("id") in changes:
            element = unit.find("{*}target")
            for child in list(element):
                element.remove(child)
            element.text = changes[unit.get("id")]
    return etree.tostring(root)


def taken(module: Module, content: bytes, by: User, target: str = "es") -> dict[str, Outcome]:
    """What became of the units that were not the same as here."""
    found = take_back(module=module, files=read(content), target=target, by=by)
    return {item.id: item.outcome for item in found if item.outcome is not Outcome.SAME}


def changes():
    """What somebody did."""
    return Change.objects.exclude(by=None)


def states(module: Module) -> dict[tuple, State]:
    return {item.text.address: item.state for item in translations_of(module)}


def test_every_text_has_a_name_of_its_own_that_holds_no_number(module):
    names = [unit.id for unit in job_of(module, "es").units]
    written = [text for text in texts_of(module) if any(text.words.values()) and text.style.is_words]
    assert len(set(names)) == len(names) == len(written)
    assert {BODY, "option/shared/check/a/text", "option/a1/a/text", "module/title", "setting/clinic/name"} <= set(names)


def test_file_of_a_whole_module_is_strict_and_changes_nothing_when_it_returns(module, translator):
    content = write(job_of(module, "es"))
    STRICT.assertValid(etree.fromstring(content))
    assert taken(module, content, translator) == {}
    assert list(changes()) == []


def test_content_of_the_site_goes_out_and_comes_back_whole(db, media, settings):
    folder = read_folder(Path(settings.CONTENT_DIR), set)
    import_settings(file=folder.settings, by=None)
    import_glossary(file=folder.glossary, by=None)
    [package] = folder.packages
    module = import_package(package=package, by=None).module
    for target in ("es", "en"):
        if target == "en":
            Module.objects.filter(pk=module.pk).update(source_locale="es")
        job = job_of(Module.objects.get(pk=module.pk), target)
        content = write(job)
        STRICT.assertValid(etree.fromstring(content))
        assert [(unit.source, unit.target) for file in read(content) for unit in file.units] == [
            (unit.source, unit.target) for unit in job.units
        ]
        assert {item.outcome for item in compare(job, read(content))} == {Outcome.SAME}


def test_translation_that_came_back_is_written_in_the_name_of_whoever_accepted_it(module, translator):
    content = file_of(module, {BODY: "cuerpo", "block/shared/intro/heading": "encabezado"})
    assert taken(module, content, translator) == {BODY: Outcome.WRITE, "block/shared/intro/heading": Outcome.WRITE}
    assert (intro().body_es, intro().heading_es, intro().body_en) == ("cuerpo", "encabezado", "body (English)")
    [change] = changes()
    assert (change.act, change.by, change.row, change.module) == (Act.IMPORTED, translator, intro().pk, module)
    assert change.fields == {
        "body_es": ["body (español)", "cuerpo"],
        "heading_es": ["heading (español)", "encabezado"],
    }
    assert states(module)["block", intro().pk, "body"] is State.NEEDS_REVIEW


def test_same_file_taken_back_twice_changes_nothing_more(module, translator):
    content = file_of(module, {BODY: "cuerpo"})
    taken(module, content, translator)
    assert taken(module, content, translator) == {}
    assert changes().count() == 1


def test_a12_translating_by_hand_never_gets_overwritten_by_a_later_sync(module, translator):
    """A12: a file from a translator who began before somebody wrote here must not take that work away."""
    content = file_of(module, {BODY: "de la agencia", "module/title": "título de la agencia"})
    block = intro()
    about = {"part": PARTS["block"], "row": block.pk, "field": "body", "module": module, "by": translator}
    seen = seen_digest({"en": block.body_en, "es": block.body_es})
    translate(**about, locale="es", words="a mano", seen=seen)
    assert taken(module, content, translator) == {BODY: Outcome.KEPT, "module/title": Outcome.WRITE}
    assert intro().body_es == "a mano"


def test_words_written_while_the_comparison_was_read_are_kept_too(module, translator):
    files = read(file_of(module, {BODY: "de la agencia"}))
    assert {item.outcome for item in compare(job_of(module, "es"), files)} == {Outcome.SAME, Outcome.WRITE}
    Block.objects.filter(pk=intro().pk).update(body_es="entretanto")
    [kept] = [item for item in take_back(module=module, files=files, target="es", by=translator) if item.id == BODY]
    assert (kept.outcome, intro().body_es) == (Outcome.KEPT, "entretanto")


def test_translation_of_a_source_that_changed_meanwhile_is_left_out(module, translator):
    content = file_of(module, {BODY: "cuerpo"})
    Block.objects.filter(pk=intro().pk).update(body_en="corrected")
    assert taken(module, content, translator) == {BODY: Outcome.SOURCE_CHANGED}
    assert intro().body_es == "body (español)"


def test_archived_text_is_neither_handed_out_nor_written(module, translator):
    content = file_of(module, {BODY: "cuerpo"})
    Step.objects.filter(key="shared").update(archived=True)
    assert {name for name in taken(module, content, translator) if name == BODY} == {BODY}
    assert intro().body_es == "body (español)"
    assert BODY not in {unit.id for unit in job_of(module, "es").units}


def test_text_written_in_spanish_is_handed_out_to_be_put_into_english(module, translator):
    set_source(row=intro(), locale="es", module=module, by=translator)
    assert BODY not in {unit.id for unit in job_of(module, "es").units}
    content = file_of(module, {BODY: "body, mended"}, target="en")
    assert taken(module, content, translator, target="en") == {BODY: Outcome.WRITE}
    assert (intro().body_en, intro().body_es) == ("body, mended", "body (español)")


def test_words_of_a_setting_belong_to_all_modules(module, translator):
    taken(module, file_of(module, {"setting/clinic/name": "consultorio"}), translator)
    [change] = changes()
    assert (change.part, change.module, Setting.objects.get(key="clinic").name_es) == ("setting", None, "consultorio")


def test_only_open_texts_are_those_missing_and_stale(module, translator):
    Block.objects.filter(pk=intro().pk).update(body_es="")
    assert [(unit.id, unit.state) for unit in job_of(module, "es", only_open=True).units] == [(BODY, State.MISSING)]


def test_stale_text_goes_out_with_the_words_it_was_made_from_and_the_glossary(module, translator):
    block = intro()
    about = {"part": PARTS["block"], "row": block.pk, "field": "body", "module": module, "by": translator}
    translate(**about, locale="es", words="uno", seen=seen_digest({"en": block.body_en, "es": block.body_es}))
    Block.objects.filter(pk=block.pk).update(body_en="two survivors")
    Term.objects.create(key="survivor", name_en="survivor", name_es="sobreviviente")
    [unit] = [unit for unit in job_of(module, "es").units if unit.id == BODY]
    assert (unit.state, unit.previous, unit.notes) == (State.STALE, "body (English)", ("survivor → sobreviviente",))


def test_reviewed_text_goes_out_as_signed_off(module, translator):
    block = intro()
    about = {"part": PARTS["block"], "row": block.pk, "field": "body", "module": module, "by": translator}
    say_reviewed(**about, seen=seen_digest({"en": block.body_en, "es": block.body_es}))
    [unit] = [
        unit for unit in etree.fromstring(write(job_of(module, "es"))).iter("{*}trans-unit") if unit.get("id") == BODY
    ]
    assert (unit.get("approved"), unit.find("{*}target").get("state")) == ("yes", "signed-off")


def test_option_of_another_question_with_the_same_key_is_not_written(module, translator):
    taken(module, file_of(module, {"option/a1/a/text": "opción"}), translator)
    assert list(Option.objects.filter(text_es="opción").values_list("question__key", "key")) == [("a1", "a")]


@pytest.mark.slow
def test_staleness_of_a_large_module_takes_at_most_3_queries(db, django_assert_max_num_queries):
    module = large_module(steps=200, questions=1000)
    with django_assert_max_num_queries(3):
        items = translations_of(module)
    assert {
        "steps": len({item.text.row for item in items if item.text.part == "step"}),
        "questions": len({item.text.row for item in items if item.text.part == "question"}),
    } == {"steps": 200, "questions": 1000}
