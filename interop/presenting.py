"""What the serializers show, from releases, enrolments and certificates."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import override

from certificates.models import Certificate
from certificates.presenting.verified import verified, words
from courses.document import Section, Step
from courses.models import Release
from courses.paths import by_section, minutes, path
from learning.models import Enrolment
from learning.presenting import catalogue
from learning.presenting.frame import step_url
from learning.presenting.words import say
from learning.progress import Progress

Facts = dict[str, Any]


def module(release: Release, language: str) -> Facts:
    return catalogue.module(release.content, release.number, language) | {"language": language}


def steps_for(release: Release, setting: str, language: str) -> Facts:
    content = release.content
    steps = path(content, setting)
    return {
        "module": content.key,
        "setting": setting,
        "language": language,
        "release": release.number,
        "minutes": minutes(steps),
        "steps": [
            _path_step(section, step, language) for section, group in by_section(content, steps) for step in group
        ],
    }


def _path_step(section: Section, step: Step, language: str) -> Facts:
    return {
        **_step(step, language),
        "section": {"key": section.key, "title": say(section.title, language)},
        "shared": not step.settings,
    }


def _step(step: Step, language: str) -> Facts:
    return {
        "key": step.key,
        "kind": type(step).__struct_config__.tag,
        "title": say(step.title, language),
        "minutes": step.minutes,
    }


def enrolment(enrolment: Enrolment, language: str, request: HttpRequest) -> Facts:
    """Words in `language` if the learner's edition has it, else in one that it has."""
    locales, progress = enrolment.release.locales, enrolment.progress
    language = language if language in locales else locales[0]
    missing = [_missing(enrolment, progress, step, language, request) for step in progress.missing]
    return {
        "module": enrolment.content.key,
        "title": say(enrolment.content.title, language),
        "language": language,
        "setting": enrolment.setting,
        "locale": enrolment.locale,
        "release": enrolment.release.number,
        "percent": progress.percent,
        "minutes_left": progress.minutes_left,
        "next": next(iter(missing), None),
        "missing": missing,
        "started_at": enrolment.started_at,
        "completed_at": enrolment.completed_at,
    }


def _missing(enrolment: Enrolment, progress: Progress, step: Step, language: str, request: HttpRequest) -> Facts:
    with override(language):
        url = request.build_absolute_uri(step_url(enrolment, step))
    return {**_step(step, language), "open": not progress.waits_for(step), "url": url}


def certificate(certificate: Certificate, language: str) -> Facts:
    found = verified(certificate, language)
    said = {locale: words(certificate, locale) for locale in certificate.document.locales}
    return {
        "code": found.code,
        "status": found.status,
        "renewed": found.is_renewed,
        "printed_name": found.printed_name,
        "language": found.language,
        **found.words._asdict(),
        "words": {locale: in_locale._asdict() for locale, in_locale in said.items()},
        "credit_type": found.credit.type,
        "credit_amount": found.credit.amount,
        "provider_number": found.credit.provider_number,
        "activity_number": found.credit.activity_number,
        "release": found.edition,
        "minutes": found.minutes,
        "demonstration": found.demonstration,
        "locale": found.locale,
        "completed_on": found.completed_on,
        "issued_on": found.issued_on,
        "expires_on": found.expires_on,
        "replaced_on": found.replaced_on,
        "revoked_on": found.revoked_on,
        "revocation_category": found.revocation_category or None,
    }
