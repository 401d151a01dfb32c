"""Offers of credit as parts of a draft: built, translated, published, taken out and brought in."""

from decimal import Decimal

import pytest

from courses.building import build
from courses.choices import LOCALES, Act, CreditType
from courses.columns import stamp, values_of
from courses.differences import differences, in_locales
from courses.document import decode, encode
from courses.freshness import State
from courses.models import Change, CreditOffer, Module
from courses.packages.exporter import export
from courses.parts import PARTS
from courses.readiness import Draft
from courses.services import structure
from courses.services.copying import duplicate
from courses.services.importing import import_package
from courses.services.releases import NotPublishable, publish
from courses.texts import texts_of, translations_of
from tests.courses import factories
from tests.courses.offers import COMPLETION, MODULE, content, draft, offer
from tests.factories import user, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def module(tmp_path) -> Module:
    """With a certificate of completion, hours for nurses, and hours for pharmacists who finish in English."""
    pharmacy = {"type": "acpe", "professions": ["pharmacist"], "languages": ["en"], "needs_nabp": True}
    return draft(tmp_path / "c", offer("completion", **COMPLETION), offer(), offer("pharmacy", **pharmacy))


def row(key: str = "nursing") -> CreditOffer:
    return CreditOffer.objects.get(key=key)


def edit(by=None, key: str = "nursing", **values) -> None:
    factories.reword(row(key), by or user("author@example.org"), **values)


def test_release_freezes_every_offer_in_the_order_of_the_draft(module):
    document = build(module, LOCALES)
    assert [(o.key, o.type, o.amount, o.professions, o.languages) for o in document.offers] == [
        ("completion", CreditType.COMPLETION, None, (), ("en", "es")),
        ("nursing", CreditType.CONTACT_HOURS, Decimal("1.25"), ("nurse",), ("en", "es")),
        ("pharmacy", CreditType.ACPE, Decimal("1.25"), ("pharmacist",), ("en",)),
    ]
    assert decode(encode(document)) == document
    assert b'"amount":"1.25"' in encode(document)


def test_edition_in_one_language_offers_only_what_that_language_earns(module):
    whole, spanish = build(module, LOCALES), build(module, ("es",))
    assert [(o.key, o.languages) for o in spanish.offers] == [("completion", ("es",)), ("nursing", ("es",))]
    assert in_locales(whole, ("es",)) == spanish
    assert [o.key for o in in_locales(whole, ("en",)).offers] == ["completion", "nursing", "pharmacy"]


def test_offer_is_named_before_its_section_among_the_texts(module):
    parts = list(dict.fromkeys(text.part for text in texts_of(module)))
    assert parts[:6] == ["module", "setting", "objective", "offer", "section", "step"]


def test_rewording_a_statement_makes_its_translation_stale_and_no_other(module):
    edit(statement_en="Other words")
    stale = [(item.text.place, item.text.field) for item in translations_of(module) if item.state is State.STALE]
    assert stale == [(("nursing",), "statement")]
    issues = [(issue.code, issue.finding.place, issue.part) for issue in Draft(module).issues()]
    assert issues == [("courses.E020", ("nursing",), "offer")]


def test_offer_that_lacks_a_text_in_one_language_keeps_that_language_back(module):
    edit(extra_es="Solo en español")
    with pytest.raises(NotPublishable) as refused:
        publish(module=module, by=None)
    found = {(i.code, i.finding.place, i.finding.name, i.finding.locale) for i in refused.value.issues}
    assert ("courses.E001", ("nursing",), "extra", "en") in found


@pytest.mark.parametrize(
    "values, code, name",
    [
        ({"professions": ["wizard"]}, "courses.E024", "wizard"),
        ({"languages": []}, "courses.E025", ""),
        ({"amount": None}, "courses.E028", ""),
        ({"ends_on": "2099-01-02"}, "courses.E030", ""),
        ({"starts_on": "2026-01-01", "ends_on": "2026-01-02"}, "courses.E031", ""),
    ],
)
def test_offer_that_promises_what_it_cannot_keep_is_not_published(values, code, name, module):
    edit(**values)
    with pytest.raises(NotPublishable) as refused:
        publish(module=module, by=None)
    assert [(i.code, i.finding.place, i.finding.name) for i in refused.value.issues] == [(code, ("nursing",), name)]


def test_saying_the_same_amount_again_is_no_change(module):
    assert values_of(row(), PARTS["offer"])["amount"] == "1.25"
    edit(amount="1.50")
    before = stamp(row(), PARTS["offer"])
    edit(user("other@example.org"), amount="1.50")
    assert (row().amount, stamp(row(), PARTS["offer"])) == (Decimal("1.50"), before)
    assert [change.fields for change in Change.objects.filter(part="offer")] == [{"amount": ["1.25", "1.50"]}]


def test_offer_is_archived_restored_moved_and_its_key_never_given_again(module):
    part, by = PARTS["offer"], user("author@example.org")
    structure.archive(part=part, row=row().pk, module=module, by=by)
    again = structure.add(part=part, module=module, by=by, name="nursing", values=values_of(row(), part))
    assert [offer.key for offer in build(module, LOCALES).offers] == ["completion", "pharmacy", again.key]
    assert again.key == "nursing-2"
    structure.restore(part=part, row=row().pk, module=module, by=by)
    structure.move(part=part, row=row().pk, module=module, to=1, by=by)
    keys = [offer.key for offer in build(module, LOCALES).offers]
    assert keys == ["nursing", "completion", "pharmacy", "nursing-2"]
    acts = Change.objects.filter(part="offer", row=row().pk).order_by("pk")
    assert [change.act for change in acts] == [Act.ARCHIVED, Act.RESTORED, Act.MOVED]


def test_copy_of_an_offer_says_the_same_and_is_as_fresh(module):
    edit(statement_en="Other words")
    copy = duplicate(part="offer", row=row().pk, module=module, by=user("other@example.org"))
    part = PARTS["offer"]
    assert (copy.key, values_of(copy, part)) == ("nursing-2", values_of(row(), part))
    stale = {item.text.place for item in translations_of(module) if item.state is State.STALE}
    assert stale == {("nursing",), ("nursing-2",)}


@pytest.mark.parametrize(
    "values, expected",
    [
        ({"amount": "2.00"}, [("set", ("amount",), (), Decimal("1.25"), Decimal("2.00"))]),
        (
            {"professions": ["nurse", "pharmacist"]},
            [("set", ("professions",), (), ("nurse",), ("nurse", "pharmacist"))],
        ),
        ({"statement_es": "Nuevo"}, [("reworded", ("statement",), ("es",), None, None)]),
    ],
)
def test_change_of_an_offer_is_told_between_editions(values, expected, module):
    before = build(module, LOCALES)
    edit(**values)
    found = differences(before, build(Module.objects.get(), LOCALES))
    assert {(item.part, item.place) for item in found} == {("offer", ("nursing",))}
    assert [(i.kind, i.names, i.locales, i.before, i.after) for i in found] == expected


def test_package_with_offers_comes_back_as_it_was(module, tmp_path):
    edit(statement_en="Other words", extra_en="One line\nand another", extra_es="Una línea\ny otra")
    files = export(module)
    folder = tmp_path / "out"
    for name, data in {"settings.yaml": b"", **{f"basics/{name}": data for name, data in files.items()}}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    package, problems = factories.load(folder)
    assert problems == []
    count = Change.objects.count()
    import_package(package=package, by=None)
    assert (Change.objects.count(), export(module)) == (count, files)
    assert b"offer/nursing/statement" in files["translations.yaml"]


def test_offer_that_a_package_no_longer_names_is_archived_and_comes_back(module, tmp_path):
    def bring(*offers: dict) -> None:
        folder = factories.write(tmp_path / "next", content(*offers))
        package, problems = factories.load(folder)
        assert problems == []
        import_package(package=package, by=None)

    number = row().pk
    bring(offer("completion", **COMPLETION))
    assert [o.key for o in CreditOffer.live.all()] == ["completion"]
    bring(offer("completion", **COMPLETION), offer(amount="2.00"))
    assert (row().pk, row().archived, row().amount) == (number, False, Decimal("2.00"))


PROBLEMS = {
    "twins": ([offer(), offer()], "Two offers have the key “nursing”."),
    "amount of a completion": (
        [offer(**{**COMPLETION, "amount": "1.00"})],
        "A certificate of completion has no “amount”.",
    ),
    "days": (
        [offer(ends_on=offer()["starts_on"].replace(year=2025))],
        "“ends_on” must not lie before “starts_on”.",
    ),
    "nabp": (
        [offer(needs_nabp=True)],
        "Only an offer of the type “acpe” may ask for the NABP e-Profile (“needs_nabp”).",
    ),
    "profession twice": ([offer(professions=["nurse", "nurse"])], "“nurse” stands in this list twice."),
    "language": ([offer(languages=["fr"])], "“languages” must be one of these: en, es."),
    "type": ([offer(type="hours")], "“type” must be one of these: "),
}
FORM = '“amount” must be a number above 0 with two decimal places, in quotation marks, written as "1.25".'
PROBLEMS |= {f"amount {amount}": ([offer(amount=amount)], FORM) for amount in ("1.5", "1", "01.25", "0.00", "-1.25")}
PROBLEMS["amount without quotation marks"] = (
    [offer(amount=1.25)],
    "“amount” must be a text. Put a number, a date, yes or no in quotation marks.",
)


@pytest.mark.parametrize("offers, problem", PROBLEMS.values(), ids=PROBLEMS)
def test_package_whose_offer_cannot_be_kept_is_refused_by_file_and_reason(offers, problem, tmp_path):
    package, problems = factories.load(factories.write(tmp_path, content(*offers)))
    assert package is None
    assert [said.startswith(f"{MODULE}: {problem}") for said in problems] == [True], problems


def test_package_without_offers_reads_as_before(tmp_path):
    module = factories.draft(tmp_path)
    assert build(module, LOCALES).offers == ()
    assert b"offers" not in export(module)["module.yaml"]
    assert b"offers" not in encode(build(module, LOCALES))


def test_words_of_an_offer_stand_in_both_languages(module):
    [_completion, nursing, _pharmacy] = build(module, LOCALES).offers
    assert (nursing.name, nursing.statement) == (words("name of nursing"), words("statement of nursing"))
