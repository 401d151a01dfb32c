"""What an address may say, who may open it, and where the page may be framed."""

import pytest
from django.test import Client

from courses.models import Module
from courses.services.releases import publish
from tests.learning.test_query_counts import queries

pytestmark = pytest.mark.django_db
HERE = "/en/studio/modules/basics/preview/"
UNKNOWN = ["source=9", "source=-1", "source=%00", "setting=moon", "language=fr", "progress=x", "progress=99999"]
UNKNOWN += ["form=C", "device=watch", "progress=%C2%B2", "source=1%27"]


@pytest.mark.parametrize("query", UNKNOWN)
def test_unknown_choice_is_refused_with_a_message(query, module, author):
    answer = author.get(f"{HERE}?{query}")
    assert answer.status_code == 422
    assert answer.content.decode().count("error-summary__list") <= 1
    assert "usa-form-group--error" in answer.content.decode()
    assert author.get(f"{HERE}path/?{query}").status_code == 404
    assert author.get(f"{HERE}steps/shared/?{query}").status_code == 404


@pytest.mark.parametrize(
    "page",
    [
        "steps/nowhere/",
        "steps/shared/questions/",
        "steps/shared/result/",
        "steps/nowhere/result/",
        "steps/clinic-case/?walk=moon",
        "steps/clinic-case/?walk=ask.ask",
        "steps/first-test/result/?typed=q1%3Dx",
    ],
)
def test_page_that_does_not_exist_is_not_found(page, module, author):
    assert author.get(f"{HERE}{page}").status_code == 404


@pytest.mark.parametrize("sent", [{"block": "nothing"}, {"block": "intro"}])
def test_answer_to_what_is_no_exercise_is_not_found(sent, module, author):
    assert author.post(f"{HERE}steps/shared/", sent).status_code == 404


@pytest.mark.parametrize(
    "page, sent",
    [
        ("steps/shared/", {"block": "check", "check.choice": "99"}),
        ("steps/shared/", {"block": "check", "check.choice": "1", "check.number": "x"}),
        ("steps/clinic-case/", {"choice": "7"}),
        ("steps/first-test/questions/", {"q1": "x", "q2": "1"}),
    ],
)
def test_choice_that_does_not_fit_leads_back_to_the_page(page, sent, module, author):
    answer = author.post(f"{HERE}{page}", sent)
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, f"{HERE}{page}")


def test_release_offers_only_its_own_languages(module, author):
    publish(module=module, by=None, locales=["en"])
    assert author.get(f"{HERE}steps/shared/?source=1&language=en").status_code == 200
    assert author.get(f"{HERE}steps/shared/?source=1&language=es").status_code == 404
    assert "hreflang" not in author.get(f"{HERE}steps/first-test/?source=1").content.decode()
    switched = author.post(f"{HERE}steps/shared/?source=1", {"switch": "es"})
    assert "This edition does not exist in this language." in switched.content.decode()


def test_release_of_another_module_is_not_offered(module, author):
    publish(module=module, by=None)
    other = Module.objects.create(
        key="other", pass_mark=1, released_on="2026-01-01", review_on="2026-01-01", terminates_on="2026-01-01"
    )
    assert author.get(f"/en/studio/modules/{other.key}/preview/path/?source=1").status_code == 404


@pytest.mark.parametrize("page", ["", "path/", "module/", "setting/", "certificate/", "steps/final-test/result/"])
@pytest.mark.parametrize(
    "role, status",
    [
        *((role, 200) for role in ("author", "translator", "reviewer", "publisher", "administrator")),
        ("support", 403),
        ("", 403),
    ],
)
def test_only_those_who_read_drafts_may_preview(role, status, page, module, as_role):
    assert as_role(role, "es" if role == "translator" else "").get(f"{HERE}{page}").status_code == status


def test_stranger_is_asked_to_sign_in(module, client: Client):
    assert client.get(f"{HERE}steps/shared/")["Location"].startswith("/en/sign-in/")


def test_only_a_phones_page_may_be_framed_and_only_by_us(module, author):
    def rules(query: str) -> tuple[str, bool, bool]:
        answer = author.get(f"{HERE}steps/shared/?{query}")
        policy = answer["Content-Security-Policy"]
        return answer["X-Frame-Options"], "frame-ancestors 'self'" in policy, "frame-src 'self'" in policy

    assert rules("device=desktop") == ("DENY", False, False)
    assert rules("device=phone") == ("DENY", False, True)
    assert rules("device=phone&framed=1") == ("SAMEORIGIN", True, False)


def test_phone_frames_the_page_and_its_links_stay_in_the_frame(module, author):
    shell = author.get(f"{HERE}steps/shared/?device=phone").content.decode()
    assert '<iframe src="/en/studio/modules/basics/preview/steps/shared/?device=phone&amp;framed=1"' in shell
    framed = author.get(f"{HERE}steps/shared/?device=phone&framed=1").content.decode()
    steps = [part.partition('"')[0] for part in framed.split('href="/en/studio/modules/basics/preview/steps/')[1:]]
    assert steps
    assert [link for link in steps if "framed=1" not in link] == []
    assert "preview-bar" not in framed


def test_preview_shows_no_name_and_no_way_of_who_looks(module, administrator):
    administrator.user.is_staff = True
    administrator.user.save()
    text = administrator.get(f"{HERE}path/").content.decode()
    assert [words for words in ("Back office", administrator.user.email) if words in text] == []


def test_choices_page_costs_the_same_for_one_release_and_three(module, author):
    publish(module=module, by=None)
    one = len(queries(lambda: author.get(HERE)))
    for title in ("two", "three"):
        Module.objects.filter(pk=module.pk).update(title_en=title)
        publish(module=Module.objects.get(pk=module.pk), by=None)
    assert len(queries(lambda: author.get(HERE))) == one
