import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString

PAGE = Template("{% load trademarks %}{{ text|trademarks }}")
LINES = Template("{% load trademarks %}{{ text|trademarks|linebreaksbr }}")
SIGN = '<span class="trademark">™</span>'


def written(text: object) -> str:
    return PAGE.render(Context({"text": text}))


@pytest.mark.parametrize(
    "typed, words",
    [
        ("AMA PRA Category 1 Credit™", f"AMA PRA Category 1 Credit{SIGN}"),
        ("AMA PRA Category 1 Credits™", f"AMA PRA Category 1 Credits{SIGN}"),
        ("AMA PRA Category 1 Credit(s)™", f"AMA PRA Category 1 Credit(s){SIGN}"),
        ("AMA PRA Category 1 Credits", "AMA PRA Category 1 Credits"),
        ("AMA\u00a0PRA Category\n1 Credit", "AMA\u00a0PRA Category\n1 Credit"),
        ("Ama Pra category 1 credit", "Ama Pra category 1 credit"),
    ],
)
def test_mark_stands_in_italics_as_it_was_typed(typed, words):
    assert written(f"Un máximo de 1.25 {typed}.") == f'Un máximo de 1.25 <i lang="en">{words}</i>.'


def test_each_mark_of_a_text_stands_in_italics():
    mark = '<i lang="en">AMA PRA Category 1 Credit</i>'
    assert written("AMA PRA Category 1 Credit, AMA PRA Category 1 Credit") == f"{mark}, {mark}"


@pytest.mark.parametrize(
    "text", ["AMA PRA Category 2 Credit™", "AMA PRA Category 1 Creditor", "GAMA PRA Category 1 Credit", "Credit™", ""]
)
def test_other_words_stay_as_they_are(text):
    assert written(text) == text


@pytest.mark.parametrize(
    "hostile, harmless",
    [
        (
            "<script>AMA PRA Category 1 Credit™</script>",
            f'&lt;script&gt;<i lang="en">AMA PRA Category 1 Credit{SIGN}</i>&lt;/script&gt;',
        ),
        (
            '<i title="AMA PRA Category 1 Credit" onclick=alert(1)>',
            '&lt;i title=&quot;<i lang="en">AMA PRA Category 1 Credit</i>&quot; onclick=alert(1)&gt;',
        ),
        ("AMA PRA Category 1 Credit<b>™", '<i lang="en">AMA PRA Category 1 Credit</i>&lt;b&gt;™'),
        ("AMA PRA Category 1 <b>Credit", "AMA PRA Category 1 &lt;b&gt;Credit"),
        ("&AMA PRA Category 1 Credit&lt;", '&amp;<i lang="en">AMA PRA Category 1 Credit</i>&amp;lt;'),
        ("it's", "it&#x27;s"),
    ],
)
def test_words_around_a_mark_cannot_become_markup(hostile, harmless):
    assert written(hostile) == harmless


def test_text_that_was_called_safe_is_escaped_all_the_same():
    assert written(SafeString("<b>AMA PRA Category 1 Credit</b>")) == (
        '&lt;b&gt;<i lang="en">AMA PRA Category 1 Credit</i>&lt;/b&gt;'
    )


def test_lines_are_parted_once_and_escaped_once():
    assert LINES.render(Context({"text": "1 < 2\nAMA PRA Category 1 Credit"})) == (
        '1 &lt; 2<br><i lang="en">AMA PRA Category 1 Credit</i>'
    )
