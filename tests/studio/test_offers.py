"""Credit offers on the page of a module's details."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.utils.html import escape

from courses.choices import CreditType
from courses.columns import stamp, value_of
from courses.models import Change, CreditOffer, Module
from courses.parts import PARTS
from courses.services.releases import publish
from studio.presenting.history import shown
from tests.courses.offers import COMPLETION, draft, offer

DETAILS = "/en/studio/modules/basics/details/"
LISTS = "/en/studio/modules/basics/lists/offer"


@pytest.fixture
def module(db, tmp_path) -> Module:
    return draft(tmp_path / "c", offer("completion", **COMPLETION), offer())


def row(key: str = "nursing") -> CreditOffer:
    return CreditOffer.objects.get(key=key)


def url() -> str:
    return f"/en/studio/modules/basics/parts/offer/{row().pk}/"


def sent(**fields) -> dict:
    """The form as it was shown, with some fields filled in anew; a box that is not ticked is not sent."""
    part = PARTS["offer"]
    shown = {name: value_of(row(), name) for name in (*part.columns, *part.plain)}
    values = {name: value for name, value in (shown | fields).items() if value not in (None, False)}
    return {f"offer-{row().pk}-{name}": value for name, value in {"base": stamp(row(), part), **values}.items()}


def errors(response) -> dict[str, list[str]]:
    return response.json()["errors"]


def save(client, **fields):
    return client.post(url(), sent(**fields), headers={"Accept": "application/json"})


def test_offer_is_added_with_what_it_cannot_be_without(module, author):
    response = author.post(f"{LISTS}/add/", {"new-offer-name_en": "Social work", "new-offer-name_es": "Trabajo social"})
    added = row("social-work")
    assert response["Location"] == f"{DETAILS}#offer-{added.pk}"
    assert (added.type, added.amount, added.languages, added.position) == (
        CreditType.CONTACT_HOURS,
        None,
        ["en", "es"],
        3,
    )
    assert (added.starts_on, added.ends_on) == (date(2026, 1, 1), date(2099, 1, 1))


def test_form_shows_every_field_of_an_offer_in_its_group(module, author):
    page = author.get(DETAILS).content.decode()
    form = page[page.index(f'id="offer-{row().pk}"') :]
    form = form[: form.index("</form>")]
    legends = re.findall(r'<legend class="usa-legend part__title">(.*?)</legend>', form)
    assert legends == [
        "What is earned",
        "Who earns it",
        "When",
        "Who gives it",
        "What the certificate says",
        "What learners are asked for",
    ]
    part = PARTS["offer"]
    named = set(re.findall(rf'name="offer-{row().pk}-(\w+)"', form)) - {"base"}
    assert named == {*part.columns, *part.plain}
    assert "{name}, {module}, {setting}, {credit}, {date}, {edition}, {provider}, {number}" in form


def test_whole_offer_is_saved_from_its_form(module, author):
    fields = {
        "type": "acpe",
        "amount": "1.5",
        "professions": ["pharmacy-technician", "pharmacist"],
        "languages": ["en"],
        "activity_number": "UAN-1",
        "valid_months": "24",
        "starts_on": "2026-02-01",
        "statement_es": "Otra declaración de {provider}",
        "needs_license": False,
        "needs_nabp": True,
    }
    assert save(author, **fields).status_code == 200
    saved = row()
    assert {name: value_of(saved, name) for name in fields} == {
        **fields,
        "amount": "1.50",
        "professions": ["pharmacist", "pharmacy-technician"],
        "valid_months": 24,
    }


def test_form_sent_as_it_was_shown_changes_nothing_however_the_amount_is_written(module, author):
    save(author, amount="2.5")
    count = Change.objects.count()
    for amount in ("2.5", "2.50", "02.5"):
        assert save(author, amount=amount).status_code == 200
    assert (Change.objects.count(), row().amount) == (count, Decimal("2.50"))


def test_two_saves_in_a_row_are_no_conflict(module, author):
    first = save(author, amount="1.5").json()
    data = sent(amount="2.0") | {f"offer-{row().pk}-base": first["stamp"]}
    assert author.post(url(), data, headers={"Accept": "application/json"}).status_code == 200


MISTAKES = {
    "last day": ({"ends_on": "2025-12-31"}, {"ends_on": ["The last day must not lie before the first."]}),
    "amount of a completion": (
        {"type": "completion"},
        {"amount": ["A certificate of completion has no amount. Leave it empty, or choose another kind."]},
    ),
    "nabp": ({"needs_nabp": True}, {"needs_nabp": ["Only pharmacy credit (ACPE) may ask for the NABP e-Profile."]}),
    "no language": ({"languages": []}, {"languages": ["Tick at least one language."]}),
    "long statement": (
        {"statement_es": "x" * 321},
        {"statement_es": ["This statement has 321 characters; the certificate has room for 320."]},
    ),
    "variable": (
        {"extra_en": "For {naem}"},
        {"extra_en": ["There is no variable {naem}. Choose one of the list above."]},
    ),
    "amount": ({"amount": "0"}, {"amount": ["Ensure this value is greater than or equal to 0.01."]}),
    "profession": (
        {"professions": ["wizard"]},
        {"professions": ["Select a valid choice. wizard is not one of the available choices."]},
    ),
    "type": ({"type": "gold"}, {"type": ["Select a valid choice. gold is not one of the available choices."]}),
}


@pytest.mark.parametrize("fields, expected", MISTAKES.values(), ids=MISTAKES)
def test_mistake_is_told_beside_its_field_and_nothing_is_saved(fields, expected, module, author):
    before = stamp(row(), PARTS["offer"])
    response = save(author, **fields)
    assert (response.status_code, errors(response), stamp(row(), PARTS["offer"])) == (422, expected, before)
    page = author.post(url(), sent(**fields)).content.decode()
    [(column, [message])] = expected.items()
    assert re.search(rf'id="offer-{row().pk}-{column}_error">.*?{re.escape(escape(message))}</p>', page)


def test_translator_writes_words_of_an_offer_and_nothing_else(module, as_role):
    translator = as_role("translator", "es")
    assert save(translator, statement_es="Traducido", statement_en="changed", amount="9.00").status_code == 200
    assert (row().statement_es, row().statement_en, row().amount) == (
        "Traducido",
        "statement of nursing (English)",
        Decimal("1.25"),
    )


def test_profession_that_is_gone_stays_until_somebody_takes_it_away(module, author):
    CreditOffer.objects.filter(key="nursing").update(professions=["nurse", "wizard"])
    assert save(author, amount="2.00").status_code == 200
    assert row().professions == ["nurse", "wizard"]
    save(author, professions=["nurse"])
    assert row().professions == ["nurse"]


def test_offer_is_moved_archived_and_restored(module, author):
    author.post(f"{LISTS}/{row().pk}/move/", {"to": 1})
    assert [o.key for o in CreditOffer.live.order_by("position")] == ["nursing", "completion"]
    author.post(f"{LISTS}/{row().pk}/archive/")
    assert [o.key for o in CreditOffer.live.all()] == ["completion"]
    author.post(f"{LISTS}/{row().pk}/restore/")
    assert [o.key for o in CreditOffer.live.order_by("position")] == ["completion", "nursing"]


@pytest.mark.parametrize("path", ["add/", "1/archive/"])
def test_only_authors_change_the_list_of_offers(path, module, as_role):
    assert as_role("translator", "es").post(f"{LISTS}/{path}").status_code == 403


def test_each_offer_leads_to_its_paper_and_its_history(module, author):
    page = author.get(DETAILS).content.decode()
    assert [key for key in ("completion", "nursing") if f"/offers/{key}/paper/" in page] == ["completion", "nursing"]
    history = author.get(f"{url()}history/")
    assert history.status_code == 200


def test_history_names_professions_kinds_and_languages_in_words(module, author):
    save(author, type="other", professions=["social-worker"], languages=["en"])
    columns = shown(Change.objects.filter(part="offer").latest("pk"), module)["columns"]
    before = {column["name"]: "".join(text for kind, text in column["runs"] if kind != "ins") for column in columns}
    assert before == {
        "Kind of credit": "Contact hours",
        "Professions": "Nurse",
        "Languages that earn it": "English, Spanish",
    }


def test_reason_not_to_publish_leads_to_the_offer(module, author):
    save(author, amount="")
    page = author.get("/en/studio/modules/basics/review/").content.decode()
    assert f'href="{DETAILS}#offer-{row().pk}"' in page
    assert "An offer of credit has no amount." in page


def test_difference_between_editions_is_told_under_the_offers(module, author):
    publish(module=module, by=None)
    save(author, amount="2.00")
    page = author.get("/en/studio/modules/basics/review/").content.decode()
    assert ("Credit offers" in page, "2.00" in page) == (True, True)


def test_details_take_the_same_queries_however_many_offers(module, author, django_assert_max_num_queries):
    def queries() -> int:
        author.get(DETAILS)
        with django_assert_max_num_queries(45) as counted:
            author.get(DETAILS)
        return len(counted)

    few = queries()
    for number in range(8):
        author.post(f"{LISTS}/add/", {"new-offer-name_en": f"offer {number}"})
    assert queries() == few


def test_preview_shows_the_offers_of_a_draft_in_the_language_of_its_learner(module, author):
    CreditOffer.objects.filter(key="nursing").update(statement_es="", languages=["en"])
    query = "source=draft&setting=clinic&language=es&progress=none&form=A&device=desktop"
    pages = [
        author.get(f"/en/studio/modules/basics/preview/{page}/?{query}").content.decode()
        for page in ("module", "setting")
    ]
    offered = pages[0].split('id="credit-nursing"')[1].split("</section>")[0]
    assert ("provider of nursing (español)" in offered, "statement of nursing" in offered) == (True, False)
    assert ("name of completion (español)" in pages[1], "name of nursing" in pages[1]) == (True, False)
    assert "/preview/module/?" in pages[1].split("#credit")[0][-300:]
