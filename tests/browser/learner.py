import re

from playwright.sync_api import APIResponse, Locator, Page, expect

from tests.browser import content
from tests.browser.walk import Walk

CODE = re.compile(r"\b[A-Z0-9]{3}-[A-Z0-9]{3}\b")
OUTBOX = 'This demonstration sends no e-mail. <a href="%(outbox_url)s">Read your code in the local outbox</a>.'
SKIP = 'You can <a href="%(skip_url)s">skip to the summary</a>; it counts the same.'
PLACES = "inputs => inputs.map(({ name, value }) => `${name}=${value}`)"
ON_SCREEN = """blocks => blocks.filter((block) => {
    const { top, bottom } = block.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
}).map(({ id }) => id)"""


class Learner:
    """What a learner does with the pages, in whichever language they are."""

    def __init__(self, walk: Walk, email: str, signed_in_before: int = 0) -> None:
        self.walk, self.email, self._signed_in_before = walk, email, signed_in_before

    @property
    def page(self) -> Page:
        return self.walk.page

    @property
    def language(self) -> str:
        return self.walk.language

    def heading(self, text: str) -> None:
        expect(self.page.get_by_role("heading", level=1, name=text, exact=True)).to_be_visible()

    def says(self, text: str) -> None:
        expect(self.page.locator("main").get_by_text(text).first).to_be_visible()

    # Coming in

    def choose_language(self) -> None:
        self.walk.open("/")
        self.walk.follow(self.walk.words({"en": "Continue in English", "es": "Continue in Spanish"}[self.language]))

    def choose_module(self) -> None:
        self.walk.follow(content.module(self.language))

    def choose_setting(self, key: str) -> None:
        words = self.walk.words
        self.walk.follow(words("Choose your professional setting"))
        self.walk.choose(content.setting(key, self.language))
        self.walk.press(words("See my path"))

    def ask_for_code(self) -> None:
        words = self.walk.words
        self.page.get_by_label(words("Your e-mail address")).fill(self.email)
        self.walk.press(words("Send me a code"))

    def enter_code(self) -> None:
        words = self.walk.words
        here = self.page.url
        self.walk.follow(words.link(OUTBOX))
        code = self._code()
        self.page.goto(here)
        self.page.get_by_label(words("Code from the e-mail")).fill(code)
        self.walk.press(words("Sign in"))

    def _code(self) -> str:
        mail = self.page.get_by_role("article").filter(has_text=self.email)
        for _look in range(40):
            if mail.count() > self._signed_in_before:
                self.walk.look()
                return CODE.search(mail.first.inner_text()).group()
            self.page.wait_for_timeout(250)
            self.page.reload()
        raise AssertionError("no code arrived")

    def sign_in(self) -> None:
        self.ask_for_code()
        self.enter_code()

    def fill_in_profile(self, name: str) -> None:
        words = self.walk.words
        with self.page.expect_event("load"):
            self.page.get_by_role("contentinfo").get_by_role("link", name=words("Your profile")).click()
        self.walk.look()
        self.page.get_by_label(words("Name on your certificate")).fill(name)
        profession = re.compile(rf"^{words('Profession')}\b")  # and not “Professional setting”
        self.page.get_by_label(profession).select_option(words("Nurse"))
        self.page.get_by_label(words("State or territory where you work")).select_option("TX")
        self.walk.press(words("Save my profile"))
        self.says(words("Your profile is saved."))

    def sign_out(self) -> None:
        words = self.walk.words
        with self.page.expect_event("load"):
            self.page.get_by_role("contentinfo").get_by_role("link", name=words("Your profile")).click()
        self.walk.press(words("Sign out"))
        self.says(words("You are signed out. Your progress is kept."))

    # On the path

    def training(self) -> None:
        with self.page.expect_event("load"):
            self.page.get_by_role("banner").get_by_role("link", name=self.walk.words("My training")).click()
        self.walk.look()

    def path(self) -> None:
        """To the overview, from any step."""
        with self.page.expect_event("load"):
            self.page.get_by_role("link", name=self.walk.words("What is left"), exact=True).first.click()
        self.walk.look()

    def go_on(self) -> None:
        self.walk.follow(self.walk.words("Continue"))

    def steps_done(self) -> str:
        return self.page.get_by_role("navigation", name=self.walk.words("Every step")).inner_text()

    def on_step(self, step: str) -> None:
        self.heading(content.title(step, self.language))

    def finish_lesson(self) -> None:
        self.walk.press(self.walk.words("Finish and continue"))

    def finish_lessons(self, *steps: str) -> None:
        for step in steps:
            self.on_step(step)
            self.finish_lesson()

    def read_on(self, blocks: int) -> list[str]:
        """Scrolls past some blocks; which ones are on the screen then."""
        self.page.locator("[data-block]").nth(blocks).evaluate("block => block.scrollIntoView()")
        self.page.wait_for_timeout(200)
        return self.page.locator("[data-block]").evaluate_all(ON_SCREEN)

    def skip_to_summary(self) -> None:
        self.page.locator("main").get_by_role("link", name=self.walk.words.link(SKIP)).click()
        expect(self.page.locator("#summary")).to_be_in_viewport()

    # Practice

    def answer_check(self, text: str, *, verdict: str, again: bool = False) -> None:
        form = self.page.locator(".practice").filter(has=self.page.get_by_role("radio"))
        self.walk.choose(text, form)
        words = self.walk.words
        form.get_by_role("button", name=words("Try again" if again else "See the answer")).click()
        answered = form.locator(".option").filter(has_text=re.compile(r"\s+".join(map(re.escape, text.split()))))
        expect(answered.locator("strong")).to_have_text(words(verdict))
        self.walk.look()

    def answer_sort(self, places: dict[str, str]) -> None:
        form = self.page.locator(".practice").filter(has=self.page.get_by_role("combobox"))
        for item, place in places.items():
            form.get_by_label(item, exact=True).select_option(place)
        words = self.walk.words
        form.get_by_role("button", name=words("See the answer")).click()
        expect(form.locator("strong")).to_have_text([words("Yes.")] * len(places))
        self.walk.look()

    def play_case(self, decisions: list[str]) -> None:
        for decision in decisions:
            self.decide(decision)

    def decide(self, decision: str) -> None:
        self.walk.choose(decision, self.page.locator("#decision"))
        self.page.locator("#decision").get_by_role("button", name=self.walk.words("Do this")).click()
        expect(self.page.locator("#case .case__choice").last).to_contain_text(decision)
        self.walk.look()

    # Tests

    def start_test(self, name: str = "Start the questions") -> None:
        self.walk.press(self.walk.words(name))
        self.holds_no_key()

    def holds_no_key(self) -> None:
        """What a test's page sends cannot tell which option is right."""
        values = self.page.locator("#test input:not([type=hidden])").evaluate_all(
            "all => all.map(({ value }) => value)"
        )
        assert (self.explained(), [value for value in values if not value.isdigit()]) == ([], [])

    def explained(self) -> list[str]:
        """The questions whose explanation is somewhere in the page, shown or not."""
        html = " ".join(self.page.content().split())
        return [question.stem for question in content.questions(self.language) if question.explanation in html]

    def questions(self) -> list[Locator]:
        return self.page.locator("#test").get_by_role("group").all()

    def asked(self, group: Locator) -> content.Question:
        number, words = group.locator(".question__number").inner_text(), group.locator("legend").inner_text()
        return content.question(words.removeprefix(number), self.language)

    def answer(self, group: Locator, *, right: bool) -> None:
        question = self.asked(group)
        self.walk.choose((question.right if right else question.wrong)[0], group)

    def chosen(self) -> list[str]:
        """What is chosen on the page, in its order, by place: the same in both languages."""
        return self.page.locator("main input:checked").evaluate_all(PLACES)

    def answer_all(self, *, wrong: int = 0) -> None:
        for place, group in enumerate(self.questions()):
            self.answer(group, right=place >= wrong)

    def finish_test(self) -> None:
        self.walk.press(self.walk.words("Finish the test"))

    def answer_survey(self) -> None:
        for prompt in content.survey_scales(self.language):
            self.walk.choose("5", self.walk.group(prompt))
        for prompt, choice in content.survey_choices(self.language):
            self.walk.choose(choice, self.walk.group(prompt))

    # All of it

    def pass_test(self) -> None:
        self.start_test()
        self.answer_all()
        self.finish_test()
        self.go_on()

    def complete(self, setting: str) -> None:
        """The module, from its first step, the shortest way."""
        self.finish_lessons("before-you-begin")
        self.pass_test()
        shared = ("what-trafficking-is", "risk-and-protection", "myths", "patterns", f"notice-{setting}")
        own = ("prepare-to-ask", f"ask-{setting}", "respond-together", f"respond-{setting}")
        self.finish_lessons(*shared, *own)
        self.play_case(content.decisions(f"case-{setting}", self.language, "strong"))
        self.go_on()
        self.finish_lessons("caring-for-yourself")
        self.pass_test()
        self.answer_survey()
        self.walk.press(self.walk.words("Send my answers"))

    # The certificate

    def choose_certificate(self, offer: str) -> None:
        """By the name of its offer."""
        self.heading(self.walk.words("Which certificate would you like?"))
        self.walk.choose(offer)
        self.walk.press(self.walk.words("Continue with this one"))
        self.heading(self.walk.words("Which name shall we print?"))

    def paper(self, kind: str) -> str:
        """The words of the link to a paper: English, Spanish, or English and Spanish."""
        return self.walk.words("Open the PDF: %(language)s", language=self.walk.words(kind))

    def open_paper(self, kind: str) -> None:
        paper = self.fetch(self.paper(kind))
        assert (paper.status, paper.headers["content-type"], paper.body()[:5]) == (200, "application/pdf", b"%PDF-")

    def draw_paper(self, kind: str) -> None:
        words = self.walk.words
        self.walk.press(words("Make it in this language too: %(language)s", language=words(kind)))
        expect(self.page.get_by_role("link", name=self.paper(kind))).to_be_visible(timeout=30_000)

    def certificate_code(self) -> str:
        return self.page.locator("#verify ~ p strong").inner_text()

    def fetch(self, link: str) -> APIResponse:
        address = self.page.get_by_role("link", name=link, exact=True).get_attribute("href")
        return self.walk.context.request.get(self.walk.site.url + address)
