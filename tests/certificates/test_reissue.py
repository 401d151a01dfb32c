"""A whole module's papers again."""

import time
from datetime import date
from io import StringIO
from unittest.mock import Mock

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant, User
from certificates import drawing, signing
from certificates.choices import Act, ItemState, ReissueKind, RequestState
from certificates.document import License
from certificates.errors import AuthorityDown, ReissueUnderWay
from certificates.models import Certificate, CertificateEvent, Drawing, ReissueItem
from certificates.services import crediting, pictures, reissuing
from certificates.services.corrections import ask
from certificates.services.issuing import Held, issue
from certificates.services.reissuing import begin, progress, retry_failed, stop
from certificates.services.succeeding import replace
from certificates.signing import KeyRefused, making
from courses.models import Module, Release
from jobs import services as jobs
from jobs.models import Job, Mail
from tests import factories
from tests.certificates.factories import certificate, completion, offer
from tests.certificates.signatures import credential

pytestmark = pytest.mark.django_db

NURSE = Held(profession="nurse", license=License(number="RN 1", state="TX"))
HOLDERS = ("ana", "bea", "eva", "ida", "lia", "mia", "noa")


@pytest.fixture(autouse=True)
def _light_files(monkeypatch) -> None:
    monkeypatch.setattr(signing, "sign", lambda content: content)
    monkeypatch.setattr(
        drawing, "draw", lambda issued, language: f"{issued.code} {language} {drawing.TEMPLATE}".encode()
    )


@pytest.fixture
def administrator() -> User:
    person = factories.user("admin@example.org")
    RoleGrant.objects.create(user=person, role=Role.ADMINISTRATOR)
    return person


def content(**changed):
    return factories.document(offers=(offer(**changed),))


@pytest.fixture
def held() -> list[Certificate]:
    """Seven nurses with their hours, each paper drawn: more than one batch a lane."""
    issued, release = [], factories.release(content())
    for name in HOLDERS:
        row = completion(factories.user(f"{name}@example.org"), release=release)
        issued.append(
            issue(completion=row, offer="nursing", printed_name=name.title(), by=row.enrolment.user, held=NURSE)
        )
    jobs.drain()
    return issued


@pytest.fixture
def module(held) -> Module:
    return Module.objects.get()


@pytest.fixture
def new_accreditor(module) -> Release:
    words = factories.words("Another accreditor")
    return factories.release(content(provider=words, provider_number="Q-1"), number=2)


@pytest.fixture
def _new_template(held, monkeypatch) -> None:
    monkeypatch.setattr(drawing, "TEMPLATE", drawing.TEMPLATE + 1)
    monkeypatch.setattr(reissuing, "TEMPLATE", drawing.TEMPLATE)


def counts(reissue) -> dict[str, int]:
    return {str(state): number for state, number in progress(reissue).items()}


def redraw(module, by=None):
    return begin(module=module, kind=ReissueKind.REDRAW, reason="The seal was misprinted.", by=by)


def swap(module, release, by=None):
    return begin(module=module, kind=ReissueKind.REPLACE, reason="Another accreditor.", by=by, release=release)


def corrected(row: Certificate) -> Certificate:
    return replace(certificate=row, facts=row.document, printed_name="Ana Luz", by=None, note="")


def revoke_it(row: Certificate) -> None:
    Certificate.objects.filter(pk=row.pk).update(revoked_at=timezone.now(), revocation_category="error")


def erase_it(row: Certificate) -> None:
    Certificate.objects.filter(pk=row.pk).update(printed_name="", facts={}, erased_at=timezone.now())


def correct_and_erase_it(row: Certificate) -> None:
    erase_it(corrected(row))


def revoke_it_and_claim_another(row: Certificate) -> None:
    revoke_it(row)
    issue(completion=row.completion, offer="completion", printed_name="Ana", by=row.completion.enrolment.user)


@pytest.mark.usefixtures("_new_template")
def test_papers_are_drawn_anew_and_those_before_stay(held, module, administrator):
    before = set(Drawing.objects.values_list("pk", "digest"))
    reissue = redraw(module, administrator)
    assert counts(reissue) == {"pending": 7}
    jobs.drain()
    assert (counts(reissue), Certificate.objects.count()) == ({"done": 7}, 7)
    assert before < set(Drawing.objects.values_list("pk", "digest"))
    assert Drawing.objects.filter(template=drawing.TEMPLATE).count() == 7


def test_every_language_that_was_drawn_is_drawn_again(held, module, request):
    for language in ("es", "both"):
        pictures.order_drawing(held[0], language)
    jobs.drain()
    request.getfixturevalue("_new_template")
    redraw(module)
    jobs.drain()
    anew = Drawing.objects.filter(template=drawing.TEMPLATE, certificate=held[0])
    assert sorted(anew.values_list("language", flat=True)) == ["both", "en", "es"]


def test_papers_are_drawn_anew_with_a_new_key(held, module, settings):
    found = credential()
    settings.CERTIFICATE_KEY, settings.CERTIFICATE_CERT = making.private_pem(found.key).decode(), found.pem
    reissue = redraw(module)
    jobs.drain()
    anew = Drawing.objects.filter(key_id=found.key_id).values_list("certificate", flat=True)
    assert (counts(reissue), sorted(anew)) == ({"done": 7}, [row.pk for row in held])


def test_paper_that_was_lost_is_drawn_anew_and_no_other(held, module):
    Drawing.objects.filter(certificate=held[0]).update(lost_at=timezone.now())
    reissue = redraw(module)
    jobs.drain()
    assert counts(reissue) == {"done": 1, "skipped": 6}
    assert Drawing.objects.latest("pk").certificate == held[0]


def test_reissue_is_of_what_is_in_force_of_its_module_alone(held, module):
    successor = corrected(held[0])
    revoke_it(held[1])
    erase_it(held[2])
    certificate(factories.user("other@example.org"), content=factories.document(key="other"))
    items = redraw(module).items.values_list("certificate", flat=True)
    assert list(items) == [row.pk for row in (*held[3:], successor)]


def test_nothing_is_drawn_where_nothing_changed(held, module):
    reissue = redraw(module)
    jobs.drain()
    assert (counts(reissue), Drawing.objects.count()) == ({"skipped": 7}, 7)


def test_replacement_takes_the_credit_of_the_edition_and_nothing_else(held, module, new_accreditor, administrator):
    reissue = swap(module, new_accreditor, administrator)
    jobs.drain()
    assert counts(reissue) == {"done": 7}
    old = Certificate.objects.get(pk=held[0].pk)
    new = old.replaced_by
    was, now = old.document, new.document
    assert (now.credit.provider_number, was.credit.provider_number) == ("Q-1", "P-0000")
    assert (now.license, now.completed_on, now.edition, new.printed_name) == (was.license, was.completed_on, 1, "Ana")
    assert [(event.act, event.by, event.note) for event in CertificateEvent.objects.filter(certificate=old)][-1] == (
        Act.REPLACED,
        administrator,
        "Another accreditor.",
    )
    assert Drawing.objects.filter(certificate=new).count() == 1
    assert Mail.objects.filter(recipient="ana@example.org").order_by("-pk").first().subject == (
        "Your new certificate is ready"
    )


@pytest.mark.parametrize(
    "changed, reason",
    [
        ({"key": "another"}, crediting.OFFER_GONE),
        ({"professions": ("pharmacist",)}, crediting.PROFESSION),
        ({"languages": ("es",)}, crediting.LANGUAGE),
        ({"type": "acpe", "needs_nabp": True}, crediting.REPORT),
    ],
)
def test_credit_that_is_not_the_holders_fails_with_its_reason(held, module, changed, reason):
    release = factories.release(content(**changed), number=2)
    reissue = swap(module, release)
    jobs.drain()
    failed = ReissueItem.objects.filter(reissue=reissue, state=ItemState.FAILED)
    assert set(failed.values_list("error", flat=True)) == {reason}
    assert (counts(reissue), Certificate.objects.filter(replaced_at=None).count()) == ({"failed": 7}, 7)


def test_credit_that_asks_for_a_license_is_not_for_who_gave_none():
    row = completion(release=factories.release(content(needs_license=False)))
    held = Held(profession="nurse")
    issue(completion=row, offer="nursing", printed_name="Ana", by=row.enrolment.user, held=held)
    reissue = swap(Module.objects.get(), factories.release(content(), number=2))
    jobs.drain()
    assert list(reissue.items.values_list("state", "error")) == [(ItemState.FAILED, crediting.LICENSE)]


def test_edition_that_lacks_a_language_of_the_certificate_gives_no_credit(held, module):
    """Rule: what a paper says of its credit, it says in each of its languages (services/crediting.py)."""
    english = factories.document(offers=(offer(languages=("en",)),), locales=("en",))
    reissue = swap(module, factories.release(english, number=2))
    jobs.drain()
    ended = reissue.items.values_list("state", "error").distinct()
    assert list(ended.order_by()) == [(ItemState.FAILED, crediting.OFFER_GONE)]


def test_certificate_that_is_no_longer_in_force_is_skipped(held, module, new_accreditor):
    reissue = swap(module, new_accreditor)
    revoke_it(held[2])
    jobs.drain()
    assert counts(reissue) == {"done": 6, "skipped": 1}


@pytest.mark.usefixtures("_new_template")
@pytest.mark.parametrize(
    "meanwhile", [revoke_it, erase_it, correct_and_erase_it, revoke_it_and_claim_another], ids=lambda way: way.__name__
)
def test_item_whose_certificate_ended_meanwhile_is_skipped_and_nothing_is_drawn(meanwhile, held, module):
    """Rule: only a successor that is in force, for the same credit, takes the place of what ended (`_follow`)."""
    reissue = redraw(module)
    meanwhile(held[0])
    item = reissue.items.select_related("certificate").get(certificate=held[0])
    reissuing._do(reissue, item)
    item.refresh_from_db()
    assert (item.state, item.certificate, item.error) == (ItemState.SKIPPED, held[0], "")
    assert not Drawing.objects.filter(template=drawing.TEMPLATE).exists()


def test_certificate_corrected_meanwhile_is_followed_to_its_successor(held, module, new_accreditor):
    reissue = swap(module, new_accreditor)
    successor = corrected(held[2])
    jobs.drain()
    newest = Certificate.objects.get(replaces=successor)
    assert counts(reissue) == {"done": 7}
    assert (newest.printed_name, newest.document.credit.provider_number) == ("Ana Luz", "Q-1")


def test_what_a_holder_asked_for_meanwhile_is_decided_on_the_successor(held, module, new_accreditor):
    """Rule: a replacement settles no request for correction, and loses none (services/succeeding.py)."""
    holder = held[0].completion.enrolment.user
    asked = ask(certificate=held[0], printed_name="Ana Luz", license=NURSE.license, reason="Married.", by=holder)
    swap(module, new_accreditor)
    jobs.drain()
    asked.refresh_from_db()
    assert (asked.state, asked.certificate) == (RequestState.OPEN, Certificate.objects.get(replaces=held[0]))


@pytest.mark.usefixtures("_new_template")
def test_e9_bulk_reissue_is_resumable_and_one_failure_stops_no_other(held, module, monkeypatch):
    """Rule: each certificate of a reissue is an item of its own; what was done stays done, what failed is told."""
    broken, real = held[3].pk, drawing.draw

    def draw(issued, language):
        if issued.pk == broken:
            raise OSError("no font")
        return real(issued, language)

    monkeypatch.setattr(drawing, "draw", draw)
    reissue = redraw(module)
    jobs.drain()
    assert counts(reissue) == {"done": 6, "failed": 1}
    monkeypatch.setattr(drawing, "draw", real)
    retry_failed(reissue=reissue, by=None)
    jobs.drain()
    assert (counts(reissue), Drawing.objects.filter(template=drawing.TEMPLATE).count()) == ({"done": 7}, 7)


@pytest.mark.usefixtures("_new_template")
def test_worker_killed_in_the_middle_leaves_the_rest_to_the_next(held, module, monkeypatch):
    drawn, real = [], drawing.draw

    def draw(issued, language):
        if len(drawn) == 2:
            raise KeyboardInterrupt  # what no handler catches
        drawn.append(issued.pk)
        return real(issued, language)

    reissue = redraw(module)
    monkeypatch.setattr(drawing, "draw", draw)
    with pytest.raises(KeyboardInterrupt):
        jobs.drain()
    assert counts(reissue) == {"done": 2, "pending": 5}
    monkeypatch.setattr(drawing, "draw", real)
    Job.objects.filter(state="running").update(lease_until=timezone.now())
    jobs.sweep()
    Job.objects.update(run_after=timezone.now())
    jobs.drain()
    assert (counts(reissue), Drawing.objects.filter(template=drawing.TEMPLATE).count()) == ({"done": 7}, 7)


@pytest.mark.usefixtures("_new_template")
def test_worker_killed_between_two_batches_does_not_double_its_lane(held, module, monkeypatch):
    """Rule: a lane is one job, which is ordered again and never copied (jobs/services.py `order_again`)."""
    monkeypatch.setattr(reissuing, "BATCH", 1)
    reissue = redraw(module)
    lane = Job.objects.filter(kind=reissuing.KIND).earliest("pk")
    for _ in range(2):
        reissuing.work(reissue_id=reissue.pk, lane=lane.payload["lane"])  # and nobody finishes the job
    assert Job.objects.filter(kind=reissuing.KIND).count() == reissuing.LANES
    jobs.drain()
    assert (counts(reissue), Job.objects.filter(kind=reissuing.KIND).count()) == ({"done": 7}, reissuing.LANES)


@pytest.mark.usefixtures("_new_template")
def test_trying_again_while_lanes_run_adds_none(held, module, administrator, monkeypatch):
    reissue = redraw(module)
    real = reissuing._redraw

    def press_once_more(item):
        retry_failed(reissue=reissue, by=administrator)
        real(item)

    monkeypatch.setattr(reissuing, "_redraw", press_once_more)
    jobs.drain()
    assert (counts(reissue), Job.objects.filter(kind=reissuing.KIND).count()) == ({"done": 7}, reissuing.LANES)


@pytest.mark.usefixtures("_new_template")
@pytest.mark.parametrize(
    "trouble",
    [OperationalError("server closed the connection"), KeyRefused("expired"), AuthorityDown("no answer")],
)
def test_what_is_no_certificates_fault_fails_none(trouble, held, module, monkeypatch):
    """Rule: an item fails for a reason of its own; without database, key or authority the job is tried again."""
    monkeypatch.setattr(reissuing, "draw", Mock(side_effect=trouble))
    reissue = redraw(module)
    jobs.drain()
    assert counts(reissue) == {"pending": 7}
    monkeypatch.setattr(reissuing, "draw", pictures.draw)
    Job.objects.update(run_after=timezone.now())
    jobs.drain()
    assert counts(reissue) == {"done": 7}


def test_two_workers_at_one_item_make_one_successor(held, module, new_accreditor):
    reissue = swap(module, new_accreditor)
    item = ReissueItem.objects.select_related("certificate").first()
    for _ in range(2):
        reissuing._do(reissue, item)
    assert Certificate.objects.filter(replaces=item.certificate).count() == 1


@pytest.mark.parametrize("state", [ItemState.DONE, ItemState.SKIPPED, ItemState.FAILED])
@pytest.mark.parametrize("is_corrected", [False, True])
def test_worker_that_comes_late_changes_nothing_of_an_item_that_has_ended(
    is_corrected, state, held, module, new_accreditor
):
    """Rule: an item ends once, and tells of the certificate that it ended with (`_end`, `_follow`)."""
    reissue = swap(module, new_accreditor)
    item = reissue.items.select_related("certificate").first()
    reissue.items.filter(pk=item.pk).update(state=state)
    if is_corrected:
        corrected(item.certificate)
    before = (list(ReissueItem.objects.values()), list(Certificate.objects.values()))
    reissuing._do(reissue, item)
    assert (list(ReissueItem.objects.values()), list(Certificate.objects.values())) == before


@pytest.mark.usefixtures("_new_template")
def test_late_worker_leads_no_item_that_has_ended_to_a_successor(held, module):
    reissue = redraw(module)
    item = reissue.items.select_related("certificate").first()
    reissue.items.filter(pk=item.pk).update(state=ItemState.DONE)
    corrected(item.certificate)
    reissuing._do(reissue, item)
    assert ReissueItem.objects.values_list("certificate", "state").get(pk=item.pk) == (held[0].pk, ItemState.DONE)


def test_successors_paper_that_fails_is_caught_up_on_and_nothing_is_replaced_twice(
    held, module, new_accreditor, monkeypatch
):
    """Rule: what is replaced is done, whatever befalls its paper, which has a job of its own (`_end`, `CATCH_UP`)."""
    successors = Certificate.objects.exclude(replaces=None)
    papers = Drawing.objects.filter(certificate__in=successors)
    monkeypatch.setattr(reissuing, "draw", Mock(side_effect=OSError("disk full")))
    reissue = swap(module, new_accreditor)
    jobs.drain()
    assert (counts(reissue), successors.count(), papers.count()) == ({"done": 7}, 7, 0)
    retry_failed(reissue=reissue, by=None)
    Job.objects.update(run_after=timezone.now())
    jobs.drain()
    assert (counts(reissue), successors.count(), papers.count()) == ({"done": 7}, 7, 7)


@pytest.mark.usefixtures("_new_template")
def test_each_lane_is_one_job_and_does_its_own_items_alone(held, module):
    """Rule: a reissue keeps two workers busy, and they never meet at one certificate (`LANES`)."""
    reissue = redraw(module)
    ordered = Job.objects.filter(kind=reissuing.KIND).order_by("pk").values_list("payload", flat=True)
    assert list(ordered) == [{"reissue": reissue.pk, "lane": 0}, {"reissue": reissue.pk, "lane": 1}]
    reissuing.work(reissue_id=reissue.pk, lane=1)
    done = set(reissue.items.filter(state=ItemState.DONE).values_list("pk", flat=True))
    assert done == {pk for pk in reissue.items.values_list("pk", flat=True) if pk % 2 == 1}


def test_stopped_reissue_goes_no_further_and_goes_on_when_told(held, module, new_accreditor, administrator):
    reissue = swap(module, new_accreditor)
    stop(reissue=reissue, by=administrator)
    jobs.drain()
    assert counts(reissue) == {"pending": 7}
    retry_failed(reissue=reissue, by=administrator)
    jobs.drain()
    assert counts(reissue) == {"done": 7}


@pytest.mark.usefixtures("_new_template")
def test_learners_paper_waits_for_one_batch_at_most(held, module, monkeypatch):
    """Rule: the next batch is ordered when the one before is done, behind whatever a learner ordered meanwhile."""
    order, real = [], drawing.draw
    monkeypatch.setattr(drawing, "draw", lambda issued, language: order.append(issued.pk) or real(issued, language))
    monkeypatch.setattr(reissuing, "BATCH", 1)
    redraw(module)
    jobs.run(job_id=Job.objects.filter(kind=reissuing.KIND).earliest("pk").pk)
    row = completion(factories.user("new@example.org"), release=Release.objects.get())
    learners = issue(completion=row, offer="completion", printed_name="New", by=row.enrolment.user)
    jobs.drain()
    assert order.index(learners.pk) <= 1 + reissuing.LANES


@pytest.mark.parametrize("role", [None, Role.SUPPORT, Role.PUBLISHER, Role.AUTHOR])
def test_only_administrators_reissue(held, module, role):
    person = factories.user("somebody@example.org")
    if role:
        RoleGrant.objects.create(user=person, role=role)
    with pytest.raises(PermissionDenied):
        redraw(module, person)
    assert ReissueItem.objects.count() == 0


def test_only_administrators_stop_one_and_let_it_go_on(held, module):
    person, reissue = factories.user("somebody@example.org"), redraw(module)
    RoleGrant.objects.create(user=person, role=Role.SUPPORT)
    with pytest.raises(PermissionDenied):
        stop(reissue=reissue, by=person)
    reissue.items.update(state=ItemState.FAILED)
    with pytest.raises(PermissionDenied):
        retry_failed(reissue=reissue, by=person)
    reissue.refresh_from_db()
    assert (counts(reissue), reissue.stopped_at) == ({"failed": 7}, None)


def test_second_reissue_waits_for_the_first(held, module):
    redraw(module)
    with pytest.raises(ReissueUnderWay):
        redraw(module)
    jobs.drain()
    redraw(module)
    assert module.reissues.count() == 2


def test_stopped_one_does_not_go_on_while_another_is_under_way(held, module):
    first = redraw(module)
    stop(reissue=first, by=None)
    first.refresh_from_db()
    first.items.filter(certificate=held[0]).update(state=ItemState.FAILED)
    redraw(module)
    before = (counts(first), first.stopped_at)
    with pytest.raises(ReissueUnderWay):
        retry_failed(reissue=first, by=None)
    first.refresh_from_db()
    assert (counts(first), first.stopped_at) == before == ({"failed": 1, "pending": 6}, first.stopped_at)


def test_beginning_takes_the_same_queries_for_any_number(held, module, django_assert_max_num_queries):
    with django_assert_max_num_queries(24):
        redraw(module)


def call(*arguments) -> str:
    out = StringIO()
    call_command("reissue", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("_new_template")
def test_command_begins_then_goes_on_with_what_is_begun(held, module):
    first = call(module.key, "--reason", "The seal was misprinted.")
    assert first.endswith("(redraw): 7 pending, 0 done, 0 skipped, 0 failed\n")
    assert call(module.key) == first
    jobs.drain()
    assert module.reissues.get().items.filter(state=ItemState.DONE).count() == 7


def test_command_does_not_wait_for_a_reissue_that_was_stopped(held, module, monkeypatch):
    """Rule: what is stopped keeps its items, and nobody works on them (management/commands/reissue.py)."""
    monkeypatch.setattr(time, "sleep", lambda _seconds: stop(reissue=module.reissues.get(), by=None))
    assert call(module.key, "--reason", "The seal was misprinted.", "--wait").count("7 pending") == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["basics"],
        ["basics", "--reason", "x", "--kind", "replace"],
        ["basics", "--reason", "x", "--release", "1"],
    ],
)
def test_command_refuses_what_it_cannot_do(held, module, arguments):
    with pytest.raises(CommandError):
        call(*arguments)
    assert module.reissues.count() == 0


def test_expiry_and_renewal_survive_a_replacement(held, module, new_accreditor):
    expiring = certificate(
        release=held[0].completion.release, offer="nursing", held=NURSE, expires_on=date(2028, 11, 22)
    )
    swap(module, new_accreditor)
    jobs.drain()
    assert Certificate.objects.get(replaces=expiring).expires_on == date(2028, 11, 22)
