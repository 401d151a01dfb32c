"""The page of people and roles."""

import pytest

from accounts.models import RoleGrant
from tests import factories
from tests.learning.test_query_counts import queries

pytestmark = pytest.mark.django_db
PEOPLE = "/en/studio/people/"


def give(client, email: str = "ana@example.org", role: str = "author", scope: str = ""):
    return client.post(PEOPLE, {"email": email, "role": role, "scope": scope})


def held() -> set[tuple[str, str, str]]:
    return set(RoleGrant.objects.held().values_list("user__email", "role", "scope"))


BOSS = ("administrator@example.org", "administrator", "")


def shown(client) -> dict[str, list[str]]:
    return {
        person["email"]: [str(grant["role"]) for grant in person["grants"]]
        for person in client.get(PEOPLE).context["holders"]
    }


def test_role_given_is_shown_with_who_gave_it(administrator):
    factories.user("ana@example.org")
    assert give(administrator, role="translator", scope="es").status_code == 302
    assert give(administrator, role="author").status_code == 302
    assert held() == {BOSS, ("ana@example.org", "translator", "es"), ("ana@example.org", "author", "")}
    assert shown(administrator) == {
        "administrator@example.org": ["Administrator"],
        "ana@example.org": ["Author", "Translator into Spanish"],
    }
    events = administrator.get(PEOPLE).context["history"]
    assert [(event["email"], str(event["role"]), event["what"], event["by"]) for event in events] == [
        ("ana@example.org", "Author", "given", "administrator@example.org"),
        ("ana@example.org", "Translator into Spanish", "given", "administrator@example.org"),
        ("administrator@example.org", "Administrator", "given", "A command on the server"),
    ]


def test_role_taken_away_is_in_the_history(administrator):
    factories.user("ana@example.org")
    give(administrator)
    grant = RoleGrant.objects.get(role="author")
    response = administrator.post(f"{PEOPLE}grants/{grant.pk}/")
    assert (response.status_code, response.url, held()) == (302, PEOPLE, {BOSS})
    event = administrator.get(PEOPLE).context["history"][0]
    assert (event["email"], event["what"], event["by"]) == (
        "ana@example.org",
        "taken away",
        "administrator@example.org",
    )


def test_last_administrator_is_told_why_they_stay(administrator):
    grant = RoleGrant.objects.get()
    response = administrator.post(f"{PEOPLE}grants/{grant.pk}/", follow=True)
    assert ([str(message) for message in response.context["messages"]], held()) == (
        ["Nothing was taken away: somebody must be left who can grant roles."],
        {BOSS},
    )


def test_administrator_who_leaves_is_taken_to_their_own_training(administrator):
    factories.user("root@example.org", is_superuser=True)
    response = administrator.post(f"{PEOPLE}grants/{RoleGrant.objects.get().pk}/")
    assert (response.url, held()) == ("/en/training/", set())


@pytest.mark.parametrize(
    "fields, named",
    [
        ({"email": "nobody@example.org"}, "email"),
        ({"email": "no address"}, "email"),
        ({"email": ""}, "email"),
        ({"role": ""}, "role"),
        ({"role": "boss"}, "role"),
        ({"role": "translator"}, "scope"),
        ({"role": "author", "scope": "es"}, "scope"),
        ({"role": "translator", "scope": "fr"}, "scope"),
    ],
)
def test_what_makes_no_sense_is_refused_and_kept_in_the_form(fields, named, administrator):
    factories.user("ana@example.org")
    response = give(administrator, **fields)
    assert (response.status_code, set(response.context["form"].errors), held()) == (422, {named}, {BOSS})
    typed = fields.get("email", "ana@example.org")
    assert response.context["form"]["email"].value() == typed


def test_superuser_is_listed_as_administrator_without_a_grant(administrator):
    factories.user("root@example.org", is_superuser=True)
    assert shown(administrator) == {"administrator@example.org": ["Administrator"], "root@example.org": []}


def test_page_costs_the_same_for_one_and_three_people(administrator):
    def cost(people: int) -> int:
        for number in range(people):
            email = f"author{number}@example.org"
            if (email, "author", "") not in held():
                factories.user(email)
                give(administrator, email)
        return len(queries(lambda: administrator.get(PEOPLE)))

    cost(1)
    assert cost(1) == cost(3)


@pytest.mark.parametrize("page", ["/en/training/", "/es/profile/"])
@pytest.mark.parametrize("role, scope, is_shown", [("support", "", True), ("translator", "es", True), ("", "", False)])
def test_way_to_the_studio_is_shown_to_whoever_holds_a_role(role, scope, is_shown, page, as_role):
    address = f'href="/{page[1:3]}/studio/"'
    assert (address in as_role(role, scope).get(page).content.decode()) is is_shown
