"""Every address of the studio, tried by every role: the table of accounts/permissions.py holds at each door."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.permissions import ALLOWED, May
from courses.columns import stamp, values_of
from courses.models import Change
from courses.parts import part_named
from studio.presenting.people import RIGHTS
from studio.urls import urlpatterns

pytestmark = pytest.mark.django_db

Needed = set[May] | None

READ, EDIT, TRANSLATE = {May.READ_DRAFTS}, {May.EDIT_DRAFTS}, {May.TRANSLATE}
WRITE, PREPARE, PUBLISH, SIGN = EDIT | TRANSLATE, {May.EDIT_DRAFTS, May.PUBLISH}, {May.PUBLISH}, {May.SIGN_OFF}
LEARNERS, HELP, ROLES = {May.SEE_LEARNERS}, {May.HELP_LEARNERS}, {May.GRANT_ROLES}
CORRECT, REVOKE, REISSUE = {May.CORRECT_CERTIFICATES}, {May.REVOKE_CERTIFICATES}, {May.REISSUE_CERTIFICATES}
ANY_ROLE: set[May] = set()

# What must be allowed to whoever reads an address, and to whoever writes to it: one of a set; None where the address
# does not know the method. A new address fails the first test until somebody says here who may use it.
DOORS: dict[str, tuple[Needed, Needed]] = {
    "home": (ANY_ROLE, None),
    "new-module": (EDIT, EDIT),
    **dict.fromkeys(["glossary", "settings", "details", "outline", "map", "case-map", "step"], (READ, None)),
    **dict.fromkeys(["history", "part-history", "shared-history"], (READ, None)),
    **dict.fromkeys(["bank", "crosswalk", "question"], (READ, None)),
    **dict.fromkeys(["desk", "xliff-export"], (READ, None)),
    **dict.fromkeys(["review", "release"], (READ, None)),
    **dict.fromkeys(["package", "package-export", "preview"], (READ, None)),
    # What is sent in a preview is drawn and forgotten: nothing is written.
    **dict.fromkeys(["preview-module", "preview-setting", "preview-path", "preview-certificate"], (READ, READ)),
    **dict.fromkeys(["preview-step", "preview-questions", "preview-result"], (READ, READ)),
    **dict.fromkeys(["list-add", "list-move", "list-archive", "list-restore"], (None, EDIT)),
    **dict.fromkeys(["shared-add", "shared-move", "shared-archive", "shared-restore"], (None, EDIT)),
    **dict.fromkeys(["part-add", "part-move", "part-duplicate", "part-archive", "part-restore"], (None, EDIT)),
    **dict.fromkeys(["add-section", "add-step", "add-setting", "assign-settings"], (None, EDIT)),
    **dict.fromkeys(["duplicate-step", "move", "restore"], (None, EDIT)),
    **dict.fromkeys(["question-move", "question-duplicate", "question-twin"], (None, EDIT)),
    **dict.fromkeys(["question-archive", "question-restore"], (None, EDIT)),
    **dict.fromkeys(["archive", "drop-setting", "new-question", "package-new", "package-import"], (EDIT, EDIT)),
    **dict.fromkeys(["part", "shared-part", "picture-upload", "file-upload"], (WRITE, WRITE)),
    "render": (None, WRITE),
    "take-back": (None, EDIT),
    **dict.fromkeys(["undo-unchanged", "desk-reviewed"], (None, TRANSLATE)),
    **dict.fromkeys(["desk-text", "xliff-import"], (TRANSLATE, TRANSLATE)),
    **dict.fromkeys(["ask-for-review", "set-sign-offs"], (None, PREPARE)),
    "sign-off": (None, SIGN),
    **dict.fromkeys(["publish", "change-release"], (None, PUBLISH)),
    "find-learner": (LEARNERS, LEARNERS),
    **dict.fromkeys(["learners", "learners-file", "learner"], (LEARNERS, None)),
    "grant-attempt": (None, HELP),
    "find-certificate": (LEARNERS, LEARNERS),
    **dict.fromkeys(["certificate", "certificate-paper"], (LEARNERS, None)),
    "corrections": (CORRECT, None),
    **dict.fromkeys(["decide-correction", "redraw-paper"], (None, CORRECT)),
    "correct-certificate": (CORRECT, CORRECT),
    "revoke-certificate": (REVOKE, REVOKE),
    "offer-paper": (READ, None),
    "reissues": (REISSUE, REISSUE),
    **dict.fromkeys(["reissue", "reissue-status"], (REISSUE, None)),
    **dict.fromkeys(["stop-reissue", "retry-reissue"], (None, REISSUE)),
    "people": (ROLES, ROLES),
    "revoke-role": (None, ROLES),
}
ROLES_HELD = [("", ""), *((role, "es" if role == Role.TRANSLATOR else "") for role in Role), (Role.TRANSLATOR, "en")]
DOCUMENT = Path(settings.BASE_DIR) / "docs" / "roles.md"


def address(pattern) -> str:
    """With arguments that name nothing: whoever passes the door finds nothing behind it, and nothing is written."""
    kinds = {name: type(converter).__name__ for name, converter in pattern.pattern.converters.items()}
    nothing = {name: 0 if kind == "IntConverter" else "nowhere" for name, kind in kinds.items()}
    return reverse(f"studio:{pattern.name}", kwargs=nothing)


ADDRESSES = {pattern.name: address(pattern) for pattern in urlpatterns}


def outcomes(client: Client) -> dict[tuple[str, str], str]:
    """Every address read and written to: "in", "refused", "sign in" or "no such method"."""
    found = {}
    for name, url in ADDRESSES.items():
        for method in ("get", "post"):
            response = getattr(client, method)(url)
            signs_in = response.status_code == 302 and response.url.startswith("/en/sign-in/?next=")
            word = {403: "refused", 405: "no such method"}.get(response.status_code, "in")
            found[name, method] = "sign in" if signs_in else word
    return found


def expected(name: str, method: str, role: str | None) -> str:
    needed = DOORS[name][method == "post"]
    if needed is None:
        return "no such method"
    if role is None:
        return "sign in"
    return "in" if role and (not needed or any(role in ALLOWED[what] for what in needed)) else "refused"


def test_table_names_every_address_of_the_studio_and_no_other():
    assert set(DOORS) == set(ADDRESSES)
    assert len(urlpatterns) == len(ADDRESSES)


@pytest.mark.parametrize("role, scope", ROLES_HELD)
def test_role_passes_the_doors_that_its_table_opens_and_no_other(role, scope, as_role):
    doors = {(name, method): expected(name, method, role) for name in DOORS for method in ("get", "post")}
    assert outcomes(as_role(role, scope)) == doors
    assert not Change.objects.exists()


def test_stranger_is_asked_to_sign_in_at_every_door(client):
    doors = {(name, method): expected(name, method, None) for name in DOORS for method in ("get", "post")}
    assert outcomes(client) == doors


def test_closed_account_passes_no_door(as_role):
    client = as_role("administrator")
    type(client.user).objects.update(is_active=False)
    doors = {(name, method): expected(name, method, None) for name in DOORS for method in ("get", "post")}
    assert outcomes(client) == doors


@pytest.mark.parametrize("part", ["step", "block", "question", "setting"])
@pytest.mark.parametrize("scope, other", [("es", "en"), ("en", "es")])
def test_translator_changes_the_words_of_one_language_and_nothing_else(scope, other, part, module, as_role):
    kind = part_named(part)
    row = kind.rows(module).first()
    before = values_of(row, kind)
    columns = [column for column in kind.columns if before.get(column) and column.endswith(("_en", "_es"))]
    url = reverse("studio:shared-part", args=[part, row.pk])
    if part != "setting":
        url = reverse("studio:part", args=[module.key, part, row.pk])
    prefix = f"{part}-{row.pk}"
    typed = {f"{prefix}-{name}": "" if value is None else value for name, value in before.items()}
    typed |= {f"{prefix}-{column}": "changed" for column in columns}
    typed |= {f"{prefix}-key": "other", f"{prefix}-minutes": 99, f"{prefix}-archived": "on"}
    as_role("translator", scope).post(url, {**typed, f"{prefix}-base": stamp(row, kind)})
    mine = {column: "changed" for column in columns if column.endswith(f"_{scope}")}
    assert mine and values_of(kind.rows(module).get(pk=row.pk), kind) == {**before, **mine}
    assert {column for column in columns if column.endswith(f"_{other}")}


@pytest.mark.parametrize("heading, yes", [("English", "yes"), ("Español", "sí")])
def test_document_of_roles_is_the_table_that_the_code_obeys(heading, yes):
    section = DOCUMENT.read_text().split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in re.findall(r"^\|.*\|$", section, re.M)]
    lines = {row[0].split("`")[1]: [cell == yes for cell in row[1:]] for row in rows[2:]}
    assert lines == {role.value: [role in ALLOWED[what] for what in RIGHTS] for role in Role}
    assert {cell for row in rows[2:] for cell in row[1:]} == {yes, "–"}
