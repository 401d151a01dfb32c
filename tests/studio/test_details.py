import pytest
from django.contrib.messages import get_messages

from courses.models import Change, Objective, Setting, Source, Term
from courses.services.releases import publish
from learning.models import Enrolment
from tests import factories

DETAILS = "/en/studio/modules/basics/details/"
DROP = f"{DETAILS}settings/clinic/remove/"


def messages(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def learners(module, administrator) -> list[Enrolment]:
    """Two at the clinic, one at the school."""
    publish(module=module, by=administrator.user)
    return [
        factories.enrolment(setting, by=factories.user(f"{setting}-{number}@example.org"))
        for setting, number in (("clinic", 1), ("clinic", 2), ("school", 1))
    ]


def used(module) -> list[str]:
    return sorted(module.settings.values_list("key", flat=True))


def test_b5_removing_a_branch_says_first_how_many_learners_are_on_it(module, learners, author):
    """Protects: a setting leaves a draft only by a confirmation of the number shown (learning/services/branches.py)."""
    assert "2 learners are on this path now." in author.get(DROP).content.decode()
    assert used(module) == ["clinic", "school"]
    factories.finish_all(learners[0])
    refused = author.post(DROP, {"affected": 2})
    assert (refused.status_code, used(module)) == (409, ["clinic", "school"])
    assert "1 learner is on this path now." in refused.content.decode()
    assert author.post(DROP, {"affected": 1})["Location"] == f"{DETAILS}#settings"
    assert used(module) == ["school"]


@pytest.mark.parametrize("shown", [None, "", "two", "-1", "9" * 30])
def test_branch_is_not_removed_without_a_number_that_was_shown(shown, module, learners, author):
    assert author.post(DROP, {"affected": shown} if shown is not None else {}).status_code == 409
    assert used(module) == ["clinic", "school"]


def test_learner_on_a_removed_branch_goes_on_and_completes(module, learners, author):
    author.post(DROP, {"affected": 2})
    assert factories.finish_all(learners[0]).completed_at


def test_removal_is_in_the_history(module, author):
    author.post(DROP, {"affected": 0})
    change = Change.objects.first()
    assert (change.part, change.fields, change.by) == (
        "module",
        {"settings": [["clinic", "school"], ["school"]]},
        author.user,
    )


def test_setting_can_be_added_again(module, author):
    author.post(DROP, {"affected": 0})
    author.post(f"{DETAILS}settings/", {"setting": "clinic"})
    assert used(module) == ["clinic", "school"]


@pytest.mark.parametrize("setting", ["", "nowhere"])
def test_unknown_setting_cannot_be_added(setting, module, author):
    assert author.post(f"{DETAILS}settings/", {"setting": setting}).status_code == 404


def test_entry_is_added_at_the_end_with_a_key_from_its_name(module, author):
    response = author.post(
        "/en/studio/modules/basics/lists/objective/add/",
        {"new-objective-text_en": "Ask with respect", "new-objective-text_es": "Preguntar con respeto"},
    )
    added = Objective.objects.get(key="ask-with-respect")
    assert response["Location"] == f"{DETAILS}#objective-{added.pk}"
    assert (added.module, added.position, added.text_en, added.text_es) == (
        module,
        2,
        "Ask with respect",
        "Preguntar con respeto",
    )


def test_shared_entries_are_added_with_what_they_need(module, author):
    author.post("/en/studio/shared/setting/add/", {"new-setting-name_en": "Clínica móvil"})
    author.post("/en/studio/shared/term/add/", {"new-term-name_en": "labor trafficking", "new-term-name_es": "trata"})
    setting, term = Setting.objects.get(key="clinica-movil"), Term.objects.get(key="labor-trafficking")
    assert (setting.icon, setting.position, term.name_en, term.name_es) == ("people", 3, "labor trafficking", "trata")


@pytest.mark.parametrize("text, message", [("", "Write it in one language at least."), ("x" * 301, "at most 300")])
def test_bad_entry_is_explained_and_not_lost(text, message, module, author):
    response = author.post("/en/studio/modules/basics/lists/objective/add/", {"new-objective-text_en": text})
    page = response.content.decode()
    assert (response.status_code, message in page, Objective.objects.count()) == (422, True, 1)
    assert not text or text in page


def test_entry_in_use_is_not_archived(module, author):
    objective = Objective.objects.get()
    response = author.post(f"/en/studio/modules/basics/lists/objective/{objective.pk}/archive/")
    assert "It is still in use" in messages(response)[0]
    assert not Objective.objects.get().archived


def test_entry_is_archived_and_restored(module, author):
    source = Source.objects.get()
    url = f"/en/studio/modules/basics/lists/source/{source.pk}"
    for verb, archived in (("archive", True), ("restore", False)):
        author.post(f"{url}/{verb}/")
        assert Source.objects.get().archived is archived


@pytest.mark.parametrize("url", ["lists/step/1/archive/", "lists/setting/1/archive/", "lists/objective/999/archive/"])
def test_other_parts_cannot_be_reached_through_the_lists(url, module, author):
    assert author.post(f"/en/studio/modules/basics/{url}").status_code == 404


@pytest.mark.parametrize("url", [DETAILS, "/en/studio/settings/", "/en/studio/glossary/"])
def test_pages_take_the_same_queries_however_long_their_lists(url, module, author, django_assert_max_num_queries):
    def queries() -> int:
        author.get(url)  # keeps the help lines
        with django_assert_max_num_queries(40) as counted:
            author.get(url)
        return len(counted)

    for number in range(12):
        if number == 2:
            few = queries()
        for address in ("modules/basics/lists/source", "shared/setting", "shared/term"):
            name = address.rpartition("/")[2]
            column = "citation" if name == "source" else "name"
            author.post(f"/en/studio/{address}/add/", {f"new-{name}-{column}_en": f"{name} {number}"})
    assert queries() == few
