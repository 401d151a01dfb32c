import pytest
from django.core.management import CommandError, call_command

from accounts.demo import PEOPLE, make_people
from accounts.models import RoleGrant, User

pytestmark = pytest.mark.django_db

URL = "/en/sign-in/demo/"


@pytest.fixture
def people(settings) -> None:
    settings.DEMO = True
    make_people()


@pytest.mark.parametrize(
    "person, email, leads_to, is_administrator",
    [
        ("learner", "jordan.lee@example.org", "/en/training/", False),
        ("learner-es", "maria.nunez@example.org", "/es/training/", False),
        ("administrator", "alex.morgan@example.org", "/en/training/", True),
        ("translator", "lucia.ortega@example.org", "/es/training/", False),
    ],
)
def test_demo_person_comes_in_with_one_click(person, email, leads_to, is_administrator, people, client, signed_in):
    response = client.post(URL, {"person": person})
    assert (response.url, signed_in()) == (leads_to, email)
    user = User.objects.get(email=email)
    assert (user.is_staff, user.is_superuser) == (is_administrator, is_administrator)


@pytest.mark.parametrize("person", [person.key for person in PEOPLE])
def test_demo_door_is_shut_outside_a_demonstration(person, people, settings, client, signed_in):
    settings.DEMO = False
    assert client.post(URL, {"person": person}).status_code == 404
    assert signed_in() is None


@pytest.mark.parametrize("data", [{}, {"person": "boss"}])
def test_demo_door_knows_nobody_else(data, people, client):
    assert client.post(URL, data).status_code == 404


def test_demo_buttons_stand_only_in_a_demonstration(people, settings, client):
    seen = []
    for settings.DEMO in (True, False):
        page = client.get("/en/sign-in/").content.decode()
        seen.append([person.key for person in PEOPLE if f'value="{person.key}"' in page])
    assert seen == [[person.key for person in PEOPLE], []]


def test_demo_people_makes_them_once(settings, capsys):
    settings.DEMO = True
    call_command("demo_people")
    call_command("demo_people")
    assert capsys.readouterr().out.splitlines() == [
        "8 demonstration people made",
        "0 demonstration people made",
    ]
    assert list(User.objects.order_by("email").values_list("profile__printed_name", "language")) == [
        ("Alex Morgan", "en"),
        ("Dana Whitfield", "en"),
        ("Jordan Lee", "en"),
        ("Lucía Ortega", "es"),
        ("María Elena Núñez", "es"),
        ("Priya Shah", "en"),
        ("Sam Okafor", "en"),
        ("Tomás Rivera", "es"),
    ]
    assert list(RoleGrant.objects.order_by("role").values_list("user__profile__printed_name", "role", "scope")) == [
        ("Alex Morgan", "administrator", ""),
        ("Priya Shah", "author", ""),
        ("Tomás Rivera", "publisher", ""),
        ("Dana Whitfield", "reviewer", ""),
        ("Sam Okafor", "support", ""),
        ("Lucía Ortega", "translator", "es"),
    ]


def test_demo_people_are_not_made_outside_a_demonstration(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="only where DEMO is on"):
        call_command("demo_people")
    assert list(User.objects.all()) == []
