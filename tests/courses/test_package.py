import pytest

from courses.packages.folder import read_folder
from courses.packages.pictures import file_problem, picture_problem, svg_problem
from courses.packages.reader import YamlFile
from courses.packages.schema import SettingsFile
from tests.courses import factories
from tests.courses.pictures import pdf, picture
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
        ["module.yaml: “key” must be the name of the folder, “basics”."],
    ),
    "lesson in a file of another name": (
        lambda f: f.update({"basics/lessons/renamed.yaml": f.pop(LESSON)}),
        ["lessons/renamed.yaml: “key” must be the name of the file, “renamed.yaml”, without its ending."],
    ),
    "setting of the module": (
        lambda f: f[MODULE]["settings"].append("street"),
        ["module.yaml: There is no professional setting “street”."],
    ),
    "setting of a lesson": (
        lambda f: f[LESSON].update(settings=["street"]),
        ["lessons/shared.yaml: There is no professional setting “street”."],
    ),
    "setting of a case": (
        lambda f: f[CASE].update(settings=["street"]),
        ["cases/clinic-case.yaml: There is no professional setting “street”."],
    ),
    "setting of a question": (
        lambda f: f[BANK]["questions"][0].update(settings=["street"]),
        ["bank/a.yaml: There is no professional setting “street”."],
    ),
    "objective of a lesson": (
        lambda f: f[LESSON].update(objective="ask"),
        ["lessons/shared.yaml: The module has no objective “ask”."],
    ),
    "objective of a question": (
        lambda f: f[BANK]["questions"][0].update(objective="ask"),
        ["bank/a.yaml: The module has no objective “ask”."],
    ),
    "source of a block": (
        lambda f: f[LESSON]["blocks"][0].update(sources=["rumor"]),
        ["lessons/shared.yaml: The module has no source “rumor”."],
    ),
    "source of a case": (
        lambda f: f[CASE].update(sources=["rumor"]),
        ["cases/clinic-case.yaml: The module has no source “rumor”."],
    ),
    "source of a question": (
        lambda f: f[BANK]["questions"][0].update(sources=["rumor"]),
        ["bank/a.yaml: The module has no source “rumor”."],
    ),
    "step in a section": (
        lambda f: f[MODULE]["sections"][0]["steps"].append("ghost"),
        ["module.yaml: There is no lesson, case, test or survey “ghost”."],
    ),
    "category of an item": (
        lambda f: f[LESSON]["blocks"][-1]["items"][0].update(category="three"),
        ["lessons/shared.yaml: This exercise has no category “three”."],
    ),
    "node that a choice leads to": (
        lambda f: f[CASE]["nodes"][0]["choices"][0].update(to="nowhere"),
        ["cases/clinic-case.yaml: This case has no scene “nowhere”."],
    ),
    "node that a case starts at": (
        lambda f: f[CASE].update(start="nowhere"),
        ["cases/clinic-case.yaml: This case has no scene “nowhere”."],
    ),
    "lesson in no section": (
        lambda f: f[MODULE]["sections"][0]["steps"].remove("shared"),
        ["module.yaml: “shared” stands in no section."],
    ),
    "dates out of order": (
        lambda f: f[MODULE].update(review_on=f[MODULE]["released_on"].replace(year=2020)),
        ["module.yaml: “review_on” must lie between “released_on” and “terminates_on”."],
    ),
    "step placed twice": (
        lambda f: f[MODULE]["sections"][0]["steps"].append("shared"),
        ["module.yaml: “shared” stands in the sections twice."],
    ),
    "step defined twice": (
        lambda f: f.update({"basics/cases/shared.yaml": factories.case("shared", [])}),
        ["module.yaml: Two steps have the key “shared”."],
    ),
    "two first tests": (
        lambda f: f[MODULE]["tests"][1].update(stage="pre"),
        ["module.yaml: Two tests have the stage “pre”."],
    ),
    "section": (
        lambda f: f[MODULE]["sections"].append({**f[MODULE]["sections"][0], "steps": []}),
        ["module.yaml: Two sections have the key “learn”."],
    ),
    "objective": (
        lambda f: f[MODULE]["objectives"].append(f[MODULE]["objectives"][0]),
        ["module.yaml: Two objectives have the key “stop”."],
    ),
    "source": (
        lambda f: f[SOURCES]["sources"].append(f[SOURCES]["sources"][0]),
        ["sources.yaml: Two sources have the key “law”."],
    ),
    "block": (
        lambda f: f[LESSON]["blocks"][1].update(key="intro"),
        ["lessons/shared.yaml: Two blocks have the key “intro”."],
    ),
    "option of a check": (
        lambda f: f[LESSON]["blocks"][5]["options"][1].update(key="a"),
        ["lessons/shared.yaml: Two options have the key “a”."],
    ),
    "item of a sort": (
        lambda f: f[LESSON]["blocks"][6]["items"][1].update(key="first"),
        ["lessons/shared.yaml: Two options have the key “first”."],
    ),
    "heading of a sort": (
        lambda f: f[LESSON]["blocks"][6]["categories"].append({"key": "one", "text": words("one")}),
        ["lessons/shared.yaml: Two categories have the key “one”."],
    ),
    "node": (
        lambda f: f[CASE]["nodes"].append(f[CASE]["nodes"][1]),
        ["cases/clinic-case.yaml: Two scenes have the key “end”."],
    ),
    "choice": (
        lambda f: f[CASE]["nodes"][0]["choices"].append(f[CASE]["nodes"][0]["choices"][0]),
        ["cases/clinic-case.yaml: Two choices have the key “ask”."],
    ),
    "question in one bank": (
        lambda f: f[BANK]["questions"][1].update(key="a1"),
        ["bank/a.yaml: Two questions have the key “a1”."],
    ),
    "question in two banks": (
        lambda f: f[BANK]["questions"][1].update(key="b1"),
        ["bank/b.yaml: Two questions have the key “b1”."],
    ),
    "option of a question": (
        lambda f: f[BANK]["questions"][0]["options"][1].update(key="a"),
        ["bank/a.yaml: Two options have the key “a”."],
    ),
    "survey item": (
        lambda f: f[SURVEY]["items"][1].update(key="ready"),
        ["survey.yaml: Two survey questions have the key “ready”."],
    ),
    "survey option": (
        lambda f: f[SURVEY]["items"][1]["options"][1].update(key="all"),
        ["survey.yaml: Two options have the key “all”."],
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
    assert problems() == ["lessons/shared.yaml: “minutes” must be a whole number from 1 to 600."]


def test_missing_file_is_reported(files, problems):
    del files[MODULE]
    assert problems() == ["module.yaml: The file is not there."]


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
    assert [problem.message.said(str) for problem in content.problems] == [
        "Two professional settings have the key “clinic”."
    ]


def test_settings_of_the_folder_are_those_a_module_may_use(tmp_path, files):
    folder = factories.write(tmp_path, files)
    content = read_folder(folder, set)
    assert content.settings == YamlFile(folder / "settings.yaml", "settings.yaml").read(SettingsFile)
    assert ([package.module.key for package in content.packages], content.problems) == (["basics"], [])


@pytest.mark.parametrize(
    "name, problem",
    [
        ("../secret.svg", "“../secret.svg” is no SVG or WebP file of this package."),
        ("/etc/passwd", "“/etc/passwd” is no SVG or WebP file of this package."),
        ("figures/../../secret.svg", "“figures/../../secret.svg” is no SVG or WebP file of this package."),
        ("module.yaml", "“module.yaml” is no SVG or WebP file of this package."),
        ("figures/link.svg", "“figures/link.svg” is no SVG or WebP file of this package."),
        ("figures/none.svg", "“figures/none.svg” is not there."),
        ("figures/\x7f.svg", "This cannot be the name of a file."),
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
DECLARES = "The picture declares a document type or an entity."
UNREADABLE = "The picture is not an SVG file with a viewBox that can be read."
OUTSIDE = "The picture reaches outside itself: "
DOES_NOT_DRAW = "The picture holds an element that does not draw: "


@pytest.mark.parametrize(
    "data, problem",
    [
        (svg("<script>alert(1)</script>"), f"{DOES_NOT_DRAW}script."),
        (svg("<foreignObject/>"), f"{DOES_NOT_DRAW}foreignObject."),
        (svg('<image href="#a"/>'), f"{DOES_NOT_DRAW}image."),
        (svg('<a href="#a"/>'), f"{DOES_NOT_DRAW}a."),
        (svg('<set attributeName="href"/>'), f"{DOES_NOT_DRAW}set."),
        (svg("<style>*{}</style>"), f"{DOES_NOT_DRAW}style."),
        (svg('<g onclick="x"/>'), f"{OUTSIDE}onclick."),
        (svg('<g ONLOAD="x"/>'), f"{OUTSIDE}onload."),
        (svg('<use href="https://evil.example/#a"/>'), f"{OUTSIDE}href."),
        (svg('<use xlink:href="//evil.example/#a"/>'), f"{OUTSIDE}href."),
        (svg('<use href="javascript:alert(1)"/>'), f"{OUTSIDE}href."),
        (svg('<path fill="url(https://evil.example/#a)"/>'), f"{OUTSIDE}fill."),
        (svg('<path fill="URL(https://evil.example/#a)"/>'), f"{OUTSIDE}fill."),
        (svg('<path fill="u\\72l(https://evil.example/#a)"/>'), f"{OUTSIDE}fill."),
        (svg('<path style="fill:red"/>'), f"{OUTSIDE}style."),
        (svg('<g xml:base="https://evil.example/"/>'), f"{OUTSIDE}base."),
        (svg("<text>&a;</text>", head=ENTITY), DECLARES),
        (svg("<text>&a;</text>", head=ENTITY).decode().encode("utf-16"), DECLARES),
        (svg(head='<?xml-stylesheet href="https://evil.example/"?>'), "The picture holds a processing instruction."),
        (svg("<g>"), UNREADABLE),
        (svg("<text>&undefined;</text>"), UNREADABLE),
        (svg(attributes=""), UNREADABLE),
        (svg(attributes='viewBox="0 0 40"'), UNREADABLE),
        (svg(attributes='viewBox="0 0 wide high"'), UNREADABLE),
        (svg(attributes='viewBox="0 0 inf 30"'), UNREADABLE),
        (svg(attributes='viewBox="0 0 -40 30"'), UNREADABLE),
        (b"GIF89a", UNREADABLE),
        (b'<html viewBox="0 0 4 3"/>', f"{DOES_NOT_DRAW}html."),
        (svg("<g/>" * 50_001), "The picture is larger than 200 KB."),
    ],
)
def test_picture_that_does_more_than_draw_is_refused(data, problem):
    assert svg_problem(data).said(str) == problem


@pytest.mark.parametrize(
    "name, data, said",
    [
        ("a.webp", picture("WEBP"), None),
        ("a.webp", picture(), "The picture is not a WebP file that can be read."),
        ("a.webp", bytes(8_000_001), "The picture is larger than 8000 KB."),
        (
            "a.webp",
            picture("WEBP", (8000, 5001)),
            "The picture has more than 40 million pixels.",
        ),
        (
            "a.webp",
            picture("WEBP", xmp=b"<x/>"),
            "The picture carries more than its pixels: Exif, XMP or an animation.",
        ),
        ("a.pdf", pdf(), None),
        ("a.pdf", b"hello", "“a.pdf” is not a PDF file."),
        ("a.pdf", pdf()[:-10], "“a.pdf” is a PDF file that is damaged or not whole."),
        ("a.pdf", pdf(bytes(10_000_000)), "“a.pdf” is larger than 10 MB."),
        (
            "a.pdf",
            pdf(b"<< /S /JavaScript >>"),
            "“a.pdf” carries programs, forms or other files inside. Save it as a plain PDF.",
        ),
    ],
)
def test_photograph_or_download_that_is_refused_says_why(name, data, said, tmp_path):
    (tmp_path / name).write_bytes(data)
    found = (picture_problem if name.endswith(".webp") else file_problem)(tmp_path, name)
    assert (found.said(str) if found else None) == said


@pytest.mark.parametrize(
    "name, said",
    [
        ("none.pdf", "“none.pdf” is not there."),
        ("../a.pdf", "“../a.pdf” is no PDF file of this package."),
        ("a.svg", "“a.svg” is no PDF file of this package."),
        ("a" * 300 + ".pdf", "This cannot be the name of a file."),
    ],
)
def test_download_from_elsewhere_is_refused(name, said, tmp_path):
    assert file_problem(tmp_path, name).said(str) == said


@pytest.mark.parametrize(
    "data",
    [
        svg('<title>t</title><g transform="translate(1 2)" fill="url(#a)"><use href="#b"/></g><!-- why -->'),
        svg(head='<?xml version="1.0" encoding="UTF-8"?>\n'),
        svg(attributes='viewBox="0,0,40,30"'),
    ],
)
def test_picture_that_only_draws_is_welcome(data):
    assert svg_problem(data) is None


@pytest.mark.parametrize("box", ["0 0 1e300 30", "0 0 40 1e30", "0 0 100001 30", "0 0 nan 30", "0 0 inf 30", "0 0 40"])
def test_picture_of_a_size_that_no_release_can_hold_is_refused(box):
    assert svg_problem(svg(attributes=f'viewBox="{box}"')).said(str) == UNREADABLE


def test_names_by_the_hundred_thousand_are_compared_in_no_time(files, problems):
    files[MODULE]["sections"][0]["steps"] += [f"x{number}" for number in range(100_000)]
    assert len(problems()) == 100_000
