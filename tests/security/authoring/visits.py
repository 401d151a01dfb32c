"""Every page that can show what somebody wrote, by the name of its address; and why the others are not among them."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.urls import URLPattern, get_resolver, reverse
from django.utils.translation import override

from courses.models import Block, Module, Setting, Step, Term

LESSONS_AND_CASES = ("shared", "clinic-lesson", "clinic-case", "school-case")
STEPS = ("first-test", *LESSONS_AND_CASES, "final-test", "survey")
M = "basics"

# What shows nothing that anybody wrote, or is looked at elsewhere.
EXCEPTIONS = {
    "healthz": "one word",
    "readyz": "one word",
    "front-door": "leads to a language",
    "verify": "leads to a language",
    "verify-code": "leads to a language",
    "verify-key": "a public key",
    "learning:seen": "answers nothing",
    "accounts:resend": "leads back to the page of the code",
    "accounts:demo": "a demonstration's own sign-in",
    "accounts:sign-out": "leads to the first page",
    "support:outbox": "a demonstration's own mail",
    "certificates:file": "a PDF",
    "certificates:transcript-file": "a PDF",
    "studio:certificate-paper": "a PDF",
    "studio:redraw-paper": "a button beside a file that is lost",
    "ornament": "a drawing without a word",
    "certificates:name-of": "the page of certificates:name, of an earlier completion",
    "courses:figure": "a picture, kept from running by its own policy: tests/courses/test_views.py",
    "courses:file": "a PDF to keep: tests/courses/test_views.py",
    "interop:schema": "says nothing of any module",
    "studio:render": "a piece of a page, in test_answers.py",
    "interop:answer": "numbers alone",
}


# What only takes what is sent to it.
_STUDIO = """
add-section add-setting add-step archive ask-for-review assign-settings change-release decide-correction
desk-reviewed duplicate-step grant-attempt list-add list-archive list-move list-restore move part-add part-archive
part-duplicate part-move part-restore publish question-archive question-duplicate question-move question-restore
question-twin restore retry-reissue revoke-role set-sign-offs shared-add shared-archive shared-move shared-restore
sign-off stop-reissue take-back undo-unchanged
"""
POSTED = {
    *("accounts:token", "certificates:papers", "certificates:withdraw-correction"),
    *(f"studio:{name}" for name in _STUDIO.split()),
}


class Visit(NamedTuple):
    name: str
    arguments: tuple = ()
    query: str = ""

    def url(self, locale: str) -> str:
        with override(locale):
            return reverse(self.name, args=self.arguments) + self.query


class Numbers(NamedTuple):
    """Of the rows that addresses name."""

    text: int = 1
    figure: int = 1
    download: int = 1
    step: int = 1
    setting: int = 1
    term: int = 1
    learner: int = 1

    @classmethod
    def of(cls, module: Module, learner: int) -> "Numbers":
        blocks = {block.key: block.pk for block in Block.objects.filter(step__module=module, step__key="shared")}
        step, setting = Step.objects.get(key="shared").pk, Setting.objects.get(key="clinic").pk
        term = Term.objects.earliest("pk").pk
        return cls(blocks["intro"], blocks["figure"], blocks["card"], step, setting, term, learner)


def public() -> Iterator[Visit]:
    """For somebody who is not signed in."""
    for name in ("learning:home", "accounts:sign-in", "accounts:code", "certificates:verify", "certificates:keys"):
        yield Visit(name)
    for name in ("help", "accessibility", "privacy", "about", "exit"):
        yield Visit(f"support:{name}")
    yield Visit("learning:module", (M,))
    yield Visit("learning:choose-setting", (M,))
    yield Visit("certificates:verify-file")


def learner() -> Iterator[Visit]:
    """For somebody who is on the way."""
    yield Visit("learning:home")
    yield Visit("learning:module", (M,))
    yield Visit("learning:training")
    yield Visit("learning:path", (M,))
    yield Visit("learning:continue", (M,))
    yield Visit("learning:change-setting", (M,))
    yield Visit("learning:change-setting", (M,), "?to=school")
    yield from (Visit("learning:step", (M, step)) for step in STEPS)
    yield Visit("accounts:profile")
    yield Visit("accounts:close")


def attempts() -> Iterator[Visit]:
    """For somebody who has begun the first test, and for somebody who has handed in the final one."""
    yield Visit("learning:attempt", (M, "first-test", 1))
    yield Visit("learning:result", (M, "final-test", 1))


def moving() -> Iterator[Visit]:
    """For somebody whose edition is not the newest."""
    yield Visit("learning:path", (M,))
    yield Visit("learning:training")
    yield Visit("learning:change-edition", (M,))
    yield Visit("learning:change-edition", (M,), "?setting=school")


def certified(code: str, transcript: int = 1) -> Iterator[Visit]:
    """For somebody who holds a certificate and has asked for a transcript."""
    for name in ("certificate", "status", "verified", "correction", "renew", "last-day"):
        yield Visit(f"certificates:{name}", (code,))
    yield from (Visit("certificates:print", (code,), f"?paper={paper}") for paper in ("en", "es", "both"))
    yield Visit("certificates:transcript")
    yield Visit("certificates:transcript-table", ("table",))
    yield from (Visit(f"certificates:transcript-{name}", (transcript,)) for name in ("paper", "status"))
    yield Visit("learning:training")
    yield Visit("learning:path", (M,))


def studio(ids: Numbers) -> Iterator[Visit]:
    for name in ("home", "new-module", "glossary", "settings", "package-new", "find-learner", "people"):
        yield Visit(f"studio:{name}")
    names = ("outline", "details", "map", "bank", "new-question", "crosswalk", "desk", "review", "history", "preview")
    for name in (*names, "package", "package-export", "package-import", "xliff-import", "learners", "learners-file"):
        yield Visit(f"studio:{name}", (M,))
    for page in (2, 3):
        yield from (Visit(f"studio:{name}", (M,), f"?page={page}") for name in ("desk", "history"))
    yield from (Visit("studio:step", (M, step)) for step in STEPS)
    yield Visit("studio:case-map", (M, "clinic-case"))
    yield from (Visit("studio:question", (M, key)) for key in ("a1", "a2", "b1", "b2"))
    yield from (Visit("studio:xliff-export", (M, locale)) for locale in ("en", "es"))
    yield Visit("studio:part", (M, "block", ids.text))
    yield Visit("studio:part-history", (M, "block", ids.text))
    yield from (Visit("studio:shared-part", part) for part in (("setting", ids.setting), ("term", ids.term)))
    yield from (Visit("studio:shared-history", part) for part in (("setting", ids.setting), ("term", ids.term)))
    yield Visit("studio:desk-text", (M, "block", ids.text, "body"))
    yield Visit("studio:picture-upload", (M, ids.figure, "en"))
    yield Visit("studio:file-upload", (M, ids.download, "en"))
    yield Visit("studio:archive", (M, "step", ids.step))
    yield Visit("studio:drop-setting", (M, "clinic"))
    yield Visit("studio:release", (M, 1))
    yield Visit("studio:learner", (ids.learner,))


def of_certificates(code: str, reissues: Iterable[int] = (1,)) -> Iterator[Visit]:
    """For whoever looks after them."""
    yield Visit("studio:reissues", (M,))
    yield from (Visit(f"studio:{name}", (M, row)) for row in reissues for name in ("reissue", "reissue-status"))
    for name in ("find-certificate", "corrections"):
        yield Visit(f"studio:{name}")
    for name in ("certificate", "correct-certificate", "revoke-certificate"):
        yield Visit(f"studio:{name}", (code,))
    yield from (Visit("studio:offer-paper", (M, "paper"), f"?paper={paper}") for paper in ("en", "es", "both"))


def previews() -> Iterator[Visit]:
    for language in ("en", "es"):
        for name in ("module", "setting", "path", "certificate"):
            yield Visit(f"studio:preview-{name}", (M,), f"?language={language}&progress=all")
        for setting in ("clinic", "school"):
            yield from _steps(f"?language={language}&setting={setting}&progress=before-test")
        for form in "AB":
            asked = f"?language={language}&form={form}&progress=all"
            yield Visit("studio:preview-questions", (M, "final-test"), asked)
            yield Visit("studio:preview-result", (M, "final-test"), asked)
        yield Visit("studio:preview-step", (M, "survey"), f"?language={language}&progress=5")
    yield Visit("studio:preview-step", (M, "shared"), "?device=phone")
    yield Visit("studio:preview-step", (M, "shared"), "?device=phone&framed=1")
    yield Visit("studio:preview-step", (M, "shared"), "?source=1")


def _steps(asked: str) -> Iterator[Visit]:
    other = "school-case" if "clinic" in asked else "clinic-"
    yield from (Visit("studio:preview-step", (M, key), asked) for key in STEPS if not key.startswith(other))


def interfaces() -> Iterator[Visit]:
    """What programs read."""
    yield Visit("interop:modules")
    yield Visit("interop:module", (M,))
    yield Visit("interop:path", (M, "clinic"))
    yield Visit("interop:enrolments")
    yield Visit("interop:enrolment", (M,))


def of_certificate(code: str) -> Visit:
    return Visit("interop:certificate", (code,))


def every_visit() -> Iterator[Visit]:
    ids, code = Numbers(), "code"
    yield from (*public(), *learner(), *attempts(), *moving(), *certified(code))
    yield from (*studio(ids), *of_certificates(code), *previews())
    yield from (*interfaces(), of_certificate(code), Visit("certificates:name", (M,)))


def names_of_addresses() -> set[str]:
    """All there are, but for those of the back office, which are Django's."""
    return {name for name in _names(get_resolver().url_patterns) if not name.startswith("admin:")}


def _names(patterns: list, above: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield f"{above}{pattern.name}"
        else:
            yield from _names(pattern.url_patterns, f"{above}{pattern.namespace}:" if pattern.namespace else above)
