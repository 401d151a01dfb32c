"""The same way without any script: every page is a form and a link. Told in Spanish."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser import content
from tests.browser.learner import Learner
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NAME = "Íñigo Peña Güemes"
WITH_EXERCISES = "what-trafficking-is"


def test_story_without_javascript(
    site: Site, learner: Callable[..., Learner], valid_html: Callable[[dict[str, str]], None]
) -> None:
    luz = learner("es", java_script_enabled=False, examine=False)
    enrols_after_switching_language(luz)
    takes_first_test_in_two_languages(luz)
    finishes_lessons_and_case(luz)
    passes_final_test(luz)
    answers_survey_in_two_languages(luz)
    takes_certificate(luz, site)
    valid_html(luz.walk.pages)


def enrols_after_switching_language(luz: Learner) -> None:
    words = luz.walk.words
    luz.choose_language()
    luz.choose_module()
    luz.walk.follow(words("Choose your professional setting"))
    luz.walk.choose(content.setting("social-services", luz.language))
    there_and_back(luz)
    luz.walk.press(words("See my path"))
    luz.sign_in()
    luz.walk.press(words("See my path"))
    luz.fill_in_profile(NAME)
    luz.training()
    luz.walk.follow(words("Begin"))


def there_and_back(luz: Learner) -> None:
    """What was chosen and not sent is still chosen, in the other language and in the first again."""
    chosen = luz.chosen()
    for _language in ("other", "first"):
        luz.walk.switch_language()
        assert luz.chosen() == chosen != []


def takes_first_test_in_two_languages(luz: Learner) -> None:
    luz.finish_lessons("before-you-begin")
    luz.start_test()
    for group in luz.questions()[:4]:
        luz.answer(group, right=True)
    there_and_back(luz)
    luz.finish_test()
    expect(luz.page.get_by_role("alert").get_by_role("link")).to_have_count(8)
    for group in luz.questions()[4:]:
        luz.answer(group, right=False)
    luz.finish_test()
    luz.says(luz.walk.words("How it went, by objective"))
    luz.go_on()


def finishes_lessons_and_case(luz: Learner) -> None:
    luz.on_step(WITH_EXERCISES)
    question = content.check(WITH_EXERCISES, luz.language)
    luz.answer_check(question.wrong[0], verdict="Not quite.")
    luz.answer_check(question.right[0], verdict="Yes.", again=True)
    luz.answer_sort(content.sort(WITH_EXERCISES, luz.language))
    luz.finish_lessons(
        WITH_EXERCISES,
        "risk-and-protection",
        "myths",
        "patterns",
        "notice-social-services",
        "prepare-to-ask",
        "ask-social-services",
        "respond-together",
        "respond-social-services",
    )
    luz.play_case(content.decisions("case-social-services", luz.language, "strong"))
    luz.go_on()
    luz.finish_lessons("caring-for-yourself")


def passes_final_test(luz: Learner) -> None:
    words = luz.walk.words
    luz.start_test()
    luz.answer_all()
    luz.finish_test()
    luz.heading(words("%(score)s%%: you passed", score=100))
    luz.go_on()


def answers_survey_in_two_languages(luz: Learner) -> None:
    luz.answer_survey()
    comment = luz.page.get_by_role("textbox")
    comment.fill("Claro y útil")
    there_and_back(luz)
    expect(comment).to_have_value("Claro y útil")
    luz.walk.press(luz.walk.words("Send my answers"))


def takes_certificate(luz: Learner, site: Site) -> None:
    words = luz.walk.words
    luz.heading(words("Which certificate would you like?"))
    luz.walk.choose(content.offer("completion", luz.language))
    there_and_back(luz)
    luz.choose_certificate(content.offer("completion", luz.language))
    luz.page.get_by_label(words("Name on your certificate")).fill("Íñigo Peña")
    luz.walk.switch_language()
    luz.walk.switch_language()
    expect(luz.page.get_by_label(words("Name on your certificate"))).to_have_value("Íñigo Peña")
    with site.without_jobs():
        luz.walk.press(words("Issue my certificate"))
        luz.heading(words("Your certificate is being drawn"))
    for _look in range(60):
        if luz.page.get_by_role("link", name=words("Check again")).count() == 0:
            break
        luz.page.wait_for_timeout(500)
        luz.walk.follow(words("Check again"))
    luz.heading(words("Your certificate is ready"))
    luz.walk.follow(words("See what they will see"))
    luz.says(words("This certificate is valid"))
