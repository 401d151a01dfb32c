"""What no page of the studio sends: answered as wrong (4xx), on SQLite as on PostgreSQL, and never an error of ours."""

import pytest
from django.test import Client

from accounts.models import RoleGrant
from courses.models import CaseNode, Change, Module
from tests import factories as people
from tests.courses import factories
from tests.security.conftest import signed_in

pytestmark = pytest.mark.django_db
BASICS = "/en/studio/modules/basics/"


@pytest.fixture
def module(tmp_path, settings) -> Module:
    settings.MEDIA_ROOT = tmp_path / "media"
    return factories.draft(tmp_path / "content")


@pytest.fixture
def author(db) -> Client:
    return somebody("author")


def somebody(role: str) -> Client:
    person = people.user(f"{role}@example.org")
    RoleGrant.objects.create(user=person, role=role)
    return signed_in(person)


@pytest.mark.parametrize("number", [2**63, 10**30])
def test_learner_beyond_every_number_is_not_found(number, enrolment):
    url = f"/en/studio/learners/{number}/enrolments/{enrolment.pk}/attempts/"
    assert somebody("support").post(url, {"reason": "x"}).status_code == 404


def test_attempt_is_not_granted_under_the_name_of_another_learner(enrolment):
    url = f"/en/studio/learners/{people.user('other@example.org').pk}/enrolments/{enrolment.pk}/attempts/"
    assert somebody("support").post(url, {"reason": "x"}).status_code == 404


@pytest.mark.parametrize(
    "shown",
    ["9" * 5000, "[" * 100_000, '{"1":' * 50_000, f'{{"{"9" * 5000}":["a",[]]}}', '{"1":1}', "[1]", "{", "nul\0"],
    ids=["digits", "lists", "mappings", "row", "shape", "list", "broken", "nul"],
)
def test_table_of_settings_that_cannot_be_read_is_refused(shown, author, module):
    assert author.post(f"{BASICS}outline/settings/", {"shown": shown}).status_code == 422


def test_key_with_a_nul_names_nothing(author, module):
    node = CaseNode.objects.first()
    posts = [
        (f"{BASICS}details/settings/", {"setting": "a\0b"}),
        (f"{BASICS}parts/choice/add/", {"parent": node.pk, "leads_to": "a\0b"}),
    ]
    assert [author.post(url, data).status_code for url, data in posts] == [404, 404]
    assert Change.objects.count() == 0
