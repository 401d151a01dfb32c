import pytest
from django.db import IntegrityError, transaction

from courses.errors import StaleDraft
from courses.models import Change, Module, SignOff, Step
from courses.readiness import Draft
from courses.review import DraftState
from courses.services.releases import publish
from courses.services.reviewing import ask_for_review, set_sign_offs, sign_off
from tests.courses.factories import reword
from tests.factories import user

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return user("reviewer@example.org")


@pytest.fixture
def module(draft) -> Module:
    return draft()


def state(module: Module) -> str:
    return Draft(Module.objects.get(pk=module.pk)).state


def approve(module: Module, by, kind: str = "accessibility", approved: bool = True, note: str = "") -> SignOff:
    digest = Draft(module).digest
    return sign_off(module=module, kind=kind, approved=approved, note=note, digest=digest, by=by)


def test_draft_goes_from_draft_to_released(module, by):
    set_sign_offs(module=module, kinds=["accessibility"], by=by)
    seen = [state(module)]
    ask_for_review(module=module, note="the new lesson", by=by)
    seen.append(state(module))
    approve(module, by)
    seen.append(state(module))
    publish(module=module, by=by)
    assert [*seen, state(module)] == list(DraftState)


def test_edit_makes_an_approved_draft_a_draft_again_and_its_undoing_approves_it_again(module, by):
    approve(module, by)
    reword(Step.objects.get(key="shared"), by, title_en="another title")
    after_edit = state(module)
    reword(Step.objects.get(key="shared"), by, title_en="lesson shared (English)")
    assert (after_edit, state(module)) == ("draft", "approved")


def test_asking_twice_for_review_of_one_draft_is_one_request(module, by):
    first = ask_for_review(module=module, note="look", by=by)
    assert ask_for_review(module=module, note="again", by=user("other@example.org")) == first
    assert [(row.note, row.by) for row in module.review_requests.all()] == [("look", by)]


def test_sign_off_of_a_draft_that_has_changed_is_refused(module, by):
    digest = Draft(module).digest
    reword(Step.objects.get(key="shared"), by, title_en="another title")
    with pytest.raises(StaleDraft):
        sign_off(module=module, kind="accessibility", approved=True, note="", digest=digest, by=by)
    assert SignOff.objects.count() == 0


def test_refusal_without_a_note_is_refused(module, by):
    with pytest.raises(IntegrityError), transaction.atomic():
        approve(module, by, approved=False)


def test_latest_word_of_each_kind_counts(module, by):
    approve(module, by, approved=False, note="too hard")
    approve(module, by, "subject-expert")
    approve(module, by)
    draft = Draft(module)
    assert draft.given == {"accessibility": True, "subject-expert": True}
    assert draft.state == DraftState.APPROVED


def test_whom_the_module_asks_is_kept_in_order_and_in_its_history(module, by):
    set_sign_offs(module=module, kinds=["accessibility", "subject-expert", "nobody"], by=by)
    set_sign_offs(module=module, kinds=["accessibility", "subject-expert"], by=by)
    assert Module.objects.get().sign_offs == ["subject-expert", "accessibility"]
    changes = Change.objects.filter(by=by).values_list("part", "act", "fields")
    assert list(changes) == [("module", "edited", {"sign_offs": [[], ["subject-expert", "accessibility"]]})]
