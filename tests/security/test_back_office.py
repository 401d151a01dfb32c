import pytest
from django.contrib import admin
from rest_framework.authtoken.models import Token, TokenProxy

from tests import factories
from tests.security.conftest import signed_in


def test_back_office_shows_nobodys_access_key(learner):
    Token.objects.create(user=learner)
    root = signed_in(factories.user("root@example.org", is_staff=True, is_superuser=True))
    assert root.get("/admin/authtoken/tokenproxy/").status_code == 404
    assert TokenProxy not in admin.site._registry


@pytest.mark.parametrize("model", sorted(admin.site._registry, key=lambda model: model._meta.label))
def test_back_office_is_closed_to_learners(model, browser):
    page = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    response = browser.get(page)
    assert (response.status_code, response["Location"]) == (302, f"/admin/login/?next={page}")
