import pytest

from courses.glossary import Entry, Finding, Kind, avoided, check, has

TRAFFICKING = Entry(
    {"en": "human trafficking", "es": "trata de personas"},
    {"en": ("modern slavery",), "es": ("tráfico de personas", "tráfico humano")},
)


def found(source: str, target: str, source_locale: str = "en", locale: str = "es") -> list[Finding]:
    return check([TRAFFICKING], source=source, target=target, source_locale=source_locale, locale=locale)


def test_translation_with_the_approved_term_has_no_warning() -> None:
    assert found("Human trafficking is a crime.", "La trata de personas es un delito.") == []


def test_translation_without_the_approved_term_is_warned_about() -> None:
    assert found("Human trafficking is a crime.", "Es un delito.") == [
        Finding(Kind.LACKS, "human trafficking", "trata de personas")
    ]


def test_word_to_avoid_is_named_beside_the_term_that_is_lacking() -> None:
    assert found("Human trafficking", "El TRÁFICO HUMANO") == [
        Finding(Kind.AVOID, "tráfico humano", "trata de personas"),
        Finding(Kind.LACKS, "human trafficking", "trata de personas"),
    ]


def test_english_translated_from_spanish_is_checked_the_other_way_round() -> None:
    assert found("La trata de personas", "Modern slavery", "es", "en") == [
        Finding(Kind.AVOID, "modern slavery", "human trafficking"),
        Finding(Kind.LACKS, "trata de personas", "human trafficking"),
    ]


def test_missing_translation_has_no_warning() -> None:
    assert found("Human trafficking", "") == []


@pytest.mark.parametrize(
    "text, term, there",
    [
        ("two survivors speak", "survivor", True),
        ("los tratantes", "tratante", True),
        ("personas en riesgo", "persona en riesgo", True),
        ("una herramienta informada sobre el trauma", "informado sobre el trauma", True),
        ("trauma-\ninformed", "trauma-informed", False),
        ("human\ntrafficking", "human trafficking", True),
        ("survivorship", "survivor", False),
        ("contratante", "tratante", False),
        ("C++ (a.b)", "a.b", True),
        ("C++ (acb)", "a.b", False),
    ],
)
def test_term_is_met_as_whole_words_in_singular_and_plural(text: str, term: str, there: bool) -> None:
    assert has(text, term) is there


def test_words_to_avoid_are_separated_by_commas() -> None:
    assert avoided(" one, two words ,, three") == ("one", "two words", "three")
