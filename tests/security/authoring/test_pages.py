"""Whatever an author, a translator or a file puts into a draft: no page that a learner or a colleague sees runs it."""

import pytest
from django.test import Client

from accounts.models import User
from courses.models import Option, Release
from courses.services.releases import open_again, recall, withdraw
from tests.security.authoring import learners, visits
from tests.security.authoring.module import (
    ADDRESSED,
    ANSWERED,
    ASKED,
    BROKEN,
    CORRECTED,
    GRANTED,
    HELPED,
    LOCALES,
    NAMED,
    NOTE,
    PUBLISHED,
    REISSUED,
    SIGNED,
    TYPED_ALONE,
    WITHDRAWN,
    Text,
)
from tests.security.authoring.visits import EXCEPTIONS, POSTED, Numbers
from tests.security.authoring.walking import together, unseen, walk
from tests.security.authoring.words import hostile, mark_of
from tests.security.conftest import signed_in

SAID_IN_THE_STUDIO = {
    *(ASKED, SIGNED, PUBLISHED, WITHDRAWN, GRANTED, NAMED, ADDRESSED, TYPED_ALONE),
    *(CORRECTED, REISSUED, BROKEN),
}


def test_no_address_is_forgotten():
    """A new page is visited here, a new form is sent in test_forms.py, or somebody says why not."""
    known = {visit.name for visit in visits.every_visit()} | POSTED | set(EXCEPTIONS)
    assert sorted(visits.names_of_addresses() ^ known) == []


@pytest.mark.slow
def test_no_page_of_the_studio_runs_what_somebody_wrote(module, found, admin):
    said_of_an_edition(Release.objects.get(), admin)
    person = learners.granted(admin)
    code = learners.certified().code
    looked_after = visits.of_certificates(code, learners.reissued(module, admin))
    seen = walk(signed_in(admin), [*visits.studio(Numbers.of(module, person.pk)), *looked_after])
    said = {mark_of(number, "en") for number in SAID_IN_THE_STUDIO}
    assert (seen.amiss, unseen(found, seen.marks), said - seen.marks) == ([], [], set())


def said_of_an_edition(release: Release, by: User) -> None:
    for verb in (withdraw, recall, open_again):
        verb(release=release, locale="es", reason=hostile(WITHDRAWN, "en", NOTE), by=by)


@pytest.mark.slow
def test_no_preview_runs_what_a_text_holds(module, admin):
    seen = walk(signed_in(admin), visits.previews())
    assert seen.amiss == []


@pytest.mark.slow
def test_no_page_of_a_learner_runs_what_a_text_holds(module, found, admin):
    nurse = learners.on_the_way().user
    seen = together(
        [
            walk(Client(), visits.public()),
            walk(signed_in(nurse), visits.learner()),
            *learners.answering(),
            *learners.playing(),
            *learners.tested(),
            *learners.surveyed(),
            *learners.proved(admin),
            *learners.moved(admin),
        ]
    )
    taught = [text for text in found if not on_no_page(text)]
    said = {mark_of(NAMED, "en"), mark_of(ANSWERED, "en"), *(mark_of(HELPED, locale) for locale in LOCALES)}
    assert (seen.amiss, unseen(taught, seen.marks), said - seen.marks) == ([], [], set())


def on_no_page(text: Text) -> bool:
    """Glossary terms are for authors, a result explains no single choice, and the offer has a statement of its own."""
    of_a_test = text.part.name == "option" and Option.objects.filter(pk=text.row, question__block=None).exists()
    of_the_module = text.part.name == "module" and text.name == "statement"
    return text.part.name == "term" or of_the_module or (of_a_test and text.name == "feedback")
