import re

import pytest

from courses.models import Module, Option, Question

pytestmark = pytest.mark.django_db

BANK = "/en/studio/modules/basics/questions/"


def question(key: str) -> Question:
    return Question.objects.get(module__key="basics", key=key)


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def section(page: str, title: str) -> str:
    return words(page.split(f'id="{title}"', 1)[1].split("</section>")[0]) if f'id="{title}"' in page else ""


def test_question_page_edits_the_question_and_its_answers(author, module):
    page = author.get(BANK + "a1/").content.decode()
    forms = re.findall(r'class="part-form" method="post" action="([^"]+)"', page)
    assert forms == [
        f"/en/studio/modules/basics/parts/question/{question('a1').pk}/",
        *(f"/en/studio/modules/basics/parts/option/{option.pk}/" for option in question("a1").options.all()),
    ]
    assert section(page, "amiss-title") == ""


def test_what_differs_between_the_languages_is_said_where_it_is_mended(author, module):
    option = question("a1").options.get(key="b")
    Option.objects.filter(pk=option.pk).update(text_es="")
    Question.objects.filter(pk=question("a1").pk).update(stem_es="Tiene 15 años")
    page = author.get(BANK + "a1/").content.decode()
    said = section(page, "amiss-title")
    assert [f'href="#option-{option.pk}"' in page, f'href="#question-{question("a1").pk}"' in page] == [True, True]
    assert "The right answer of a question is missing in a language." in said
    assert "“ option b (English) ” Text (Spanish)" in said
    assert "The numbers in a question differ between the languages." in said


def test_twin_that_was_never_reworded_is_named(author, module):
    Question.objects.filter(pk=question("b2").pk).update(stem_en="  Question A1 (ENGLISH)")
    page = author.get(BANK + "a1/").content.decode()
    assert f'href="{BANK}b2/"' in page
    assert "It reads the same as another question: Question A1 (ENGLISH) Form B" in section(page, "amiss-title")


def test_length_far_apart_is_worth_a_look_only(author, module):
    Question.objects.filter(pk=question("a1").pk).update(stem_es="1 " + "palabra " * 30)
    page = author.get(BANK + "a1/").content.decode()
    assert section(page, "amiss-title") == ""
    assert "The question is much longer in one language than in the other." in section(page, "looks-title")


def test_counterparts_ask_the_same_people_about_the_same_objective(author, module):
    question("a1").settings.add(module.settings.get(key="clinic"))
    question("b1").settings.add(module.settings.get(key="school"))
    said = section(author.get(BANK + "a1/").content.decode(), "counterparts-title")
    assert said.endswith("question b2 (English)")
    Question.objects.filter(pk=question("b2").pk).update(archived=True)
    assert "There is none" in section(author.get(BANK + "a1/").content.decode(), "counterparts-title")


def test_answer_is_added_moved_and_archived_from_the_page(author, module):
    row = question("a1")
    author.post("/en/studio/modules/basics/parts/option/add/", {"parent": row.pk})
    added = row.options.latest("pk")
    response = author.post(f"/en/studio/modules/basics/parts/option/{added.pk}/archive/")
    assert response["Location"] == f"{BANK}a1/#question-{row.pk}"
    assert row.options.get(pk=added.pk).archived is True


def test_archived_question_question_of_a_lesson_and_unknown_key_are_not_found(author, module):
    Question.objects.filter(pk=question("a1").pk).update(archived=True)
    inside = Question.objects.exclude(block=None).first().key
    assert [author.get(f"{BANK}{key}/").status_code for key in ("a1", inside, "nothing")] == [404] * 3


def test_question_page_says_its_language_where_it_is_not_the_pages(author, module: Module):
    Question.objects.filter(pk=question("a1").pk).update(stem_es="")
    page = author.get(BANK.replace("/en/", "/es/") + "a1/").content.decode()
    assert '<span lang="en">question a1 (English)</span></h1>' in page
