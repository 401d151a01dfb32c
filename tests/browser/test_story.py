"""The whole way of one learner, from the first page to a certificate that somebody else verifies."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser import content
from tests.browser.learner import Learner
from tests.browser.site import Site
from tests.browser.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NAME = "María José Núñez Ibáñez"
BEFORE = ["before-you-begin", "first-test", "what-trafficking-is"]


@pytest.mark.parametrize("language", ["en", "es"], ids=["in_english", "in_spanish"])
def test_story(
    language: str,
    site: Site,
    begin: Callable[..., Walk],
    learner: Callable[..., Learner],
    valid_html: Callable[[dict[str, str]], None],
) -> None:
    ana = learner(language)
    enrols(ana)
    takes_first_test(ana)
    practises(ana)
    on_another_device = learner(language, known=ana, examine=False)
    goes_on_elsewhere(ana, on_another_device)
    changes_setting_and_back(ana)
    decides_in_case(ana)
    fails_final_test(ana)
    passes_final_test(ana)
    code = takes_certificate(ana, site)
    asks_for_a_correction_and_withdraws_it(ana)
    finds_it_on_the_training_page(ana)
    ana.sign_out()
    third = begin(language)
    verifies(third, code)
    valid_html(ana.walk.pages | third.pages)


def enrols(ana: Learner) -> None:
    words = ana.walk.words
    ana.choose_language()
    ana.choose_module()
    ana.choose_setting("health-care")
    ana.sign_in()
    chosen = ana.page.get_by_role("radio", name=re.compile(re.escape(content.setting("health-care", ana.language))))
    expect(chosen).to_be_checked()
    ana.walk.press(words("See my path"))
    ana.heading(words("Your path"))
    ana.fill_in_profile(NAME)


def takes_first_test(ana: Learner) -> None:
    """Closes the tab in the middle of it: what was chosen is there again."""
    words = ana.walk.words
    ana.training()
    ana.walk.follow(words("Begin"))
    ana.finish_lessons("before-you-begin")
    ana.on_step("first-test")
    ana.start_test()
    for group in ana.questions()[:5]:
        ana.answer(group, right=False)
    expect(ana.page.locator("[data-save-status]")).to_have_text(words("Saved."))
    chosen = ana.chosen()
    ana.walk.new_tab()
    ana.walk.open(f"/{ana.language}/training/")
    ana.go_on()
    ana.start_test("Go on with the test")
    assert (len(chosen), ana.chosen()) == (5, chosen)
    for group in ana.questions()[6:]:
        ana.answer(group, right=True)
    ana.finish_test()
    gap = ana.page.get_by_role("alert")
    expect(gap).to_be_focused()
    expect(gap.get_by_role("link")).to_have_text([words("Question %(gap)s", gap=6)])
    ana.answer(ana.questions()[5], right=True)
    ana.finish_test()
    ana.heading(words("Thank you. That is where you begin."))
    expect(ana.page.get_by_text(words("Every question, explained"))).to_have_count(0)
    ana.go_on()


def practises(ana: Learner) -> None:
    ana.on_step("what-trafficking-is")
    question = content.check("what-trafficking-is", ana.language)
    ana.answer_check(question.wrong[0], verdict="Not quite.")
    ana.answer_check(question.right[0], verdict="Yes.", again=True)
    ana.answer_sort(content.sort("what-trafficking-is", ana.language))
    ana.finish_lesson()
    ana.on_step("risk-and-protection")
    ana.skip_to_summary()
    ana.finish_lesson()


def goes_on_elsewhere(ana: Learner, there: Learner) -> None:
    """The second device opens the step that was open on the first, at the block that was on its screen."""
    ana.on_step("myths")
    on_screen = ana.read_on(3)
    ana.path()
    words = there.walk.words
    there.walk.open(f"/{there.language}/sign-in/")
    there.sign_in()
    there.walk.follow(words("Continue"))
    there.on_step("myths")
    block = there.page.url.partition("#")[2]
    assert block in on_screen
    expect(there.page.locator(f"#{block}")).to_be_in_viewport()
    there.finish_lesson()
    there.finish_lessons("patterns")
    there.on_step("notice-health-care")


def changes_setting_and_back(ana: Learner) -> None:
    words = ana.walk.words
    ana.page.reload()
    before = ana.steps_done()
    asks_to_change(ana, "school-based")
    ana.walk.follow(words("Keep my setting"))
    assert ana.steps_done() == before
    asks_to_change(ana, "school-based")
    confirms_change(ana, "school-based")
    assert ana.steps_done() != before
    asks_to_change(ana, "health-care")
    confirms_change(ana, "health-care")
    assert ana.steps_done() == before


def asks_to_change(ana: Learner, setting: str) -> None:
    words = ana.walk.words
    ana.walk.follow(words("change"))
    ana.walk.choose(content.setting(setting, ana.language))
    ana.walk.press(words("See what would change"))
    ana.heading(words("This is what changes"))
    expect(ana.page.locator(".receipt").get_by_role("heading")).to_have_count(3)


def confirms_change(ana: Learner, setting: str) -> None:
    words, name = ana.walk.words, content.setting(setting, ana.language)
    ana.walk.press(words("Change to: %(to)s", to=name))
    ana.says(words("Your path is now the one for: %(setting)s.", setting=name))


def decides_in_case(ana: Learner) -> None:
    words = ana.walk.words
    ana.go_on()
    ana.finish_lessons(
        "notice-health-care", "prepare-to-ask", "ask-health-care", "respond-together", "respond-health-care"
    )
    ana.on_step("case-health-care")
    ana.play_case(content.decisions("case-health-care", ana.language, "strong"))
    ending = ana.page.locator("#now-title")
    expect(ending).to_have_text(words("How it ends: a strong finish"))
    ana.walk.switch_language()
    expect(ending).to_have_text(ana.walk.words("How it ends: a strong finish"))
    ana.walk.switch_language()
    ana.walk.follow(words("Try the case another way"))
    expect(ending).to_have_text(words("The situation"))
    ana.play_case(content.decisions("case-health-care", ana.language, "mixed"))
    expect(ending).to_have_text(words("How it ends: room to try another way"))


def fails_final_test(ana: Learner) -> None:
    """Locked until all else is done; a failed attempt tells the objectives to look at, and no answer."""
    words = ana.walk.words
    ana.path()
    ana.walk.follow(re.compile(re.escape(content.title("final-test", ana.language))))
    ana.says(words("This step opens when these are done:"))
    ana.walk.follow(content.title("caring-for-yourself", ana.language), ana.page.locator("article"))
    ana.finish_lessons("caring-for-yourself")
    ana.on_step("final-test")
    ana.start_test()
    ana.answer_all(wrong=4)
    ana.finish_test()
    ana.heading(words("%(score)s%%: not yet passed", score=66))
    ana.says(words("How it went, by objective"))
    assert ana.explained() == []


def passes_final_test(ana: Learner) -> None:
    """Changes the language in the middle and back: every choice travels, though nothing was handed in."""
    ana.walk.press(ana.walk.words("Try again"))
    ana.holds_no_key()
    for group in ana.questions()[:7]:
        ana.answer(group, right=True)
    chosen = ana.chosen()
    ana.walk.switch_language()
    assert (len(chosen), ana.chosen()) == (7, chosen)
    ana.holds_no_key()
    for group in ana.questions()[7:9]:
        ana.answer(group, right=True)
    ana.walk.switch_language()
    assert ana.chosen()[:7] == chosen
    for group in ana.questions()[9:]:
        ana.answer(group, right=True)
    ana.finish_test()
    words = ana.walk.words
    ana.heading(words("%(score)s%%: you passed", score=100))
    assert len(ana.explained()) == 12
    ana.go_on()


def takes_certificate(ana: Learner, site: Site) -> str:
    words = ana.walk.words
    ana.answer_survey()
    ana.walk.press(words("Send my answers"))
    ana.says(words("Thank you. Your answers were stored without your name."))
    chosen = re.compile(re.escape(content.offer("nursing", ana.language)))
    expect(ana.page.get_by_role("radio", name=chosen)).to_be_checked()
    ana.choose_certificate(content.offer("nursing", ana.language))
    name = ana.page.get_by_label(words("Name on your certificate"))
    expect(name).to_have_value(NAME)
    ana.walk.press(words("Show how it looks"))
    expect(ana.page.get_by_role("heading", level=2, name=NAME)).to_be_visible()
    ana.walk.press(words("Issue my certificate"))
    expect(ana.page.get_by_role("alert")).to_contain_text(words("Enter the number of your license."))
    ana.page.get_by_label(words("License number")).fill("RN 884213")
    with site.without_jobs():
        ana.walk.press(words("Issue my certificate"))
        ana.heading(words("Your certificate is being drawn"))
        code = ana.certificate_code()
    expect(ana.page.get_by_role("heading", level=1)).to_have_text(words("Your certificate is ready"), timeout=30_000)
    ana.walk.look()
    ana.open_paper({"en": "English", "es": "Spanish"}[ana.language])
    ana.draw_paper("English and Spanish")
    ana.open_paper("English and Spanish")
    return code


def asks_for_a_correction_and_withdraws_it(ana: Learner) -> None:
    words = ana.walk.words
    ana.walk.follow(words("Ask for a correction"))
    ana.page.get_by_label(words("Your name, as it should stand")).fill("María Núñez")
    ana.walk.press(words("Send my request"))
    expect(ana.page.get_by_role("alert")).to_contain_text(words("Say what is wrong."))
    ana.page.get_by_label(words("What is wrong, and how it happened")).fill("José")
    ana.walk.press(words("Send my request"))
    ana.says(words("Waiting for a decision", "correction"))
    ana.walk.press(words("Withdraw my request"))
    ana.says(words("Withdrawn", "correction"))


def finds_it_on_the_training_page(ana: Learner) -> None:
    words = ana.walk.words
    ana.training()
    mine = ana.page.get_by_role("region", name=words("Your certificates"))
    expect(mine.get_by_role("heading", level=3)).to_have_text([content.module(ana.language)])
    ana.walk.follow(words("Open the certificate"), mine)
    ana.heading(words("Your certificate is ready"))


def verifies(third: Walk, code: str) -> None:
    """Somebody who never signed in holds the paper; a mistyped code tells nothing."""
    words = third.words
    third.open(f"/{third.language}/")
    third.follow(words("Verify a certificate"))
    field = third.page.get_by_label(words("Verification code", "certificate"))
    field.fill("2222-2222-2222-2222")
    third.press(words("Verify", "certificate"))
    expect(third.page.get_by_role("alert")).to_contain_text(words("We know no certificate with this code"))
    field.fill(code.lower().replace("-", " "))
    third.press(words("Verify", "certificate"))
    expect(third.page.get_by_role("heading", level=2).first).to_have_text(words("This certificate is valid"))
    expect(third.page.locator("dl")).to_contain_text(NAME)
    assert "@" not in third.page.locator("main").inner_text()
