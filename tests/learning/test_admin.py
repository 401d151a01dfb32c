import pytest
from django.contrib import admin
from django.urls import reverse

from learning import models
from tests import factories

pytestmark = pytest.mark.django_db

FACTS = [model for model in admin.site._registry if model.__module__.startswith("learning.")]


@pytest.fixture
def back_office(client):
    factories.finish_all(factories.enrolment())
    client.force_login(factories.user("admin@example.org", is_staff=True, is_superuser=True))
    return client


def test_every_fact_of_a_learner_but_survey_answers_can_be_read():
    shown = {model.__name__ for model in FACTS}
    inside = {"Response"}
    assert set(models.__all__) - shown - inside == {"FormBalance", "SurveyAnswer"}


@pytest.mark.parametrize("model", FACTS, ids=lambda model: model.__name__)
def test_fact_can_be_read_and_nothing_else(back_office, model):
    name = f"admin:learning_{model._meta.model_name}"
    row = model.objects.first()
    pages = [reverse(f"{name}_changelist")] + ([reverse(f"{name}_change", args=[row.pk])] if row else [])
    assert [back_office.get(page).status_code for page in pages] == [200] * len(pages)
    refused = [reverse(f"{name}_add")] + ([reverse(f"{name}_delete", args=[row.pk]), pages[-1]] if row else [])
    assert [back_office.post(page, {"post": "yes"}).status_code for page in refused] == [403] * len(refused)
