"""Tests: starting, saving as chosen, handing in."""

from collections.abc import Mapping, Sequence
from random import SystemRandom

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from courses.choices import Availability, Form, Stage
from courses.document import Question, Test
from courses.queries import availability_in
from learning.errors import EditionRecalled, NoAttemptsLeft, Unanswered, UnknownChoice
from learning.models import Attempt, Enrolment, Response
from learning.queries import attempts_allowed, attempts_at
from learning.scoring import score
from learning.services.facts import lock, record_finish, record_opening, require_open
from support.languages import OTHER

_random = SystemRandom()


@transaction.atomic
def start_attempt(*, enrolment: Enrolment, step: Test, locale: str, by: AbstractBaseUser) -> Attempt:
    """Begins an attempt under the edition's present rules and grants, or returns the one under way or already passed.

    Raises NotOpenYet, NoAttemptsLeft.
    """
    enrolment = lock(enrolment)
    require_open(enrolment, step)
    earlier = attempts_at(enrolment, step.stage)
    for attempt in earlier:
        if attempt.submitted_at is None or attempt.passed:
            return attempt
    allowed = attempts_allowed(enrolment, step.stage)
    if allowed is not None and len(earlier) >= allowed:
        raise NoAttemptsLeft
    record_opening(enrolment, step, locale)
    return _create_attempt(enrolment, step.stage, number=len(earlier) + 1, allowed=allowed, locale=locale)


def _create_attempt(enrolment: Enrolment, stage: Stage, *, number: int, allowed: int | None, locale: str) -> Attempt:
    first = Form(enrolment.pre_form)
    attempt = Attempt.objects.create(
        enrolment=enrolment,
        release=enrolment.release,
        stage=stage,
        number=number,
        form=first if stage == Stage.PRE else first.twin,
        pass_mark=0 if stage == Stage.PRE else enrolment.content.pass_mark,
        attempts_allowed=allowed,
        locale=locale,
        setting=enrolment.setting,
    )
    questions = enrolment.content.questions_for(attempt.form, attempt.setting)
    Response.objects.bulk_create(
        Response(attempt=attempt, place=place, question=question.key, order=_shuffled_options(question))
        for place, question in enumerate(_random.sample(questions, len(questions)), start=1)
    )
    return attempt


def _shuffled_options(question: Question) -> list[str]:
    return _random.sample([option.key for option in question.options], len(question.options))


@transaction.atomic
def save_answers(*, attempt: Attempt, chosen: Mapping[int, Sequence[int]], locale: str, by: AbstractBaseUser) -> bool:
    """Keeps what was chosen, whole or in part: place → places of the options as shown, all from 1.

    False, and nothing written, when the attempt was handed in before. Raises UnknownChoice.
    """
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if attempt.submitted_at:
        return False
    responses = {response.place: response for response in attempt.responses.all()}
    changed = []
    for place, picks in chosen.items():
        response = responses.get(place)
        keys = _option_keys(response, picks)
        if keys != response.chosen:
            response.chosen, response.locale, response.saved_at = keys, locale, timezone.now()
            changed.append(response)
    Response.objects.bulk_update(changed, ["chosen", "locale", "saved_at"])
    return True


@transaction.atomic
def save_answer(*, attempt: int, place: int, chosen: Sequence[int], locale: str, by: AbstractBaseUser) -> bool:
    """`save_answers` for one question of one's own attempt, in two queries: it runs at every click of a test.

    Raises Attempt.DoesNotExist, UnknownChoice, EditionRecalled.
    """
    own = {"attempt__pk": attempt, "attempt__enrolment__user": by}
    responses = Response.objects.select_for_update(of=("attempt",)).select_related("attempt")
    responses = responses.annotate(availability=_availability(locale))
    response = responses.filter(**own, place=place).first()
    if response is None:
        Attempt.objects.get(pk=attempt, enrolment__user=by)
    elif response.attempt.submitted_at:
        return False
    elif response.availability == Availability.RECALLED:
        raise EditionRecalled
    keys = _option_keys(response, chosen)
    Response.objects.filter(pk=response.pk).update(chosen=keys, locale=locale, saved_at=timezone.now())
    return True


def _availability(locale: str) -> Coalesce:
    """Of a response's edition, in the other language where it lacks this one: whoever asks may ask in any."""
    return Coalesce(*(availability_in(name, "attempt__release") for name in (locale, OTHER[locale])))


def _option_keys(response: Response | None, picks: Sequence[int]) -> list[str]:
    if response is None or not all(1 <= pick <= len(response.order) for pick in picks):
        raise UnknownChoice
    return [response.order[pick - 1] for pick in sorted(set(picks))]


@transaction.atomic
def submit(*, attempt: Attempt, locale: str, by: AbstractBaseUser) -> Attempt:
    """Hands an attempt in, once: whoever comes later gets the same result. Raises Unanswered."""
    attempt = _lock_with_enrolment(attempt)
    if attempt.submitted_at:
        return attempt
    responses = list(attempt.responses.all())
    if gaps := [response.place for response in responses if not response.chosen]:
        raise Unanswered(gaps)
    result = score(questions_of(attempt, responses), {response.question: response.chosen for response in responses})
    attempt.right, attempt.score = result.right, result.percent
    attempt.passed = result.passes(attempt.pass_mark)
    attempt.submitted_at = timezone.now()
    attempt.save(update_fields=["right", "score", "passed", "submitted_at"])
    if attempt.passed:
        record_finish(attempt.enrolment, _step_of(attempt), locale)
    return attempt


def _lock_with_enrolment(attempt: Attempt) -> Attempt:
    return (
        Attempt.objects.select_for_update(of=("self", "enrolment"))
        .select_related("release", "enrolment__release")
        .defer("release__document", "enrolment__release__document")
        .get(pk=attempt.pk)
    )


def carry_open_attempts(enrolment: Enrolment) -> None:
    """A test under way goes on in the enrolment's new edition where that asks the same, else it begins anew."""
    content = enrolment.content
    options = {question.key: {option.key for option in question.options} for question in content.questions}
    for attempt in enrolment.attempts.filter(submitted_at=None):
        if all(options.get(response.question) == set(response.order) for response in attempt.responses.all()):
            attempt.release = enrolment.release
            attempt.save(update_fields=["release"])
        else:
            attempt.responses.all().delete()
            attempt.delete()


def questions_of(attempt: Attempt, responses: Sequence[Response]) -> list[Question]:
    """The questions of an attempt as shown, from the edition it was taken in."""
    questions = {question.key: question for question in attempt.release.content.questions}
    return [questions[response.question] for response in responses]


def _step_of(attempt: Attempt) -> Test:
    return next(
        step for step in attempt.release.content.steps if isinstance(step, Test) and step.stage == attempt.stage
    )
