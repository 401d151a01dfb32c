import pytest
from django.db import IntegrityError, transaction

from accounts.admin import UserAdmin
from accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("values", [{"email": "Ana@example.org"}, {"email": "b@example.org", "language": "fr"}])
def test_database_refuses_user(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(**values)


def test_user_made_in_the_admin_has_no_password(client):
    client.force_login(User.objects.create_superuser("boss@example.org"))
    assert UserAdmin.fields[0] == "email"
    data = {"email": "New@example.org", "language": "es", "is_active": "on"}
    management = {"profile-TOTAL_FORMS": "0", "profile-INITIAL_FORMS": "0"}
    assert client.post("/admin/accounts/user/add/", data | management).status_code == 302
    user = User.objects.get(email="new@example.org")
    assert (user.has_usable_password(), user.language) == (False, "es")
