import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.models import Module, Option, Question
from courses.parts import PARTS
from courses.services import structure
from tests.factories import DATES

pytestmark = pytest.mark.django_db

BANK = "/en/studio/modules/basics/questions/"
NEW = {
    "form": "B",
    "objective": "stop",
    "settings": ["school"],
    "stem_en": "Whom do you call?",
    "stem_es": "¿A quién llama?",
    "option_1_en": "A friend",
    "option_1_es": "A un amigo",
    "option_3_en": "The hotline",
    "option_3_es": "A la línea",
    "right": "3",
}


def question(key: str) -> Question:
    return Question.objects.get(module__key="basics", key=key)


def listed(client, query: str = "") -> list[str]:
    page = client.get(BANK + query).content.decode()
    return (
        re.findall(r'href="/en/studio/modules/basics/questions/([\w-]+)/"', page.split("<tbody>", 1)[1])
        if "<tbody>" in page
        else []
    )


def more_questions(module: Module, number: int) -> None:
    objective = module.objectives.get(key="stop")
    rows = [
        Question(
            module=module,
            key=f"more-{n}",
            form="AB"[n % 2],
            objective=objective,
            position=n + 10,
            stem_en=f"En {n}",
            stem_es=f"Es {n}",
        )
        for n in range(number)
    ]
    Question.objects.bulk_create(rows)
    Option.objects.bulk_create(
        Option(question=row, key=key, text_en=f"{key} en", text_es=f"{key} es", correct=key == "a")
        for row in rows
        for key in "abc"
    )


def test_bank_lists_every_live_question_with_its_facts(author, module):
    structure.archive(part=PARTS["question"], row=question("a2").pk, module=module, by=author.user)
    page = author.get(BANK).content.decode()
    assert listed(author) == ["a1", "b1", "b2"]
    row = page.split(f'id="question-{question("a1").pk}"')[1].split("</tr>")[0]
    cells = [
        " ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
    ]
    assert cells[:6] == ["question a1 (English)", "A", "objective (English)", "Everyone", "3", "Needs review: 8"]
    assert f'action="/en/studio/modules/basics/questions/{question("a2").pk}/restore/"' in page


@pytest.mark.parametrize(
    "query, keys",
    [
        ("", ["a1", "a2", "b1", "b2"]),
        ("?form=A", ["a1", "a2"]),
        ("?objective=stop&form=B", ["b1", "b2"]),
        ("?setting=school", ["a2", "b1", "b2"]),
        ("?state=missing", ["b1"]),
        ("?state=problem", ["b1", "b2"]),
        ("?state=stale", []),
        ("?form=Z&objective=%3Cscript%3E", ["a1", "a2", "b1", "b2"]),
    ],
)
def test_bank_is_filtered(query, keys, author, module):
    question("a1").settings.add(module.settings.get(key="clinic"))
    Option.objects.filter(question=question("b1"), key="a").update(text_es="")
    Question.objects.filter(pk=question("b2").pk).update(stem_es="Son 12")
    assert listed(author, query) == keys


def test_counts_are_those_of_the_whole_bank(author, module):
    Option.objects.filter(question=question("b1"), key="a").update(text_es="")
    page = author.get(BANK + "?form=A").content.decode()
    counts = page.split("bank-counts", 1)[1].split("</ul>")[0]
    assert re.findall(r">([^<>]+): <strong>(\d+)</strong>", counts) == [
        ("Form A", "2"),
        ("Form B", "2"),
        ("Missing", "1"),
        ("Needs review", "4"),
        ("To be mended", "1"),
    ]


@pytest.mark.parametrize("page", ["", "a1/", "crosswalk/"])
def test_bank_takes_the_same_queries_however_many_questions(page, author, module):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert author.get(BANK + page).status_code == 200
        return len(caught)

    queries()
    few = queries()
    more_questions(module, 30)
    assert queries() == few
    assert few <= 30


def test_author_adds_a_question_with_its_answers(author, module):
    response = author.post("/en/studio/modules/basics/new-question/", NEW)
    added = Question.objects.latest("pk")
    assert (response.status_code, response["Location"]) == (302, f"{BANK}{added.key}/")
    assert (added.form, added.stem_es, [setting.key for setting in added.settings.all()]) == (
        "B",
        "¿A quién llama?",
        ["school"],
    )
    assert list(added.options.values_list("text_en", "text_es", "correct")) == [
        ("A friend", "A un amigo", False),
        ("The hotline", "A la línea", True),
    ]


@pytest.mark.parametrize(
    "wrong, said",
    [
        ({"stem_en": "", "stem_es": ""}, "Write the question in at least one language."),
        ({"option_3_en": "", "option_3_es": ""}, "Write at least two answers."),
        ({"right": "2"}, "The answer marked as right is empty."),
        ({"right": ""}, "Say which answer is right."),
        ({"objective": "of-another"}, "of-another"),
        ({"stem_en": "x" * 20_001}, "This text has 20001 characters"),
        ({"option_1_en": "x" * 401}, "This text has 401 characters"),
    ],
)
def test_question_that_is_refused_loses_nothing_typed(wrong, said, author, module):
    response = author.post("/en/studio/modules/basics/new-question/", NEW | wrong)
    page = response.content.decode()
    assert (response.status_code, said in page, "¿A quién llama?" in page or "stem_es" in wrong) == (422, True, True)
    assert (wrong.get("stem_en") or NEW["stem_en"]) in page or wrong.get("stem_en") == ""
    assert Question.objects.filter(block=None).count() == 4


def test_twin_copy_archive_and_restore_land_where_the_question_is(author, module):
    def post(verb: str, key: str = "a1") -> str:
        return author.post(reverse(f"studio:question-{verb}", args=["basics", question(key).pk]))["Location"]

    twin = post("twin").removeprefix(BANK).rstrip("/")
    assert (question(twin).form, question(twin).stem_en) == ("B", "question a1 (English)")
    assert question(post("duplicate").removeprefix(BANK).rstrip("/")).form == "A"
    assert (post("archive"), question("a1").archived) == (f"{BANK}#archived", True)
    assert (post("restore"), question("a1").archived) == (f"{BANK}#question-{question('a1').pk}", False)
    assert post("move", "b2") == f"{BANK}#question-{question('b2').pk}"


@pytest.mark.parametrize("verb", ["move", "twin", "duplicate", "archive", "restore"])
def test_question_of_another_module_or_of_a_lesson_is_not_found(verb, author, module):
    Module.objects.create(key="other", pass_mark=80, **DATES)
    inside = Question.objects.exclude(block=None).first()
    wrong = [("other", question("a1").pk), ("basics", inside.pk), ("basics", 10**6)]
    assert [author.post(reverse(f"studio:question-{verb}", args=address)).status_code for address in wrong] == [404] * 3
    assert Question.objects.filter(block=None, archived=True).count() == 0


@pytest.mark.parametrize("role", ["translator", "reviewer", "publisher"])
def test_other_roles_read_the_bank_and_change_nothing(role, as_role, module):
    client = as_role(role, "es" if role == "translator" else "")
    assert [client.get(BANK + page).status_code for page in ("", "a1/", "crosswalk/")] == [200] * 3
    assert "/twin/" not in client.get(BANK + "a1/").content.decode()
    verbs = ["move", "twin", "duplicate", "archive", "restore"]
    refused = [client.post(reverse(f"studio:question-{verb}", args=["basics", question("a1").pk])) for verb in verbs]
    assert [response.status_code for response in refused] == [403] * 5
    assert client.post("/en/studio/modules/basics/new-question/", NEW).status_code == 403


def test_words_of_a_question_are_never_markup(author, module):
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    Question.objects.filter(module=module, block=None).update(stem_en=evil, stem_es=evil)
    Option.objects.update(text_en=evil)
    for page in ("", "a1/", "crosswalk/"):
        assert "<script>alert" not in (page := author.get(BANK + page).content.decode())
        assert "<img src=x" not in page


def test_texts_of_a_lesson_do_not_count_for_a_question_of_the_same_key(author, module):
    Question.objects.filter(pk=question("a1").pk).update(key="shared")
    page = author.get(BANK).content.decode()
    row = page.split(f'id="question-{question("shared").pk}"')[1].split("</tr>")[0]
    assert "Needs review: 8" in row
