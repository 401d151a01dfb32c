from datetime import date

import pytest
from django.core.management import CommandError, call_command

from support.models import HelpLine

pytestmark = pytest.mark.django_db

GOOD = """\
lines:
  - key: emergency
    urgent: true
    name: {en: Emergency, es: Emergencia}
    note: {en: In danger, es: En peligro}
    contacts:
      - {label: {en: Call 911, es: Llame al 911}, href: "tel:911"}
    checked_on: 2026-11-22
  - key: crisis
    name: {en: Crisis, es: Crisis}
    note: {en: Day and night, es: De día y de noche}
    contacts:
      - {label: {en: Call 988, es: Llame al 988}, href: "tel:988"}
    checked_on: 2026-11-20
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "help.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def rows() -> list[tuple]:
    columns = ["key", "position", "urgent", "name_en", "name_es", "note_es", "checked_on"]
    return list(HelpLine.objects.values_list(*columns))


def test_import_help_twice_writes_the_lines_once(file, capsys):
    call_command("import_help", str(file))
    call_command("import_help", str(file))
    assert capsys.readouterr().out == "2 help lines\n2 help lines\n"
    assert rows() == [
        ("emergency", 0, True, "Emergency", "Emergencia", "En peligro", date(2026, 11, 22)),
        ("crisis", 1, False, "Crisis", "Crisis", "De día y de noche", date(2026, 11, 20)),
    ]
    assert HelpLine.objects.get(key="crisis").contacts == [
        {"label": {"en": "Call 988", "es": "Llame al 988"}, "href": "tel:988"}
    ]


def test_import_help_brings_changes_and_keeps_lines_of_others(file, line, client):
    client.get("/en/help/")
    HelpLine.objects.filter(pk=line.pk).update(key="local")
    file.write_text(GOOD.replace("Emergency", "Danger"), encoding="utf-8")
    call_command("import_help", str(file))
    assert [row[0] for row in rows()] == ["emergency", "local", "crisis"]
    assert "Danger" in client.get("/en/help/").content.decode()


@pytest.mark.parametrize(
    "before, after, problem",
    [
        ("key: crisis", "key: emergency", "9: the key emergency is used twice"),
        ("key: crisis", "key: Crisis!", "9: key is missing, or holds more than small letters, digits and hyphens"),
        ("urgent: true", "urgent: soon", "2: urgent is true or false"),
        ("{en: Crisis, es: Crisis}", "{en: Crisis}", "9: name needs en and es"),
        ("es: En peligro", 'es: " "', "2: note needs en and es"),
        ("2026-11-20", "lately", "9: checked_on needs a date, such as 2026-11-22"),
        ("tel:988", "javascript:alert(1)", "9: the href of a contact starts with tel:, sms:, https:// or mailto:"),
        ("es: Llame al 988", "fr: Appelez", "9: the label of a contact needs en and es"),
        ("urgent: true", "colour: red", "2: colour is unknown here"),
        ("lines:", "rows:", "1: the file has one list, called lines"),
        ("{en: Crisis, es: Crisis}", "{en: Crisis", "11: expected ',' or '}', but got ':'"),
    ],
)
def test_import_help_names_problem_with_its_place_and_writes_nothing(before, after, problem, file):
    file.write_text(GOOD.replace(before, after), encoding="utf-8")
    with pytest.raises(CommandError) as refusal:
        call_command("import_help", str(file))
    assert str(refusal.value) == f"{file}:{problem}"
    assert rows() == []
