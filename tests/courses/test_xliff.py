"""The exchange file itself, without a database."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from translate.storage.xliff import xlifffile

from courses.choices import LONGEST_TEXT, Style
from courses.exchange.comparing import Compared, Outcome, compare
from courses.exchange.reading import DEEPEST, Delivery, Refused, Returned, Why, read
from courses.exchange.xliff import Job, Unit, base_of, write
from courses.freshness import State
from tests.courses.test_xliff_codes import TEXTS

FOLDER = Path(__file__).parent / "xliff"
MARKDOWN = "Say **hello** to {name}:\n\n- [here](https://e.org)"


def schema() -> etree.XMLSchema:
    """The strict one, with the schema it imports from beside it instead of the network."""
    text = (FOLDER / "xliff-core-1.2-strict.xsd").read_bytes()
    text = text.replace(b"http://www.w3.org/2001/xml.xsd", b"xml.xsd")
    return etree.XMLSchema(etree.fromstring(text, base_url=str(FOLDER / "strict.xsd")))


STRICT = schema()


def unit(name: str = "block/shared/intro/body", **fields) -> Unit:
    values = {"source": MARKDOWN, "target": "", "style": Style.MARKDOWN, "state": State.MISSING, "group": "shared"}
    return Unit(id=name, **(values | fields))


def job(*units: Unit, module: str = "basics", source: str = "en", target: str = "es") -> Job:
    return Job(module=module, source=source, target=target, units=units)


def came_back(*units: Returned, module: str = "basics", source: str = "en", target: str = "es") -> list[Delivery]:
    return [Delivery(module=module, source=source, target=target, units=units)]


def outcome(here: Unit, target: str, source: str | None = None, base: str | None = None) -> Outcome:
    """What becomes of a translation of `here` that comes back as `target`."""
    returned = Returned(
        here.id, here.source if source is None else source, target, base_of(here.target) if base is None else base
    )
    [found] = compare(job(here), came_back(returned))
    return found.outcome


def every_state() -> Job:
    return job(
        unit("module/title", group="module", style=Style.LINE, source="Title", limit=200),
        unit("a", target="Diga **hola** a {name}:\n\n- [aquí](https://e.org)", state=State.NEEDS_REVIEW),
        unit("b", target="viejo *a", state=State.STALE, previous="old **text", notes=("human trafficking → trata",)),
        unit("c", target="Listo\x0b.", source="Done\x0b & <ready>", state=State.REVIEWED, style=Style.PLAIN),
    )


def test_written_file_is_valid_strict_xliff() -> None:
    STRICT.assertValid(etree.fromstring(write(every_state())))


def test_schema_refuses_what_strict_xliff_has_not() -> None:
    content = write(every_state()).replace(b'approved="no"', b'approved="perhaps"', 1)
    assert not STRICT.validate(etree.fromstring(content))


def test_written_file_read_again_holds_every_text() -> None:
    handed_out = every_state()
    [file] = read(write(handed_out))
    assert file == Delivery(
        module="basics",
        source="en",
        target="es",
        units=tuple(Returned(one.id, one.source, one.target, base_of(one.target)) for one in handed_out.units),
    )


@given(source=TEXTS.filter(bool), target=TEXTS, style=st.sampled_from(Style), previous=TEXTS)
def test_any_text_goes_out_and_comes_back_byte_for_byte(source: str, target: str, style: Style, previous: str) -> None:
    content = write(job(unit(source=source, target=target, style=style, previous=previous)))
    [file] = read(content)
    assert [(one.source, one.target) for one in file.units] == [(source, target)]
    STRICT.assertValid(etree.fromstring(content))


def test_codes_of_a_translation_bear_the_numbers_of_its_source() -> None:
    content = write(job(unit(source="**a** {x} {x}", target="{x} **b** {x} {y}", state=State.NEEDS_REVIEW)))
    texts = etree.fromstring(content).iter("{*}source", "{*}target")
    assert [[(code.text, code.get("id")) for code in text] for text in texts] == [
        [("**", "1"), ("**", "1"), ("{x}", "2"), ("{x}", "3")],
        [("{x}", "2"), ("**", "1"), ("**", "1"), ("{x}", "3"), ("{y}", "4")],
    ]


def test_translate_toolkit_opens_the_file_and_gives_it_back_unchanged() -> None:
    handed_out = every_state()
    opened = xlifffile.parsestring(write(handed_out))
    assert [one.getid().split("\x04")[-1] for one in opened.units] == [one.id for one in handed_out.units]
    files = read(bytes(opened))
    assert {item.outcome for item in compare(handed_out, files)} == {Outcome.SAME, Outcome.EMPTY}
    assert files == read(write(handed_out))


def test_segments_that_a_tool_marked_are_seen_through() -> None:
    content = write(job(unit(source="One. Two.", target="Uno. Dos.", style=Style.PLAIN, state=State.NEEDS_REVIEW)))
    content = content.replace(
        b">Uno. Dos.<", b'><mrk mtype="seg" mid="1">Uno.</mrk> <mrk mtype="seg" mid="2">Dos.</mrk><'
    )
    assert read(content)[0].units[0].target == "Uno. Dos."


def test_language_with_a_region_is_the_language() -> None:
    content = write(every_state()).replace(b'target-language="es"', b'target-language="ES-us"')
    assert read(content)[0].target == "es"


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><xliff>&b;</xliff>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff>&a;</xliff>'


@pytest.mark.parametrize(
    "content, why",
    [
        (b"", Why.NOT_XML),
        (b"PK\x03\x04", Why.NOT_XML),
        (b"<xliff>", Why.NOT_XML),
        (b'<?xml version="1.0" encoding="nonsense"?><xliff/>', Why.NOT_XML),
        (b'<?xml version="1.0" encoding="utf-7"?><xliff/>', Why.NOT_XML),
        (BOMB, Why.UNSAFE),
        (OUTSIDE, Why.UNSAFE),
        (b"<!DOCTYPE html><html/>", Why.UNSAFE),
        (b"<a>" * (DEEPEST + 1) + b"</a>" * (DEEPEST + 1), Why.UNSAFE),
        (b"<a>" + b"<b/>" * 400_001 + b"</a>", Why.UNSAFE),
        (b"<html/>", Why.NOT_XLIFF),
        (write(job()), Why.NOT_XLIFF),
        (write(every_state()).replace(b'version="1.2"', b'version="2.0"'), Why.NOT_XLIFF),
        (b" " * (10 * 1024 * 1024 + 1), Why.TOO_LARGE),
    ],
)
def test_file_that_is_no_safe_xliff_is_refused_with_its_reason(content: bytes, why: Why) -> None:
    with pytest.raises(Refused) as refusal:
        read(content)
    assert refusal.value.why is why


@pytest.mark.parametrize(
    "where, why",
    [
        ({"module": "other"}, Why.OTHER_MODULE),
        ({"source": "es", "target": "en"}, Why.OTHER_LANGUAGES),
        ({"target": "fr"}, Why.OTHER_LANGUAGES),
    ],
)
def test_file_of_another_module_or_language_is_refused(where: dict, why: Why) -> None:
    with pytest.raises(Refused) as refusal:
        compare(job(unit()), came_back(Returned("a", "", ""), **where))
    assert refusal.value.why is why


GOOD = "Diga **hola** a {name}:\n\n- [aquí](https://e.org)"


def test_translation_with_all_codes_of_its_source_is_written() -> None:
    assert outcome(unit(), GOOD) is Outcome.WRITE


def test_codes_may_stand_in_another_order() -> None:
    assert outcome(unit(source="**a** {x}"), "{x} **b**") is Outcome.WRITE


@pytest.mark.parametrize(
    "target",
    [
        GOOD.replace("**", "", 1),
        GOOD.replace("{name}", "{nombre}"),
        GOOD.replace("https://e.org", "https://evil.org"),
        GOOD + " **more**",
        GOOD.replace("\n\n- ", " "),
    ],
)
def test_translation_with_codes_missing_altered_or_added_is_left_out(target: str) -> None:
    assert outcome(unit(), target) is Outcome.CODES


def test_differing_codes_are_named() -> None:
    returned = Returned("a", "**b**", "*b*", base_of(""))
    assert compare(job(unit("a", source="**b**")), came_back(returned)) == [
        Compared(id="a", outcome=Outcome.CODES, new="*b*", missing=("**", "**"), extra=("*", "*"))
    ]


def test_translation_that_keeps_the_codes_it_had_here_may_be_mended() -> None:
    here = unit(source="[a](https://e.org/en)", target="[b](https://e.org/es)", state=State.NEEDS_REVIEW)
    assert outcome(here, "[c](https://e.org/es)") is Outcome.WRITE


def test_code_without_content_leaves_the_unit_out() -> None:
    content = write(job(unit(source="a {x}", target="b {x}", state=State.NEEDS_REVIEW)))
    content = content.replace(b'<ph id="1" ctype="x-placeholder">{x}</ph></target>', b'<x id="1"/>!</target>')
    [found] = compare(job(unit(source="a {x}", target="b {x}")), read(content))
    assert found.outcome is Outcome.CODES


def test_newer_translation_here_is_kept() -> None:
    here = unit(source="a", target="newer", state=State.NEEDS_REVIEW)
    assert outcome(here, "older", base=base_of("oldest")) is Outcome.KEPT


def test_translation_whose_base_a_tool_dropped_never_replaces_one_here() -> None:
    assert outcome(unit(source="a", target="here"), "other", base="") is Outcome.KEPT
    assert outcome(unit(source="a", target=""), "other", base="") is Outcome.WRITE


def test_translation_of_words_that_changed_since_is_left_out() -> None:
    assert outcome(unit(source="now"), "x", source="then") is Outcome.SOURCE_CHANGED


@pytest.mark.parametrize(
    "target, expected",
    [
        ("", Outcome.EMPTY),
        ("  \n", Outcome.EMPTY),
        ("here", Outcome.SAME),
        ("here  ", Outcome.SAME),
        ("x" * LONGEST_TEXT, Outcome.WRITE),
        ("x" * (LONGEST_TEXT + 1), Outcome.TOO_LONG),
        ("x <b>y</b>", Outcome.HTML),
        ("<script>alert(1)</script>", Outcome.HTML),
    ],
)
def test_other_outcomes(target: str, expected: Outcome) -> None:
    assert outcome(unit(source="a", target="here"), target) is expected


def test_limit_of_a_line_is_kept() -> None:
    assert [outcome(unit(source="a", limit=3), target) for target in ("xyz", "wxyz")] == [
        Outcome.WRITE,
        Outcome.TOO_LONG,
    ]


def test_unknown_and_twofold_units_are_left_out() -> None:
    twice = [Returned("a", "a", text, base_of("")) for text in ("b", "c")]
    found = compare(job(unit("a", source="a")), came_back(*twice, Returned("z", "a", "b")))
    assert [item.outcome for item in found] == [Outcome.TWICE, Outcome.TWICE, Outcome.UNKNOWN]
