"""The rules of publishing that the product promises, each under its number."""

from html.parser import HTMLParser

import pytest
from django.test import Client

from courses.models import Block, Module, Release
from courses.parts import PARTS
from courses.readiness import Draft
from courses.services.releases import NotPublishable, publish
from courses.texts import texts_of
from tests import factories
from tests.studio.test_review_page import publishing, text_of

pytestmark = pytest.mark.django_db
URL = "/en/studio/modules/basics/review/"
MARK = {"en": "(English)", "es": "(español)"}
OTHER = {"en": "es", "es": "en"}


def test_a8_a_spanish_edition_with_one_untranslated_required_block_cannot_be_published_and_is_named_and_linked(
    module, as_role
):
    """A8: one required block without its Spanish keeps the Spanish edition back; the message names and links it."""
    block = Block.objects.get(step__key="shared", key="scene")
    Block.objects.filter(pk=block.pk).update(body_es="")
    publisher = as_role("publisher")
    refused = publisher.post(f"{URL}publish/", publishing(module, "es"))
    assert (refused.status_code, Release.objects.count()) == (422, 0)
    assert "A text is missing in a language. (1)" in text_of(refused)
    assert "lesson shared (English) › scene (English): Body (Spanish)" in text_of(refused)
    assert f'href="/en/studio/modules/basics/steps/shared/#block-{block.pk}"' in refused.content.decode()
    assert publisher.post(f"{URL}publish/", publishing(module, "en")).status_code == 302
    assert Release.objects.get().locales == ["en"]


@pytest.mark.parametrize("locale", ["en", "es"])
def test_a9_there_is_no_fallback_any_kind_of_text_missing_in_a_language_keeps_that_language_back(locale, module):
    """A9: with one text of any kind missing in a locale, that locale is refused at publishing; the other one is not."""
    wrong = []
    one_of_each = {(text.part, text.field): text for text in texts_of(module) if text.words[locale]}
    for text in one_of_each.values():
        rows, column = PARTS[text.part].model._base_manager.filter(pk=text.row), f"{text.field}_{locale}"
        before = rows.values_list(column, flat=True).get()
        rows.update(**{column: ""})
        draft = Draft(Module.objects.get(pk=module.pk))
        kept_back = {issue.finding.locale for issue in draft.issues((locale,))}
        if kept_back != {locale} or draft.issues((OTHER[locale],)):
            wrong.append((text.part, text.place, text.field))
        rows.update(**{column: before})
    assert wrong == []
    assert publish(module=module, by=None).locales == ["en", "es"]


def test_a9_there_is_no_fallback_publishing_itself_refuses(module):
    """A9: the service refuses, not only the page."""
    Block.objects.filter(step__key="shared", key="scene").update(body_es="")
    with pytest.raises(NotPublishable):
        publish(module=module, by=None, locales=("es",))


class Words(HTMLParser):
    """The links of a page, and what it says to people outside elements that name another language."""

    def __init__(self, response, locale: str) -> None:
        super().__init__()
        self.locale, self.links, self.said = locale, set(), []
        self._languages: list[tuple[str, str]] = []
        self.feed(response.content.decode())

    VOID = frozenset({"meta", "link", "input", "img", "br", "hr", "source", "path", "use"})

    def handle_starttag(self, tag: str, attrs: list) -> None:
        given = dict(attrs)
        language = given.get("lang") or (self._languages[-1][1] if self._languages else "")
        if language == self.locale:
            told = ("alt", "title", "aria-label", "placeholder", "value", "content")
            self.said += [given[name] for name in told if given.get(name)]
        if tag == "a" and given.get("href", "").startswith(f"/{self.locale}/"):
            self.links.add(given["href"].split("#")[0])
        if tag not in self.VOID:
            self._languages.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        if tag not in {opened for opened, _language in self._languages}:
            return
        while self._languages and self._languages.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._languages and self._languages[-1][1] == self.locale:
            self.said.append(data)


@pytest.mark.parametrize("locale", ["en", "es"])
def test_a9_there_is_no_fallback_no_page_of_a_published_module_mixes_languages(locale, module):
    """A9: every page a learner can reach holds words of its own language only, unless an element names another."""
    publish(module=module, by=None)
    nurse = factories.user()
    row = factories.enrolments.enrol(user=nurse, module_key="basics", setting="clinic", locale=locale, by=nurse)
    client = Client()
    client.force_login(nurse)
    seen = {f"/{locale}/", *(f"/{locale}/learn/basics/steps/{step.key}/" for step in row.content.steps)}
    mixed, waiting = [], list(seen)
    while waiting:
        url = waiting.pop()
        response = client.get(url)
        if not response.headers["Content-Type"].startswith("text/html"):
            continue
        page = Words(response, locale)
        if response.status_code == 200 and MARK[OTHER[locale]] in " ".join(page.said):
            mixed.append(url)
        new = {link for link in page.links if "/sign-" not in link and "/studio" not in link} - seen
        seen |= new
        waiting += new
    assert mixed == []
    assert len([url for url in seen if "/steps/" in url]) == 7


def test_a9_the_crawl_itself_finds_a_page_that_mixes_languages(module):
    """A9: what the crawl calls clean is clean: a Spanish word smuggled into the English is found."""
    Block.objects.filter(step__key="shared", key="scene").update(body_en="una escena (español)")
    publish(module=module, by=None, locales=("en",))
    nurse = factories.user()
    factories.enrolments.enrol(user=nurse, module_key="basics", setting="clinic", locale="en", by=nurse)
    client = Client()
    client.force_login(nurse)
    page = Words(client.get("/en/learn/basics/steps/shared/"), "en")
    assert MARK["es"] in " ".join(page.said)
