from types import SimpleNamespace

from django.template import Context, Template
from django.utils.safestring import SafeString
from django.utils.translation import override

SKIP = Template("{% load components %}{% component 'components/exit_quickly.html' %}")
SCENE = Template("{% load components %}{% component 'components/scene.html' text=text %}")


def test_component_does_not_see_the_page_around_it():
    button = Template("{% load components %}{% component 'components/button.html' label='Go on' %}")
    assert button.render(Context({"url": "/elsewhere/"})) == (
        '\n<button class="usa-button" type="submit">Go on</button>\n'
    )


def test_component_is_written_in_the_language_of_the_page():
    with override("en"):
        english = SKIP.render(Context())
    with override("es"):
        spanish = SKIP.render(Context())
    assert "Exit this page quickly" in english
    assert "Exit this page quickly" not in spanish


def test_safe_text_and_the_same_plain_text_are_not_written_alike():
    text = "<b>x</b>"
    safe, plain = SCENE.render(Context({"text": SafeString(text)})), SCENE.render(Context({"text": text}))
    assert (safe, plain) == (
        '\n<div class="scene"><b>x</b></div>\n',
        '\n<div class="scene">&lt;b&gt;x&lt;/b&gt;</div>\n',
    )


def test_component_is_rendered_once_for_the_same_values(monkeypatch):
    SCENE.render(Context({"text": "once"}))
    monkeypatch.setattr("support.templatetags.components.get_template", None)
    assert SCENE.render(Context({"text": "once"})) == '\n<div class="scene">once</div>\n'


def test_component_is_rendered_anew_while_debugging(settings, monkeypatch):
    SCENE.render(Context({"text": "anew"}))
    settings.DEBUG = True
    changed = Template("<p>{{ text }}</p>")
    monkeypatch.setattr("support.templatetags.components.get_template", lambda name: SimpleNamespace(template=changed))
    assert SCENE.render(Context({"text": "anew"})) == "<p>anew</p>"
