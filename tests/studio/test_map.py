"""The branch map of a module and the map of a case, drawn and told."""

import re

import pytest
from django.test import Client

from courses.models import CaseNode, Module, Setting, Step
from courses.parts import PARTS
from courses.services.modules import create_module
from courses.services.structure import add, archive

MAP = "/en/studio/modules/basics/map/"
CASE = "/en/studio/modules/basics/steps/clinic-case/map/"


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def drawing(text: str) -> str:
    return re.search(r"<svg class=\"branch-map\".*?</svg>", text, re.DOTALL).group()


def problems(text: str) -> list[str]:
    found = re.search(r"usa-alert--warning.*?<ul>(.*?)</ul>", text, re.DOTALL)
    return re.findall(r"<li>([^<]*)</li>", found.group(1)) if found else []


def told(text: str) -> dict[str, list[str]]:
    """The keys of the steps of each path, as the words tell them."""
    paths = re.findall(r'<section class="part" aria-labelledby="path-(\w+)">(.*?)</section>', text, re.DOTALL)
    return {key: re.findall(r"/steps/([\w-]+)/", path) for key, path in paths}


def lost(module: Module) -> Step:
    """A lesson for a setting that the module does not have."""
    dental = Setting.objects.create(key="dental", icon="people", name_en="Dental", places_en="Places")
    step = module.steps.get(key="clinic-lesson")
    step.settings.set([dental])
    return step


def test_b6_map_flags_each_lesson_no_setting_can_reach_and_each_setting_lacking_an_end(author, module):
    """Rule: a step that is on no setting's path, and a path without final test or survey, is named on the map."""
    assert problems(page(author, MAP)) == []
    lost(module)
    survey, school = module.steps.get(key="survey"), Setting.objects.get(key="school")
    survey.settings.set([school])
    text = page(author, MAP)
    assert problems(text) == [
        "“clinic (English)” has no end: the survey is missing.",
        "No setting can reach “lesson clinic-lesson (English)”.",
        "“lesson clinic-lesson (English)” is for “Dental”, which this module does not have.",
    ]
    drawn = drawing(text)
    assert len(re.findall(r'class="map-orphan"', drawn)) == 1
    assert re.findall(r">(No end)</text>", drawn) == ["No end"]
    archive(part=PARTS["step"], row=module.steps.get(key="final-test").pk, module=module, by=None)
    assert problems(page(author, MAP))[:3] == [
        "“clinic (English)” has no end: the survey is missing.",
        "“clinic (English)” has no end: the final test is missing.",
        "“school (English)” has no end: the final test is missing.",
    ]


def test_map_draws_a_line_for_each_setting_and_a_station_for_each_step(author, module):
    drawn = drawing(page(author, MAP))
    assert re.findall(r'class="map-head"[^>]*>([^<]*)<', drawn) == ["clinic", "(English)", "school", "(English)"]
    stations = re.findall(r'<a class="map-station" href="[^"]*/steps/([^/]*)/', drawn)
    assert stations == list(module.steps.values_list("key", flat=True))
    assert len(re.findall('class="map-shared"', drawn)) == 4
    assert len(re.findall('class="map-own ', drawn)) == 3
    assert re.findall(r'class="map-minutes"[^>]*>(.*?)</text>', drawn) == ["21 minutes", "18 minutes"]


def test_words_tell_the_same_paths_as_the_drawing(author, module):
    shared = ["first-test", "shared", "final-test", "survey"]
    assert told(page(author, MAP)) == {
        "clinic": [*shared[:2], "clinic-lesson", "clinic-case", *shared[2:]],
        "school": [*shared[:2], "school-case", *shared[2:]],
    }


def test_map_marks_what_is_missing_in_a_language_on_its_station_and_path(author, module):
    Step.objects.filter(module=module, key="clinic-lesson").update(title_es="")
    text = page(author, MAP)
    assert re.findall(r"▲ (\w+)", drawing(text)) == ["ES"]
    assert re.findall(r"<title>([^<]*)</title>▲", text) == ["Spanish: 1 text missing"]
    assert re.findall(r"state--missing[^<]*>([^<]*)", text) == ["Spanish: 1 text missing"]


def test_map_of_a_bare_module_tells_what_it_lacks(author, module):
    create_module(title_en="Bare", title_es="", settings=["clinic"], by=author.user)
    assert problems(page(author, "/en/studio/modules/bare/map/")) == [
        "“clinic (English)” has no lesson.",
        "“clinic (English)” has no practice case.",
    ]
    Module.objects.get(key="bare").settings.clear()
    assert problems(page(author, "/en/studio/modules/bare/map/"))[0].startswith(
        "The module has no professional setting"
    )


def test_map_of_an_empty_module_has_no_drawing(author, module):
    Step.objects.filter(module=module).update(archived=True)
    assert '<svg class="branch-map"' not in page(author, MAP)


@pytest.mark.parametrize("url", [MAP, CASE])
def test_titles_in_a_drawing_are_text_and_nothing_else(author, module, url):
    evil = '"><script>alert(1)</script>'
    Step.objects.filter(module=module).update(title_en=evil, title_es=evil)
    CaseNode.objects.update(body_en=evil)
    text = page(author, url)
    assert "<script>alert" not in text and "&lt;script&gt;alert" in text


def test_case_map_draws_and_tells_scenes_choices_and_ending(author, module):
    text = page(author, CASE)
    drawn = drawing(text)
    assert re.findall(r'class="map-section"[^>]*>([^<]*)<', drawn) == ["Scene 1 · Start", "Scene 2"]
    assert re.findall(r'class="map-meta"[^>]*>([^<]*)<', drawn) == ["Ending: a strong way"]
    assert re.findall(r'class="map-label"[^>]*>([^<]*)<', drawn) == ["ask (English)"]
    assert "A learner decides 1 time before an ending." in text
    assert re.findall(r'<a href="#scene-(\d)">leads to Scene (\d)</a>', text) == [("2", "2")]
    assert problems(text) == []


def test_case_map_names_dead_ends_orphans_and_loops(author, module):
    case = module.steps.get(key="clinic-case")
    arrival = case.nodes.get(key="arrival")
    part = PARTS["node"]
    dead, orphan = (
        add(part=part, module=module, by=None, parent=case, name=name, values={"body_en": name})
        for name in ("dead", "orphan")
    )
    for number, (node, to) in enumerate(((arrival, dead), (arrival, arrival), (orphan, arrival))):
        values = {"text_en": f"choice {number}"}
        add(part=PARTS["choice"], module=module, by=None, parent=node, name="c", values=values, to=to)
    text = page(author, CASE)
    assert problems(text) == [
        "Scene 1: Choices lead back here: a loop",
        "Scene 3: Dead end: no choice and no ending",
        "Scene 4: No choice leads here",
    ]
    assert "may go round in a loop" in text
    assert len(re.findall("map-box--fault", drawing(text))) == 3
    assert len(re.findall("map-arrow--back", drawing(text))) == 2  # round in a circle, and up from below


def test_case_without_scenes_or_start_says_so(author, module):
    case = module.steps.get(key="clinic-case")
    Step.objects.filter(pk=case.pk).update(start="gone")
    assert "The case does not say where it starts." in page(author, CASE)
    CaseNode.objects.filter(step=case).update(archived=True)
    text = page(author, CASE)
    assert "This case has no scenes yet." in text and '<svg class="branch-map"' not in text


@pytest.mark.parametrize("step", ["shared", "survey", "gone"])
def test_case_map_of_what_is_no_case_is_not_found(author, module, step):
    assert author.get(f"/en/studio/modules/basics/steps/{step}/map/").status_code == 404


def test_case_map_takes_as_many_queries_for_many_scenes_as_for_two(author, module, django_assert_max_num_queries):
    author.get(CASE)
    with django_assert_max_num_queries(15) as few:
        author.get(CASE)
    case = module.steps.get(key="clinic-case")
    for number in range(6):
        add(part=PARTS["node"], module=module, by=None, parent=case, name=f"n{number}", values={"body_en": "More"})
    with django_assert_max_num_queries(15) as many:
        author.get(CASE)
    assert len(few) == len(many)
