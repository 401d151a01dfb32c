"""What a module is worth, told before anyone begins."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from accounts.choices import Profession
from accounts.models import Profile
from tests import factories
from tests.certificates.factories import offer

pytestmark = pytest.mark.django_db
PHARMACY = {
    "type": "acpe",
    "professions": ("pharmacist",),
    "languages": ("en",),
    "activity_number": "UAN-1",
    "needs_license": False,
    "needs_nabp": True,
}
OFFERS = (
    offer("completion", type="completion", amount=None, professions=(), needs_license=False),
    offer(valid_months=24),
    offer("pharmacy", **PHARMACY),
)


def publish(*offers) -> None:
    factories.release(factories.document(offers=offers or OFFERS))


def person(client, profession: str) -> None:
    user = factories.user()
    Profile.objects.filter(user=user).update(profession=profession)
    client.force_login(user)


def said(client, key: str, locale: str = "en") -> str:
    """One offer of the page, in words."""
    page = client.get(f"/{locale}/modules/basics/").content.decode()
    section = re.search(rf'<section class="card flow" id="credit-{key}".*?</section>', page, re.S)
    return _words(section[0]) if section else ""


def _words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def line(client, locale: str = "en") -> str:
    """What the choice of a setting says of credit."""
    page = client.get(f"/{locale}/modules/basics/setting/").content.decode()
    found = re.search(r'<p class="note section-top">.*?</p>', page, re.S)
    return _words(found[0]) if found else ""


def test_offer_says_everything_a_board_asks_for(client):
    publish()
    assert said(client, "nursing") == (
        "name of nursing (English)"
        " Amount 1.25 contact hours"
        " For Nurse"
        " Language Earned by finishing in English or Spanish"
        " Provider provider of nursing (English)"
        " Valid for 24 months"
        " You will be asked for your license number and state"
        " statement of nursing (English)"
        " extra of nursing (English)"
        " Numbers, format and dates : name of nursing (English)"
        " Address of the provider 1 Elm Street, Austin, TX 78701"
        " Provider number P-0000"
        " Format format of nursing (English)"
        " Can be earned From January 1, 2026 to December 31, 2098"
    )


def test_pharmacy_is_told_its_number_and_what_it_will_be_asked_for(client):
    publish()
    text = said(client, "pharmacy")
    assert "Activity number UAN-1" in text
    assert "your NABP e-Profile ID, with the month and day of your birth" in text
    assert "license" not in text


MINE, MINE_BY = "This is for you.", "This is for you if you finish by %(date)s."
IN_ENGLISH = "This is for you if you finish in English, by %(date)s."
NOT_MINE = "This is for other professions. Your profile says: %(profession)s."
WHO_KNOWS = "Whether this is for you depends on your profession."
STANDINGS = {
    ("nurse", "en"): [MINE, MINE_BY, NOT_MINE],
    ("nurse", "es"): [MINE, MINE_BY, NOT_MINE],
    ("pharmacist", "en"): [MINE, NOT_MINE, MINE_BY],
    ("pharmacist", "es"): [MINE, NOT_MINE, IN_ENGLISH],
    ("teacher", "en"): [MINE, NOT_MINE, NOT_MINE],
    ("", "en"): [MINE, WHO_KNOWS, WHO_KNOWS],
}


@pytest.mark.parametrize("who, expected", STANDINGS.items(), ids=str)
def test_learner_is_told_which_credit_is_theirs_and_never_promised_another(who, expected, client):
    """Protects: bars decides, by profession and by the language somebody would finish in (courses/credit.py)."""
    profession, locale = who
    publish()
    person(client, profession)
    offers = client.get(f"/{locale}/modules/basics/").context["offers"]
    with override(locale):
        values = {"date": date_format(date(2098, 12, 31)), "profession": dict(Profession.choices).get(profession)}
        assert [found["standing"]["text"] for found in offers] == [gettext(said) % values for said in expected]


def test_somebody_without_a_profession_is_led_to_the_profile(client):
    publish()
    person(client, "")
    assert 'href="/en/profile/"' in client.get("/en/modules/basics/").content.decode().split('id="credit-nursing"')[1]


def test_visitor_is_promised_nothing(client):
    publish()
    offers = client.get("/en/modules/basics/").context["offers"]
    assert [found["standing"] for found in offers] == [{}, {}, {}]


def test_credit_that_has_ended_or_not_begun_says_so_to_everyone(client):
    publish(offer("old", ends_on=date(2026, 1, 2)), offer("new", starts_on=date(2098, 1, 1)))
    assert "This credit ended on January 2, 2026." in said(client, "old")
    assert "This credit can be earned from January 1, 2098 on." in said(client, "new")
    person(client, "nurse")
    assert "This credit ended on January 2, 2026." in said(client, "old")


def test_no_offer_lasts_longer_than_its_module(client):
    publish(offer(ends_on=date(2199, 1, 1)))
    assert "to January 1, 2099" in said(client, "nursing")


def test_module_without_offers_gives_a_plain_certificate_of_completion(client):
    factories.release()
    assert said(client, "completion").startswith("Certificate of completion For Everyone")
    assert line(client) == "Finishing in this language earns you: Certificate of completion."


def test_variables_speak_of_somebody_who_has_not_finished(client):
    texts = {"en": "{name}, {credit}, {provider}, {number}, {module}, {edition}, {nothing}", "es": "es"}
    publish(offer(statement=texts))
    assert (
        "your name, 1.25 contact hours, provider of nursing (English), P-0000, title (English), 1, {nothing}"
        in said(client, "nursing")
    )


def test_script_in_an_offer_is_shown_as_words(client):
    publish(offer(statement=dict.fromkeys(("en", "es"), "<script>x</script>{name}")))
    page = client.get("/en/modules/basics/").content.decode()
    assert "&lt;script&gt;x&lt;/script&gt;your name" in page


@pytest.mark.parametrize(
    "profession, earned",
    [
        ("nurse", ["name of completion (English)", "name of nursing (English), by December 31, 2098"]),
        ("pharmacist", ["name of completion (English)", "name of pharmacy (English), by December 31, 2098"]),
        ("teacher", ["name of completion (English)"]),
        ("", ["name of completion (English)"]),
    ],
)
def test_choosing_a_setting_sums_up_what_one_can_earn(profession, earned, client):
    publish()
    person(client, profession)
    text = f"Finishing in this language earns you: {' · '.join(earned)}."
    assert line(client) == f"{text} See all the credit and whom it is for"


def test_spanish_never_promises_what_only_english_earns(client):
    publish()
    person(client, "pharmacist")
    assert "pharmacy" not in line(client, "es")


def test_credit_costs_one_query_for_the_profile_and_none_for_visitors(client):
    def queries(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    urls = ("/en/modules/basics/", "/en/modules/basics/setting/")
    factories.release()
    bare = [queries(url) for url in urls]
    factories.release(factories.document(offers=OFFERS), number=2)
    assert [queries(url) for url in urls] == bare
    person(client, "nurse")
    with CaptureQueriesContext(connection) as captured:
        client.get(urls[0])
    assert len([query for query in captured if "accounts_profile" in query["sql"]]) == 1


def test_whoever_has_completed_the_module_is_promised_nothing_more(client):
    user = factories.user()
    Profile.objects.filter(user=user).update(profession="nurse")
    factories.finish_all(factories.enrolment(by=user, content=factories.document(offers=OFFERS)))
    client.force_login(user)
    offers = client.get("/en/modules/basics/").context["offers"]
    assert [found["standing"] for found in offers] == [{}, {}, {}]


def test_what_to_know_before_starting_stands_before_the_objectives_and_leads_to_the_credit(client):
    publish()
    page = client.get("/en/modules/basics/").content.decode()
    order = ["Before you start", 'href="#credit"', "What you will be able to do", 'id="credit"']
    assert sorted(order, key=page.index) == order
