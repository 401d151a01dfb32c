import pytest

from courses.packages.folder import read_folder
from courses.packages.pictures import svg_problem
from courses.packages.reader import YamlFile
from courses.packages.schema import SettingsFile
from tests.courses import factories
from tests.factories import words

MODULE, SOURCES, SURVEY = "basics/module.yaml", "basics/sources.yaml", "basics/survey.yaml"
LESSON, CASE, BANK = "basics/lessons/shared.yaml", "basics/cases/clinic-case.yaml", "basics/bank/a.yaml"


@pytest.fixture
def files() -> factories.Files:
    return factories.content()


@pytest.fixture
def problems(tmp_path, files):
    """The problems of the files as the test has changed them."""

    def problems() -> list[str]:
        package, found = factories.load(factories.write(tmp_path, files))
        assert (package is None) == bool(found)
        return [problem.removeprefix("basics/") for problem in found]

    return problems


def test_sound_package_is_read_whole(tmp_path, files):
    package, problems = factories.load(factories.write(tmp_path, files))
    assert problems == []
    assert [lesson.key for lesson in package.lessons] == ["clinic-lesson", "shared"]
    assert [case.key for case in package.cases] == ["clinic-case", "school-case"]
    assert [question.key for question in package.questions] == ["a1", "a2", "b1", "b2"]


CHANGES = {
    "folder of another name": (
        lambda f: f[MODULE].update(key="other"),
        ["module.yaml: “key”: the folder is called “basics”"],
    ),
    "lesson in a file of another name": (
        lambda f: f.update({"basics/lessons/renamed.yaml": f.pop(LESSON)}),
        ["lessons/renamed.yaml: “key”: the file is called “renamed.yaml”"],
    ),
    "setting of the module": (
        lambda f: f[MODULE]["settings"].append("street"),
        ["module.yaml: no setting is called “street”"],
    ),
    "setting of a lesson": (
        lambda f: f[LESSON].update(settings=["street"]),
        ["lessons/shared.yaml: no setting is called “street”"],
    ),
    "setting of a case": (
        lambda f: f[CASE].update(settings=["street"]),
        ["cases/clinic-case.yaml: no setting is called “street”"],
    ),
    "setting of a question": (
        lambda f: f[BANK]["questions"][0].update(settings=["street"]),
        ["bank/a.yaml: no setting is called “street”"],
    ),
    "objective of a lesson": (
        lambda f: f[LESSON].update(objective="ask"),
        ["lessons/shared.yaml: no objective is called “ask”"],
    ),
    "objective of a question": (
        lambda f: f[BANK]["questions"][0].update(objective="ask"),
        ["bank/a.yaml: no objective is called “ask”"],
    ),
    "source of a block": (
        lambda f: f[LESSON]["blocks"][0].update(sources=["rumor"]),
        ["lessons/shared.yaml: no source is called “rumor”"],
    ),
    "source of a case": (
        lambda f: f[CASE].update(sources=["rumor"]),
        ["cases/clinic-case.yaml: no source is called “rumor”"],
    ),
    "source of a question": (
        lambda f: f[BANK]["questions"][0].update(sources=["rumor"]),
        ["bank/a.yaml: no source is called “rumor”"],
    ),
    "step in a section": (
        lambda f: f[MODULE]["sections"][0]["steps"].append("ghost"),
        ["module.yaml: no lesson, case, test or survey is called “ghost”"],
    ),
    "category of an item": (
        lambda f: f[LESSON]["blocks"][-1]["items"][0].update(category="three"),
        ["lessons/shared.yaml: no category is called “three”"],
    ),
    "node that a choice leads to": (
        lambda f: f[CASE]["nodes"][0]["choices"][0].update(to="nowhere"),
        ["cases/clinic-case.yaml: no node is called “nowhere”"],
    ),
    "node that a case starts at": (
        lambda f: f[CASE].update(start="nowhere"),
        ["cases/clinic-case.yaml: no node is called “nowhere”"],
    ),
    "lesson in no section": (
        lambda f: f[MODULE]["sections"][0]["steps"].remove("shared"),
        ["module.yaml: “shared” stands in no section"],
    ),
    "dates out of order": (
        lambda f: f[MODULE].update(review_on=f[MODULE]["released_on"].replace(year=2020)),
        ["module.yaml: “review_on” lies between “released_on” and “terminates_on”"],
    ),
    "step placed twice": (
        lambda f: f[MODULE]["sections"][0]["steps"].append("shared"),
        ["module.yaml: two steps are called “shared”"],
    ),
    "step defined twice": (
        lambda f: f.update({"basics/cases/shared.yaml": factories.case("shared", [])}),
        ["module.yaml: two steps are called “shared”"],
    ),
    "two first tests": (
        lambda f: f[MODULE]["tests"][1].update(stage="pre"),
        ["module.yaml: two test stages are called “pre”"],
    ),
    "section": (
        lambda f: f[MODULE]["sections"].append({**f[MODULE]["sections"][0], "steps": []}),
        ["module.yaml: two sections are called “learn”"],
    ),
    "objective": (
        lambda f: f[MODULE]["objectives"].append(f[MODULE]["objectives"][0]),
        ["module.yaml: two objectives are called “stop”"],
    ),
    "source": (
        lambda f: f[SOURCES]["sources"].append(f[SOURCES]["sources"][0]),
        ["sources.yaml: two sources are called “law”"],
    ),
    "block": (
        lambda f: f[LESSON]["blocks"][1].update(key="intro"),
        ["lessons/shared.yaml: two blocks are called “intro”"],
    ),
    "option of a check": (
        lambda f: f[LESSON]["blocks"][5]["options"][1].update(key="a"),
        ["lessons/shared.yaml: two options are called “a”"],
    ),
    "item of a sort": (
        lambda f: f[LESSON]["blocks"][6]["items"][1].update(key="first"),
        ["lessons/shared.yaml: two options are called “first”"],
    ),
    "heading of a sort": (
        lambda f: f[LESSON]["blocks"][6]["categories"].append({"key": "one", "text": words("one")}),
        ["lessons/shared.yaml: two headings are called “one”"],
    ),
    "node": (
        lambda f: f[CASE]["nodes"].append(f[CASE]["nodes"][1]),
        ["cases/clinic-case.yaml: two nodes are called “end”"],
    ),
    "choice": (
        lambda f: f[CASE]["nodes"][0]["choices"].append(f[CASE]["nodes"][0]["choices"][0]),
        ["cases/clinic-case.yaml: two choices are called “ask”"],
    ),
    "question in one bank": (
        lambda f: f[BANK]["questions"][1].update(key="a1"),
        ["bank/a.yaml: two questions are called “a1”"],
    ),
    "question in two banks": (
        lambda f: f[BANK]["questions"][1].update(key="b1"),
        ["bank/b.yaml: two questions are called “b1”"],
    ),
    "option of a question": (
        lambda f: f[BANK]["questions"][0]["options"][1].update(key="a"),
        ["bank/a.yaml: two options are called “a”"],
    ),
    "survey item": (
        lambda f: f[SURVEY]["items"][1].update(key="ready"),
        ["survey.yaml: two items are called “ready”"],
    ),
    "survey option": (
        lambda f: f[SURVEY]["items"][1]["options"][1].update(key="all"),
        ["survey.yaml: two options are called “all”"],
    ),
}


@pytest.mark.parametrize("change, expected", CHANGES.values(), ids=CHANGES)
def test_files_that_contradict_each_other_are_named(change, expected, files, problems):
    change(files)
    assert problems() == expected


def test_problem_stands_at_the_line_of_the_name(tmp_path, files):
    files[LESSON]["blocks"][0]["sources"] = ["law", "rumor"]
    folder = factories.write(tmp_path, files)
    lines = (folder / LESSON).read_text(encoding="utf-8").splitlines()
    loader = factories.Loader(folder / "basics", {"clinic", "school"})
    loader.load()
    assert [problem.line for problem in loader.problems] == [lines.index("  - rumor") + 1]


def test_broken_file_is_reported_without_guesses_about_the_others(files, problems):
    files[LESSON]["minutes"] = "three"
    assert problems() == ["lessons/shared.yaml: “minutes”: Expected `int`, got `str`"]


def test_missing_file_is_reported(files, problems):
    del files[MODULE]
    assert problems() == ["module.yaml: the file is not there"]


def test_module_without_sources_and_survey_is_sound(tmp_path, files, problems):
    """As every module is before its author gets there."""
    del files[SURVEY], files[SOURCES]
    files[MODULE]["sections"][0]["steps"].remove("survey")
    for name in (LESSON, CASE, "basics/lessons/clinic-lesson.yaml", "basics/cases/school-case.yaml"):
        del files[name]
        files[MODULE]["sections"][0]["steps"].remove(name.rpartition("/")[2].removesuffix(".yaml"))
    for bank in (BANK, "basics/bank/b.yaml"):
        del files[bank]
    assert problems() == []


def test_setting_named_twice_is_reported(tmp_path, files):
    files["settings.yaml"]["settings"].append(factories.setting("clinic"))
    content = read_folder(factories.write(tmp_path, files), set)
    assert [problem.message for problem in content.problems] == ["two settings are called “clinic”"]


def test_settings_of_the_folder_are_those_a_module_may_use(tmp_path, files):
    folder = factories.write(tmp_path, files)
    content = read_folder(folder, set)
    assert content.settings == YamlFile(folder / "settings.yaml", "settings.yaml").read(SettingsFile)
    assert ([package.module.key for package in content.packages], content.problems) == (["basics"], [])


@pytest.mark.parametrize(
    "name, problem",
    [
        ("../secret.svg", "“../secret.svg” is no SVG or WebP file of this package"),
        ("/etc/passwd", "“/etc/passwd” is no SVG or WebP file of this package"),
        ("figures/../../secret.svg", "“figures/../../secret.svg” is no SVG or WebP file of this package"),
        ("module.yaml", "“module.yaml” is no SVG or WebP file of this package"),
        ("figures/link.svg", "“figures/link.svg” is no SVG or WebP file of this package"),
        ("figures/none.svg", "“figures/none.svg” is not there"),
        ("figures/\x7f.svg", "the name of the picture cannot be a file name"),
    ],
)
def test_picture_from_elsewhere_is_refused(name, problem, tmp_path, files, problems):
    (tmp_path / "basics" / "figures").mkdir(parents=True)
    (tmp_path / "secret").write_text(factories.SVG)
    (tmp_path / "basics" / "figures" / "link").symlink_to(tmp_path / "secret")
    files["secret.svg"] = factories.SVG
    files[LESSON]["blocks"][3]["image"]["es"] = name
    (tmp_path / "basics" / "figures" / "link.svg").unlink(missing_ok=True)
    factories.write(tmp_path, files)
    (tmp_path / "basics" / "figures" / "link.svg").symlink_to(tmp_path / "secret.svg")
    _package, found = factories.load(tmp_path)
    assert found == [f"basics/lessons/shared.yaml: {problem}"]


def svg(inside: str = "", head: str = "", attributes: str = 'viewBox="0 0 40 30"') -> bytes:
    return (
        f'{head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}>'
        f"{inside}</svg>"
    ).encode()


ENTITY = '<!DOCTYPE svg [<!ENTITY a "aaaa">]>'
DECLARES = "the picture declares a document type or an entity"
UNREADABLE = "the picture is not a readable SVG with a viewBox"
OUTSIDE = "the picture reaches outside itself: "


@pytest.mark.parametrize(
    "data, problem",
    [
        (svg("<script>alert(1)</script>"), "the picture holds an element that does not draw: script"),
        (svg("<foreignObject/>"), "the picture holds an element that does not draw: foreignObject"),
        (svg('<image href="#a"/>'), "the picture holds an element that does not draw: image"),
        (svg('<a href="#a"/>'), "the picture holds an element that does not draw: a"),
        (svg('<set attributeName="href"/>'), "the picture holds an element that does not draw: set"),
        (svg("<style>*{}</style>"), "the picture holds an element that does not draw: style"),
        (svg('<g onclick="x"/>'), f"{OUTSIDE}onclick"),
        (svg('<g ONLOAD="x"/>'), f"{OUTSIDE}onload"),
        (svg('<use href="https://evil.example/#a"/>'), f"{OUTSIDE}href"),
        (svg('<use xlink:href="//evil.example/#a"/>'), f"{OUTSIDE}href"),
        (svg('<use href="javascript:alert(1)"/>'), f"{OUTSIDE}href"),
        (svg('<path fill="url(https://evil.example/#a)"/>'), f"{OUTSIDE}fill"),
        (svg('<path fill="URL(https://evil.example/#a)"/>'), f"{OUTSIDE}fill"),
        (svg('<path fill="u\\72l(https://evil.example/#a)"/>'), f"{OUTSIDE}fill"),
        (svg('<path style="fill:red"/>'), f"{OUTSIDE}style"),
        (svg('<g xml:base="https://evil.example/"/>'), f"{OUTSIDE}base"),
        (svg("<text>&a;</text>", head=ENTITY), DECLARES),
        (svg("<text>&a;</text>", head=ENTITY).decode().encode("utf-16"), DECLARES),
        (svg(head='<?xml-stylesheet href="https://evil.example/"?>'), "the picture holds a processing instruction"),
        (svg("<g>"), UNREADABLE),
        (svg("<text>&undefined;</text>"), UNREADABLE),
        (svg(attributes=""), UNREADABLE),
        (svg(attributes='viewBox="0 0 40"'), UNREADABLE),
        (svg(attributes='viewBox="0 0 wide high"'), UNREADABLE),
        (svg(attributes='viewBox="0 0 inf 30"'), UNREADABLE),
        (svg(attributes='viewBox="0 0 -40 30"'), UNREADABLE),
        (b"GIF89a", UNREADABLE),
        (b'<html viewBox="0 0 4 3"/>', "the picture holds an element that does not draw: html"),
        (svg("<g/>" * 50_001), "the picture is larger than 200000 bytes"),
    ],
)
def test_picture_that_does_more_than_draw_is_refused(data, problem):
    assert svg_problem(data) == problem


@pytest.mark.parametrize(
    "data",
    [
        svg('<title>t</title><g transform="translate(1 2)" fill="url(#a)"><use href="#b"/></g><!-- why -->'),
        svg(head='<?xml version="1.0" encoding="UTF-8"?>\n'),
        svg(attributes='viewBox="0,0,40,30"'),
    ],
)
def test_picture_that_only_draws_is_welcome(data):
    assert svg_problem(data) == ""


@pytest.mark.parametrize("box", ["0 0 1e300 30", "0 0 40 1e30", "0 0 100001 30", "0 0 nan 30", "0 0 inf 30", "0 0 40"])
def test_picture_of_a_size_that_no_release_can_hold_is_refused(box):
    assert svg_problem(svg(attributes=f'viewBox="{box}"')) == "the picture is not a readable SVG with a viewBox"


def test_names_by_the_hundred_thousand_are_compared_in_no_time(files, problems):
    files[MODULE]["sections"][0]["steps"] += [f"x{number}" for number in range(100_000)]
    assert len(problems()) == 100_000
