from typing import Annotated, get_args, get_origin, get_type_hints

import pytest
from msgspec import structs

from courses.choices import LONGEST_TEXT
from courses.packages import schema
from courses.packages.composing import MAX_BYTES
from courses.packages.problems import Message, Problem
from courses.packages.reader import Longest, YamlFile
from courses.packages.schema import Setting, SettingsFile, SourcesFile, Test, Words
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
        return value, [(problem.line, problem.message.said(str)) for problem in file.problems]

    return read


def test_sound_file_becomes_its_struct(read):
    clinic = Setting(
        key="clinic", icon="people", name=Words(en="Clinic", es="Clínica"), places=Words(en="Wards", es="Salas")
    )
    assert read(SOUND) == (SettingsFile(settings=[clinic]), [])


NO_TEXT = "must be a text. Put a number, a date, yes or no in quotation marks."
NO_KEY = "must be a key: small letters from a to z and digits, joined by hyphens."
NO_VALUE = "is not a value that can be read. Put it in quotation marks, without a tag (!)."


@pytest.mark.parametrize(
    "old, new, problem",
    [
        ("icon: people", "icon: people\n    colour: red", (4, "“colour” is not known here.")),
        ("    icon: people\n", "", (2, "“icon” is missing.")),
        (", es: Clínica", "", (4, "“es” is missing.")),
        ("icon: people", "icon: people\n    icon: house", (4, "“icon” is given twice.")),
        ("icon: people", "icon: 7", (3, f"“icon” {NO_TEXT}")),
        ("icon: people", "icon: no", (3, f"“icon” {NO_TEXT}")),
        ("icon: people", "icon: 2026-01-01", (3, f"“icon” {NO_TEXT}")),
        ("icon: people", "icon: [people]", (3, f"“icon” {NO_TEXT}")),
        ("icon: people", "icon:", (3, "“icon” has no value.")),
        ("{en: Wards, es: Salas}", "Wards", (5, "“places” must hold names with their values: en, es.")),
        ("key: clinic", "key: The Clinic", (2, f"“key” {NO_KEY}")),
        ("key: clinic", 'key: "clinic\\n"', (2, f"“key” {NO_KEY}")),
        ("icon: people", f"icon: {'a' * 41}", (3, "“icon” has 41 characters; there is room for 40.")),
        ("people", "2026-13-45", (3, "There is no such date: 2026-13-45.")),
        ("people", "=", (3, f"“=” {NO_VALUE}")),
        ("Clinic,", "!!python/name:os.system x,", (4, f"“x” {NO_VALUE}")),
        ("people", f"!!int {'x' * 81}", (3, f"“{'x' * 80}” {NO_VALUE}")),
        ("en: Clinic", 'en: "Cli\\0nic"', (4, "The character 0 is not allowed.")),
    ],
    ids=[
        "unknown", "missing", "one-language", "twice", "number", "yaml-1.1-boolean", "date", "list", "empty", "text",
        "pattern", "line-end", "length", "impossible-date", "special-value", "python-object", "long", "zero",
    ],
)  # fmt: skip
def test_problem_is_named_by_its_line(old, new, problem, read):
    assert SOUND.count(old) == 1
    assert read(SOUND.replace(old, new)) == (None, [problem])


@pytest.mark.parametrize(
    "kind, text, problem",
    [
        (SettingsFile, "settings: clinic", "“settings” must be a list."),
        (schema.Section, "accent: pink", "“accent” must be one of these: neutral, stop, observe, ask, respond."),
        (schema.ModuleFile, "source_locale: fr", "“source_locale” must be one of these: en, es."),
        (schema.ModuleFile, "pass_mark: 101", "“pass_mark” must be a whole number from 0 to 100."),
        (schema.ModuleFile, "pass_mark: most", "“pass_mark” must be a whole number from 0 to 100."),
        (schema.ModuleFile, "attempts_allowed: 0", "“attempts_allowed” must be a whole number from 1 to 30000."),
        (schema.ModuleFile, "attempts_allowed: many", "“attempts_allowed” must be a whole number from 1 to 30000."),
        (schema.ModuleFile, "released_on: soon", "“released_on” must be a date, written as 2026-12-31."),
        (schema.Node, "archived: 1", "“archived” must be true or false."),
        (schema.Translation, "pair: 12g4", "“pair” must be 16 digits from 0 to 9 and a to f."),
        (schema.Translation, f"text: {'a' * 401}", "“text” has 401 characters; there is room for 400."),
    ],
)
def test_value_of_another_kind_is_told_what_is_expected(kind, text, problem, read):
    _value, problems = read(text, kind)
    assert [said for _line, said in problems if not said.endswith("is missing.")] == [problem]


def test_number_of_attempts_may_be_without_end(read):
    _value, problems = read("attempts_allowed: null", schema.ModuleFile)
    assert {said.endswith("is missing.") for _line, said in problems} == {True}


STRUCTS = [kind for kind in vars(schema).values() if isinstance(kind, type) and issubclass(kind, schema.Frozen)]


@pytest.mark.parametrize("kind", STRUCTS)
@pytest.mark.parametrize("value", ["{a: b}", "[1, É]", "É !", "1.5"])
def test_every_field_has_words_for_what_does_not_fit(kind, value, read):
    text = "".join(f"{field.encode_name}: {value}\n" for field in structs.fields(kind))
    said = " ".join(said for _line, said in read(text, kind)[1])
    assert "has a value that is not allowed here" not in said


def test_every_mistake_is_reported_not_only_the_first(read):
    text = SOUND.replace("icon: people", "icon: 7").replace("es: Salas", "fr: Salles")
    assert sorted(read(text)[1]) == [
        (3, f"“icon” {NO_TEXT}"),
        (5, "“es” is missing."),
        (5, "“fr” is not known here."),
    ]


def test_text_without_a_limit_of_its_own_may_be_as_long_as_in_the_studio(read):
    fits = "x" * LONGEST_TEXT
    text = f"key: end\nending: strong\nbody:\n  en: ' {fits} '\n  es: {fits}"
    assert read(text, schema.Node)[1] == []
    assert read(text + "x", schema.Node) == (
        None,
        [(5, "“body.es” has 20001 characters; there is room for 20000.")],
    )


ALIAS = "An alias (*) is not allowed. Write the value out."


def test_alias_is_refused_since_a_short_file_could_unfold_into_a_huge_one(read):
    text = SOUND.replace("name: {", "name: &name {").replace("{en: Wards, es: Salas}", "*name")
    assert read(text) == (None, [(4, ALIAS)])


def test_file_of_nested_aliases_is_refused_in_no_time(read):
    levels = "".join(f"  - &l{level} [{', '.join([f'*l{level - 1}'] * 9)}]\n" for level in range(1, 30))
    value, problems = read(f"settings:\n  - &l0 x\n{levels}")
    assert value is None
    assert len(problems) < 1000


@pytest.mark.parametrize("text", ["", "# only a comment\n"])
def test_empty_file_is_refused(text, read):
    assert read(text) == (None, [(1, "The file is empty.")])


def test_huge_file_is_refused_unread(read):
    assert read(b"#" * (MAX_BYTES + 1)) == (None, [(1, "The file is larger than 2 MB.")])


def test_file_that_is_not_utf8_is_refused(read):
    assert read("es: Clínica".encode("latin-1")) == (None, [(1, "The file is not written in UTF-8.")])


TAB = "A line begins with a tab. Indent with spaces."
RESERVED = (
    "No line may begin with a tab, and no value with a character that YAML reserves. Indent with spaces, and put such "
    "a value in quotation marks."
)
COLON = "A colon stands where none may. Look at the indentation, and put a text that holds a colon in quotation marks."
BRACKET = "The bracket opened in line 1 is not closed, or a comma is missing before this line."
NOT_YAML = (
    "This is not YAML that can be read. Look at the indentation, the colons and the quotation marks of this line and "
    "of those before it."
)


@pytest.mark.parametrize(
    "text, problem",
    [
        (SOUND + "\tbroken: [", (6, RESERVED)),
        ("a: @x", (1, RESERVED)),
        ("a: b\n\tc: d", (2, TAB)),
        ("a: |\n x\n\tb: 1", (3, TAB)),
        ("a: b: c", (1, COLON)),
        ("a: 1\n b: 2", (2, COLON)),
        ("x: 1\na: 'b\nc: d\n", (4, "The quotation mark opened in line 2 is not closed.")),
        ("a: [1, 2\nb: 3\n", (2, BRACKET)),
        ("a: {x: 1\nb: 3", (2, BRACKET)),
        (f"{SOUND}---\n{SOUND}", (6, "A second document begins here (---). A file holds one.")),
        ("a: *b", (1, ALIAS)),
        ("a: \x07", (1, "The file holds a control character, which nobody can see.")),
        ("a:\n  - b\n c: 1", (3, NOT_YAML)),
        ('a: "\\q"', (1, NOT_YAML)),
        ("%YAML 9.9\n---\na: 1", (1, NOT_YAML)),
        ("a: !%c0%80 x", (1, NOT_YAML)),
    ],
)
def test_broken_yaml_is_named_by_its_line(text, problem, read):
    assert read(text) == (None, [problem])


@pytest.mark.parametrize("deeper", ["[", "- ", "{a: "])
def test_endless_nesting_is_refused_before_it_can_end_the_process(deeper, read):
    text = deeper * (MAX_BYTES // len(deeper))
    assert read(text) == (None, [(1, "The file is nested too deeply.")])


@pytest.mark.parametrize("text", ["just words", "- a\n- list"])
def test_file_of_another_shape_is_refused(text, read):
    assert read(text) == (None, [(1, "“settings.yaml” must hold names with their values: settings.")])


@pytest.mark.parametrize(
    "there, said", [(False, "The file is not there."), (True, "The file cannot be read.")], ids=["nothing", "a folder"]
)
def test_file_that_is_not_there_is_a_problem_too(there, said, tmp_path):
    path = tmp_path / "settings.yaml"
    if there:
        path.mkdir()
    file = YamlFile(path, "settings.yaml")
    assert (file.read(SettingsFile), file.problems) == (None, [Problem("settings.yaml", 1, Message(said))])


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "law.example", "https://a b"])
def test_source_address_that_a_browser_should_not_follow_is_refused(url, read):
    text = f"sources:\n  - key: law\n    citation: {{en: a, es: b}}\n    url: '{url}'\n    checked_on: 2026-01-01\n"
    said = "“url” must be a web address without spaces that begins with http:// or https://."
    assert read(text, SourcesFile) == (None, [(4, said)])


@pytest.mark.parametrize(
    "value", ["!!bool maybe", '!!int ""', '!!int "_"', '!!float ""', "!!timestamp soon", "!!binary é", "2020-99-99"]
)
def test_value_that_is_not_what_its_tag_says_is_refused(value, read):
    value, [(line, said)] = read(SOUND.replace("key: clinic", f"key: {value}"))
    assert (value, line) == (None, 2)
    assert said.endswith(NO_VALUE) or said.startswith("There is no such date: ")


def test_name_spelled_out_is_refused_since_aliases_could_fill_the_memory(read):
    layers = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    text = "\n".join(["a0: &a0 [x]", *layers, "? *a8", ": settings"])
    value, problems = read(text)
    assert (value, (9, "A name must be a word, not a list or a group.") in problems) == (None, True)


def _struct_of_part(name: str) -> list[type]:
    return {
        "module": [schema.ModuleFile],
        "setting": [schema.Setting],
        "objective": [schema.Objective],
        "offer": [schema.Offer],
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
        columns = {name: part.model._meta.get_field(f"{name}_en").max_length or LONGEST_TEXT for name in texts}
        assert {name: _longest(hints[name]) for name in texts} == columns
