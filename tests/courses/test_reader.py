from pathlib import Path
from typing import Annotated, get_args, get_origin, get_type_hints

import pytest

from courses.packages import schema
from courses.packages.reader import MAX_BYTES, Longest, YamlFile
from courses.packages.schema import ModuleFile, Setting, SettingsFile, SourcesFile, Test, Words
from courses.parts import PARTS, TERM

Test.__test__ = False

SOUND = """settings:
  - key: clinic
    icon: people
    name: {en: Clinic, es: Clínica}
    places: {en: Wards, es: Salas}
"""


@pytest.fixture
def read(tmp_path):
    """Reads a text as a file of settings: its value and its problems by line."""

    def read(text: str | bytes, kind: type = SettingsFile):
        path = tmp_path / "settings.yaml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        file = YamlFile(path, "settings.yaml")
        value = file.read(kind)
        return value, [(problem.line, problem.message) for problem in file.problems]

    return read


def test_sound_file_becomes_its_struct(read):
    clinic = Setting(
        key="clinic", icon="people", name=Words(en="Clinic", es="Clínica"), places=Words(en="Wards", es="Salas")
    )
    assert read(SOUND) == (SettingsFile(settings=[clinic]), [])


@pytest.mark.parametrize(
    "old, new, problems",
    [
        ("icon: people", "icon: people\n    colour: red", [(4, "“colour” is not known here")]),
        ("    icon: people\n", "", [(2, "“icon” is missing")]),
        (", es: Clínica", "", [(4, "“es” is missing")]),
        ("icon: people", "icon: people\n    icon: house", [(4, "“icon” is given twice")]),
        ("icon: people", "icon: 7", [(3, "“icon”: Expected `str`, got `int`")]),
        ("icon: people", "icon: no", [(3, "“icon”: Expected `str`, got `bool`")]),
        ("icon: people", "icon:", [(3, "“icon”: Expected `str`, got `null`")]),
        ("icon: people", "icon: [people]", [(3, "“icon”: Expected `str`, got `array`")]),
        ("{en: Wards, es: Salas}", "Wards", [(5, "“places”: Expected `object`, got `str`")]),
        (
            "key: clinic",
            "key: The Clinic",
            [(2, "“key”: Expected `str` matching regex '^[a-z0-9]+(-[a-z0-9]+)*\\\\Z'")],
        ),
        ("people", "2026-13-45", [(3, "month must be in 1..12"), (3, "“icon”: Expected `str`, got `null`")]),
        ("Clinic,", "!!python/name:os.system x,", None),
    ],
    ids=[
        "unknown", "missing", "one-language", "twice", "number", "yaml-1.1-boolean", "empty", "list", "text", "pattern",
        "impossible-date", "python-object",
    ],
)  # fmt: skip
def test_problem_is_named_by_its_line(old, new, problems, read):
    assert SOUND.count(old) == 1
    value, found = read(SOUND.replace(old, new))
    assert value is None
    if problems is None:
        assert [line for line, _message in found] == [4, 4]
    else:
        assert found == problems


def test_every_mistake_is_reported_not_only_the_first(read):
    text = SOUND.replace("icon: people", "icon: 7").replace("es: Salas", "fr: Salles")
    assert sorted(read(text)[1]) == [
        (3, "“icon”: Expected `str`, got `int`"),
        (5, "“es” is missing"),
        (5, "“fr” is not known here"),
    ]


def test_alias_is_refused_since_a_short_file_could_unfold_into_a_huge_one(read):
    text = SOUND.replace("name: {", "name: &name {").replace("{en: Wards, es: Salas}", "*name")
    assert read(text)[1][0] == (4, "an alias (*) is not allowed; write the value out")


def test_file_of_nested_aliases_is_refused_in_no_time(read):
    levels = "".join(f"  - &l{level} [{', '.join([f'*l{level - 1}'] * 9)}]\n" for level in range(1, 30))
    value, problems = read(f"settings:\n  - &l0 x\n{levels}")
    assert value is None
    assert len(problems) < 1000


@pytest.mark.parametrize("text", ["", "# only a comment\n"])
def test_empty_file_is_refused(text, read):
    assert read(text) == (None, [(1, "the file is empty")])


def test_huge_file_is_refused_unread(read):
    assert read(b"#" * (MAX_BYTES + 1)) == (None, [(1, "the file is larger than 2000000 bytes")])


def test_file_that_is_not_utf8_is_refused(read):
    value, [(line, message)] = read("es: Clínica".encode("latin-1"))
    assert (value, line) == (None, 1)
    assert "utf-8" in message


def test_broken_yaml_is_named_by_its_line(read):
    assert read(SOUND + "\tbroken: [") == (None, [(6, "found character that cannot start any token")])


@pytest.mark.parametrize("deeper", ["[", "- ", "{a: "])
def test_endless_nesting_is_refused_before_it_can_end_the_process(deeper, read):
    text = deeper * (MAX_BYTES // len(deeper))
    assert read(text) == (None, [(1, "the file is nested too deeply")])


def test_two_documents_in_one_file_are_refused(read):
    value, [(line, _message)] = read(f"{SOUND}---\n{SOUND}")
    assert (value, line) == (None, 6)


@pytest.mark.parametrize("text", ["just words", "- a\n- list"])
def test_file_of_another_shape_is_refused(text, read):
    value, [(line, message)] = read(text)
    assert (value, line) == (None, 1)
    assert message.startswith("“settings.yaml”: Expected `object`, got")


def test_file_that_is_not_there_is_a_problem_too(tmp_path):
    file = YamlFile(Path(tmp_path / "none.yaml"), "none.yaml")
    assert file.read(SettingsFile) is None
    assert [(problem.file, problem.line) for problem in file.problems] == [("none.yaml", 1)]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "law.example", "https://a b"])
def test_source_address_that_a_browser_should_not_follow_is_refused(url, read):
    text = f"sources:\n  - key: law\n    citation: {{en: a, es: b}}\n    url: '{url}'\n    checked_on: 2026-01-01\n"
    value, [(line, _message)] = read(text, SourcesFile)
    assert (value, line) == (None, 4)


@pytest.mark.parametrize("allowed, accepted", [("null", True), ("3", True), ("0", False), ("many", False)])
def test_attempts_allowed_is_a_positive_number_or_null(allowed, accepted, read):
    _value, problems = read(f"attempts_allowed: {allowed}", ModuleFile)
    assert (not any("attempts_allowed" in message for _line, message in problems)) == accepted


@pytest.mark.parametrize(
    "value", ["!!bool maybe", '!!int ""', '!!int "_"', '!!float ""', "!!timestamp soon", "!!binary é", "2020-99-99"]
)
def test_value_that_is_not_what_its_tag_says_is_refused(value, read):
    value, problems = read(SOUND.replace("key: clinic", f"key: {value}"))
    assert (value, {line for line, _message in problems}) == (None, {2})


def test_name_spelled_out_is_refused_since_aliases_could_fill_the_memory(read):
    layers = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    text = "\n".join(["a0: &a0 [x]", *layers, "? *a8", ": settings"])
    value, problems = read(text)
    assert (value, (9, "a name must be a word") in problems) == (None, True)


def test_character_that_no_database_keeps_is_refused(read):
    value, problems = read(SOUND.replace("en: Clinic", 'en: "Cli\\0nic"'))
    assert (value, problems[0]) == (None, (4, "the character 0 is not allowed"))


def test_key_ends_where_its_line_ends(read):
    value, problems = read(SOUND.replace("key: clinic", 'key: "clinic\\n"'))
    assert (value, [line for line, _message in problems]) == (None, [2])


def _struct_of_part(name: str) -> list[type]:
    return {
        "module": [schema.ModuleFile],
        "setting": [schema.Setting],
        "objective": [schema.Objective],
        "section": [schema.Section],
        "step": [schema.LessonFile, schema.CaseFile, schema.SurveyFile, schema.Test],
        "block": [schema.Block],
        "question": [schema.Question],
        "category": [schema.Category],
        "option": [schema.Option, schema.SortItem],
        "node": [schema.Node],
        "choice": [schema.Choice],
        "survey-item": [schema.SurveyItem],
        "survey-option": [schema.SurveyOption],
        "source": [schema.Source],
        "term": [schema.Term],
    }[name]


def _longest(kind) -> int | None:
    """Of a field's type, `Annotated[Words, Longest(…)]` or that or nothing."""
    kind = next((inner for inner in get_args(kind) if get_origin(inner) is Annotated), kind)
    return next((said.characters for said in get_args(kind)[1:] if isinstance(said, Longest)), None)


@pytest.mark.parametrize("part", [*PARTS.values(), TERM], ids=lambda part: part.name)
def test_a_text_of_a_package_has_the_room_that_its_column_has(part):
    for struct in _struct_of_part(part.name):
        hints = get_type_hints(struct, include_extras=True)
        texts = {name for name, style in part.words.items() if style.is_words} & set(hints)
        columns = {name: part.model._meta.get_field(f"{name}_en").max_length for name in texts}
        assert {name: _longest(hints[name]) for name in texts} == columns
