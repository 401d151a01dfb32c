import pytest
from django.core.exceptions import PermissionDenied
from rest_framework.authtoken.models import Token

from accounts.models import Profile, User
from accounts.queries import language_of, profile_of
from accounts.services import make_token, remember_setting, save_profile
from courses.models import Setting

pytestmark = pytest.mark.django_db

URL = "/en/profile/"
FILLED = {"printed_name": "Ana Núñez, RN", "profession": "nurse", "state": "TX", "setting": "", "language": "en"}


@pytest.fixture
def client(client, learner):
    client.force_login(learner)
    return client


def stored() -> dict:
    return Profile.objects.values("printed_name", "profession", "state", "user__language").get()


def test_profile_is_saved_and_shown(client):
    assert client.post(URL, FILLED).url == URL
    assert stored() == {"printed_name": "Ana Núñez, RN", "profession": "nurse", "state": "TX", "user__language": "en"}
    page = client.get(URL)
    assert page.context["form"].initial == FILLED
    assert [str(message) for message in page.context["messages"]] == ["Your profile is saved."]


def test_profile_saved_in_another_language_goes_on_in_it(client):
    response = client.post(URL, FILLED | {"language": "es"})
    assert (response.url, stored()["user__language"]) == ("/es/profile/", "es")
    assert [str(message) for message in client.get("/es/profile/").context["messages"]] == ["Su perfil se guardó."]


@pytest.mark.parametrize(
    "language, error",
    [
        ("en", "This name has 300 characters; a certificate has room for 120. Please shorten it."),
        ("es", "Este nombre tiene 300 caracteres; en el certificado caben 120. Por favor, acórtelo."),
    ],
)
def test_too_long_name_is_refused_kindly_and_kept(language, error, client):
    name = "Ana " * 74 + "Ruiz"
    page = client.post(f"/{language}/profile/", FILLED | {"printed_name": name})
    assert (page.context["form"].errors, page.context["form"]["printed_name"].value()) == (
        {"printed_name": [error]},
        name,
    )
    assert f'value="{name}"' in page.content.decode()
    assert stored()["printed_name"] == ""


def test_name_field_lets_a_long_name_be_typed(client):
    assert "maxlength" not in client.get(URL).content.decode()


@pytest.mark.parametrize("typed, printed", [("  Ana \n Núñez ", "Ana Núñez"), ("Nu\u0301n\u0303ez", "Núñez"), ("", "")])
def test_name_is_printed_on_one_line_in_one_spelling(typed, printed, client):
    client.post(URL, FILLED | {"printed_name": typed})
    assert stored()["printed_name"] == printed


@pytest.mark.parametrize("typed", ["123", "—", "__"])
def test_name_without_letters_is_refused(typed, client):
    page = client.post(URL, FILLED | {"printed_name": typed})
    assert page.context["form"].errors == {"printed_name": ["Enter a name with letters."]}


@pytest.mark.parametrize("field", ["profession", "state", "setting", "language"])
def test_unknown_choice_is_refused(field, client):
    assert list(client.post(URL, FILLED | {field: "zz"}).context["form"].errors) == [field]


def test_language_switch_carries_what_was_typed(client):
    response = client.post(URL, FILLED | {"printed_name": "Unsent", "state": "", "switch": "es"})
    assert response.url == "/es/profile/"
    form = client.get(response.url).context["form"]
    assert (form["printed_name"].value(), form["state"].value(), form.errors) == ("Unsent", "", {})
    assert stored()["printed_name"] == ""
    assert client.get(response.url).context["form"]["printed_name"].value() == ""


def test_profile_needs_a_person(client):
    client.logout()
    assert client.get(URL).url == "/en/sign-in/?next=/en/profile/"


def test_token_is_made_replaced_and_deleted(client, learner):
    keys = []
    for data in ({"make": "1"}, {"make": "1"}, {"revoke": "1"}):
        assert client.post("/en/profile/token/", data).url == "/en/profile/#access-key"
        keys.append(list(Token.objects.filter(user=learner).values_list("key", flat=True)))
    assert [len(each) for each in keys] == [1, 1, 0]
    assert keys[0] != keys[1]


@pytest.mark.parametrize(
    "change",
    [
        lambda user, by: save_profile(user=user, by=by, **FILLED),
        lambda user, by: remember_setting(user=user, by=by, setting="general"),
        lambda user, by: make_token(user=user, by=by),
    ],
    ids=["profile", "setting", "token"],
)
def test_stranger_changes_nothing_and_administrator_may(change, learner):
    stranger = User.objects.create_user("eve@example.org")
    with pytest.raises(PermissionDenied):
        change(learner, stranger)
    change(learner, User.objects.create_user("boss@example.org", is_staff=True))


def test_profile_of_user_without_one_is_empty_and_unsaved(learner):
    Profile.objects.all().delete()
    profile = profile_of(learner)
    assert (profile.user, profile.printed_name, profile.pk) == (learner, "", None)
    remember_setting(user=learner, by=learner, setting="general")
    assert profile_of(learner).setting == "general"


def test_language_of_user_is_the_stored_one():
    assert language_of(User.objects.create_user("maria@example.org", language="es")) == "es"


def test_setting_is_offered_in_the_pages_language_and_saved(client):
    Setting.objects.create(key="clinic", icon="people", name_en="Clinic", name_es="Clínica", places_en="", places_es="")
    choices = client.get("/es/profile/").context["form"].fields["setting"].choices
    assert list(choices) == [("", "Elija un entorno"), ("clinic", "Clínica")]
    client.post(URL, FILLED | {"setting": "clinic"})
    assert Profile.objects.get().setting == "clinic"
