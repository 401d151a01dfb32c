"""Whatever an author, a translator or a file puts into a draft: no page that a learner or a colleague sees runs it."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import RoleGrant
from courses.columns import stamp
from courses.models import Module
from courses.parts import PARTS, Part
from courses.services.editing import edit
from courses.services.releases import publish
from learning.models import Enrolment
from tests import factories
from tests.courses import factories as drafts
from tests.security.conftest import signed_in

PAYLOADS = [
    '<script>alert("x")</script>',
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "[press](javascript:alert(1))",
    "[press](<java\tscript:alert(1)>)",
    "![x](https://evil.example/x.png)",
    '<https://evil.example/"onmouseover=alert(1)>',
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<iframe src=https://evil.example></iframe>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "{{ 7|add:7 }}{% csrf_token %}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<style>*{display:none}</style><base href=//evil.example>",
]


class Dangers(HTMLParser):
    """What could run, or lead elsewhere unseen, in a page."""

    ADDRESSES = ("href", "src", "action", "formaction", "data", "poster")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        given = dict(attrs)
        where = [(given.get(name) or "").strip() for name in self.ADDRESSES]
        is_own_script = tag == "script" and where[1].startswith("/static/")
        if tag in {"script", "iframe", "object", "embed", "style", "base"} and not is_own_script:
            self.found.append(f"<{tag}>")
        self.found += [f"{tag} {name}" for name in given if name.startswith("on")]
        self.found += [f"{tag} {url}" for url in where if url.lower().startswith(("javascript:", "data:", "vbscript:"))]
        if tag == "img" and "evil" in given.get("src", ""):
            self.found.append("img from elsewhere")

    handle_startendtag = handle_starttag


def dangers(response) -> list[str]:
    return Dangers(response.content.decode()).found


@pytest.fixture
def author(db) -> Client:
    person = factories.user("author@example.org")
    RoleGrant.objects.create(user=person, role="author")
    RoleGrant.objects.create(user=person, role="publisher")
    return signed_in(person)


@pytest.fixture
def module(db, tmp_path: Path, settings) -> Module:
    settings.MEDIA_ROOT = tmp_path / "media"
    return drafts.draft(tmp_path / "content")


def texts(module: Module) -> Iterator[tuple[Part, int, str]]:
    """Every text that can be typed."""
    for part in PARTS.values():
        for row in part.live(module):
            yield from ((part, row.pk, name) for name, style in part.words.items() if style.is_words)


def poison(module: Module, by) -> int:
    """Past the forms, which refuse most of it: as a hostile file or a mistake elsewhere might bring it in."""
    number = 0
    for number, (part, pk, name) in enumerate(texts(module), start=1):
        row = part.model._base_manager.get(pk=pk)
        if not getattr(row, f"{name}_en"):
            continue
        payload = PAYLOADS[number % len(PAYLOADS)]
        longest = row._meta.get_field(f"{name}_en").max_length or 10_000
        words = {f"{name}_{locale}": f"{number} {payload}"[:longest] for locale in ("en", "es")}
        edit(part=part, row=pk, module=module, values=words, base=stamp(row, part), by=by)
    return number


STEPS = ("first-test", "shared", "clinic-lesson", "clinic-case", "school-case", "final-test", "survey")
PAGES = [
    "",
    "modules/basics/",
    "modules/basics/setting/",
    "training/",
    "learn/basics/",
    "learn/basics/setting/",
    "learn/basics/setting/?to=school",
    *(f"learn/basics/steps/{step}/" for step in STEPS),
]


@pytest.mark.slow
def test_no_learner_page_runs_what_a_text_of_a_draft_holds(module, author, django_user_model):
    by = django_user_model.objects.get(email="author@example.org")
    assert poison(module, by) > 100
    publish(module=module, by=by)
    learner = factories.user("nurse@example.org")
    row = factories.enrolment(by=learner)
    browser = signed_in(learner)
    found = []
    for locale in ("en", "es"):
        for page in PAGES:
            response = browser.get(f"/{locale}/{page}", follow=True)
            assert response.status_code in (200, 403), page
            found += [(page, danger) for danger in dangers(response)]
    for key in STEPS[:4]:
        row = factories.finish(row, key) if "case" not in key else finish_case(row, key)
    factories.hand_in(row, right=False)
    result = browser.get("/en/learn/basics/steps/final-test/1/result/")
    assert found + dangers(result) == []


def finish_case(row: Enrolment, key: str) -> Enrolment:
    signed_in(row.user).post(f"/en/learn/basics/steps/{key}/", {"skip": "1"})
    return Enrolment.objects.get(pk=row.pk)


@pytest.mark.slow
def test_no_authoring_page_runs_what_is_posted_into_its_fields(module, author):
    """Either refused and shown again as it was typed, or kept; and then every page of the studio shows it as words."""
    everywhere = [(text, PAYLOADS[number % len(PAYLOADS)]) for number, text in enumerate(texts(module))]
    body = next(text for text in texts(module) if text[2] == "body")
    for (part, pk, name), payload in everywhere + [(body, payload) for payload in PAYLOADS]:
        row = part.model._base_manager.get(pk=pk)
        address = "shared" if part.name == "setting" else "modules/basics/parts"
        prefix = f"{part.name}-{pk}"
        data = {f"{prefix}-base": stamp(row, part), f"{prefix}-{name}_en": payload, f"{prefix}-{name}_es": payload}
        response = author.post(f"/en/studio/{address}/{part.name}/{pk}/", data)
        assert (response.status_code in (302, 422), dangers(response)) == (True, []), (part.name, name, payload)
    for page in ("", "details/", "translations/", "questions/", "history/", "review/", "map/", "steps/shared/"):
        response = author.get(f"/en/studio/modules/basics/{page}")
        assert (response.status_code, dangers(response)) == (200, []), page
