"""New learners, somewhere in the module, as the services leave them."""

from importlib import import_module
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model

from courses.document import Case, Check, Lesson, Survey, Test
from courses.models import Module
from learning.models import Attempt, Enrolment
from learning.services import attempts, enrolments, practice, steps, surveys

SETTING = "health-care"


def enrolled(locale: str = "en") -> Enrolment:
    user = get_user_model().objects.create_user(f"{uuid4()}@example.org")
    module = Module.objects.get()
    return enrolments.enrol(user=user, module_key=module.key, setting=SETTING, locale=locale, by=user)


def half_way(locale: str = "en") -> Enrolment:
    """The first test and half of the path are done, and the check of every lesson is answered."""
    enrolment = enrolled(locale)
    for step in lessons(enrolment):
        answer_checks(enrolment, step, locale)
    while enrolment.progress.percent < 50:
        enrolment = finish(enrolment, enrolment.progress.next, locale)
    return enrolment


def completed(locale: str = "en") -> Enrolment:
    enrolment = enrolled(locale)
    while step := enrolment.progress.next:
        enrolment = finish(enrolment, step, locale)
    return enrolment


def lessons(enrolment: Enrolment) -> list[Lesson]:
    return [step for step in enrolment.progress.path if isinstance(step, Lesson)]


def finish(enrolment: Enrolment, step: Lesson | Case | Test | Survey, locale: str) -> Enrolment:
    by = enrolment.user
    if isinstance(step, Lesson):
        steps.finish_lesson(enrolment=enrolment, step=step, locale=locale, by=by)
    elif isinstance(step, Case):
        walk(enrolment, step, locale)
    elif isinstance(step, Test):
        hand_in(enrolment, step, locale)
    else:
        surveys.answer_survey(enrolment=enrolment, step=step, answers={}, locale=locale, by=by)
    return Enrolment.objects.select_related("release").get(pk=enrolment.pk)


def answer_checks(enrolment: Enrolment, step: Lesson, locale: str) -> None:
    for block in step.blocks:
        if isinstance(block, Check):
            practice.answer_check(
                enrolment=enrolment,
                step=step,
                block=block,
                chosen=[block.options[0].key],
                number=1,
                locale=locale,
                by=enrolment.user,
            )


def walk(enrolment: Enrolment, case: Case, locale: str) -> None:
    node = case.node(case.start)
    while not node.ending:
        choice = node.choices[0]
        practice.decide(
            enrolment=enrolment, step=case, run=1, node=node.key, choice=choice.key, locale=locale, by=enrolment.user
        )
        node = case.node(choice.to)


def hand_in(enrolment: Enrolment, test: Test, locale: str) -> Attempt:
    """Everything right."""
    by = enrolment.user
    attempt = attempts.start_attempt(enrolment=enrolment, step=test, locale=locale, by=by)
    responses = list(attempt.responses.all())
    questions = attempts.questions_of(attempt, responses)
    chosen = {
        response.place: [response.order.index(key) + 1 for key in question.right]
        for response, question in zip(responses, questions, strict=True)
    }
    attempts.save_answers(attempt=attempt, chosen=chosen, locale=locale, by=by)
    return attempts.submit(attempt=attempt, locale=locale, by=by)


def cookies(user) -> dict[str, str]:
    """Signed in, without the pages that do it."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return {settings.SESSION_COOKIE_NAME: session.session_key}
