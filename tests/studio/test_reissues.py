"""A whole module's certificates again, begun and watched in the studio."""

import pytest

from accounts.models import User
from certificates.choices import ItemState, ReissueKind
from certificates.models import Certificate, Reissue, ReissueItem
from certificates.services import crediting, reissuing
from courses.models import Module
from jobs.models import Job
from tests import factories
from tests.certificates.factories import certificate
from tests.learning.test_query_counts import queries

pytestmark = pytest.mark.django_db

LIST = "/en/studio/modules/basics/reissues/"
WHOLE = {"kind": "redraw", "reason": "The signing key has changed."}


def issued(number: int) -> Certificate:
    if number:
        return certificate_of(factories.user(f"nurse{number}@example.org"), certificate_first())
    return certificate(factories.user("nurse0@example.org"))


def certificate_first() -> Certificate:
    return Certificate.objects.order_by("pk").first() or issued(0)


def certificate_of(person: User, first: Certificate) -> Certificate:
    """Another holder of the same module's certificate; only the row matters here."""
    old = first.completion.enrolment
    enrolment = type(old).objects.create(
        user=person, module=old.module, release=old.release, setting=old.setting, locale="en", pre_form="A"
    )
    completion = type(first.completion).objects.create(
        enrolment=enrolment, release=old.release, setting=old.setting, locale="en", score=90
    )
    return Certificate.objects.create(
        completion=completion, offer="completion", printed_name="Ana", locale="en", facts=first.facts, issued_by=person
    )


def text(response) -> str:
    return response.content.decode()


def under_way(*states: str, **fields) -> Reissue:
    certificate_first()
    module = Module.objects.get(key="basics")
    reissue = Reissue.objects.create(module=module, **{"kind": ReissueKind.REDRAW, "reason": "why", **fields})
    for number, state in enumerate(states):
        ReissueItem.objects.create(
            reissue=reissue,
            certificate=issued(number + 1),
            state=state,
            error=crediting.OFFER_GONE if state == ItemState.FAILED else "",
        )
    return reissue


def test_first_sending_says_how_many_it_would_be_and_begins_nothing(administrator):
    issued(0), issued(1)
    Certificate.objects.filter(pk=issued(2).pk).update(erased_at="2026-01-01T00:00:00Z")
    response = administrator.post(LIST, WHOLE)
    assert (response.status_code, response.context["count"]) == (200, 2)
    assert ("Draw these papers again" in text(response), Reissue.objects.exists()) == (True, False)
    assert 'name="reason" value="The signing key has changed."' in text(response)


def test_second_sending_begins_it(administrator):
    issued(0), issued(1)
    response = administrator.post(LIST, {**WHOLE, "begin": "1"})
    reissue = Reissue.objects.get()
    assert (response.url, reissue.kind, reissue.reason, reissue.by, reissue.items.count()) == (
        f"{LIST}{reissue.pk}/",
        "redraw",
        "The signing key has changed.",
        administrator.user,
        2,
    )
    assert Job.objects.filter(kind=reissuing.KIND).exists()


def test_replacing_takes_its_credit_from_an_edition_and_says_that_everybody_is_told(administrator):
    first = issued(0)
    number = first.completion.release.number
    typed = {"kind": "replace", "reason": "Another accreditor.", "release": number}
    assert "Every holder is told by e-mail" in text(administrator.post(LIST, typed))
    administrator.post(LIST, {**typed, "begin": "1"})
    assert Reissue.objects.get().release == first.completion.release


def test_drawing_again_takes_no_credit_from_an_edition(administrator):
    typed = {**WHOLE, "release": issued(0).completion.release.number, "begin": "1"}
    assert administrator.post(LIST, typed).status_code == 302
    assert list(Reissue.objects.values_list("kind", "release")) == [("redraw", None)]


def test_edition_of_another_module_is_refused(administrator):
    issued(0)
    factories.release(factories.document(key="other"), number=7)
    response = administrator.post(LIST, {**WHOLE, "kind": "replace", "release": "7", "begin": "1"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["release"])
    assert not Reissue.objects.exists()


@pytest.mark.parametrize(
    "typed, wrong",
    [
        ({"kind": ""}, "kind"),
        ({"kind": "erase"}, "kind"),
        ({"reason": " "}, "reason"),
        ({"reason": "x" * 501}, "reason"),
        ({"kind": "replace"}, "release"),
        ({"kind": "replace", "release": "99"}, "release"),
    ],
)
@pytest.mark.parametrize("begin", [{}, {"begin": "1"}])
def test_what_does_not_fit_begins_nothing(typed, wrong, begin, administrator):
    issued(0)
    response = administrator.post(LIST, {**WHOLE, **typed, **begin})
    assert (response.status_code, list(response.context["form"].errors)) == (422, [wrong])
    assert not Reissue.objects.exists()


def test_second_reissue_waits_for_the_first(administrator):
    under_way(ItemState.PENDING)
    response = administrator.post(LIST, {**WHOLE, "begin": "1"}, follow=True)
    assert ("another reissue of this module is not finished" in text(response), Reissue.objects.count()) == (True, 1)


def test_page_shows_how_far_it_is_and_what_failed(administrator):
    reissue = under_way(ItemState.DONE, ItemState.DONE, ItemState.FAILED, ItemState.PENDING, ItemState.SKIPPED)
    response = administrator.get(f"{LIST}{reissue.pk}/")
    shown = response.context["progress"]
    assert {str(state["label"]): state["count"] for state in shown["states"]} == {
        "Waiting": 1,
        "Done": 2,
        "Not needed any more": 1,
        "Failed": 1,
    }
    assert (shown["handled"], shown["total"], shown["percent"], shown["goes_on"]) == (4, 5, 80, True)
    assert [failure["error"] for failure in response.context["failures"]] == [crediting.OFFER_GONE]
    assert administrator.get(f"{LIST}{reissue.pk}/status").json() == {"ready": False}


def test_finished_one_is_no_longer_waited_for(administrator):
    reissue = under_way(ItemState.DONE)
    assert administrator.get(f"{LIST}{reissue.pk}/status").json() == {"ready": True}
    assert "It is finished" in text(administrator.get(f"{LIST}{reissue.pk}/"))


def test_it_can_be_stopped_and_go_on(administrator):
    reissue = under_way(ItemState.PENDING)
    administrator.post(f"{LIST}{reissue.pk}/stop/")
    reissue.refresh_from_db()
    page = text(administrator.get(f"{LIST}{reissue.pk}/"))
    assert (reissue.stopped_at is not None, "Go on with this reissue" in page) == (True, True)
    administrator.post(f"{LIST}{reissue.pk}/retry/")
    reissue.refresh_from_db()
    assert reissue.stopped_at is None


def test_failed_ones_are_tried_again(administrator):
    reissue = under_way(ItemState.FAILED, ItemState.DONE)
    assert administrator.post(f"{LIST}{reissue.pk}/retry/").url == f"{LIST}{reissue.pk}/"
    assert sorted(reissue.items.values_list("state", flat=True)) == [ItemState.DONE, ItemState.PENDING]


def test_reissue_of_another_module_is_not_found_under_this_one(administrator):
    reissue = under_way(ItemState.PENDING)
    factories.release(factories.document(key="other"))
    there = LIST.replace("basics", "other")
    pages = [administrator.get(f"{there}{reissue.pk}/{page}").status_code for page in ("", "status")]
    verbs = [administrator.post(f"{there}{reissue.pk}/{verb}/").status_code for verb in ("stop", "retry")]
    reissue.refresh_from_db()
    assert (pages, verbs, reissue.stopped_at) == ([404, 404], [404, 404], None)


def test_page_costs_the_same_for_two_and_twenty(administrator):
    reissue = under_way(ItemState.FAILED)

    def cost(numbers: range) -> int:
        for number in numbers:
            ReissueItem.objects.create(reissue=reissue, certificate=issued(number), state=ItemState.FAILED, error="x")
        administrator.get(f"{LIST}{reissue.pk}/")
        return len(queries(lambda: administrator.get(f"{LIST}{reissue.pk}/")))

    assert cost(range(2, 3)) == cost(range(3, 21))
