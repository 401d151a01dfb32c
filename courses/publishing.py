"""Publish issues in words: one list for the page, the command and the action."""

from collections.abc import Sequence
from datetime import date

import msgspec
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from courses.document import Document
from courses.offer_rules import LONGEST_STATEMENT
from courses.registry import profession_choices
from courses.rules import Finding, findings

MESSAGES: dict[str, tuple[Promise, Promise]] = {
    "courses.E001": (_("A text is missing in a language."), _("Write it, or remove it from the other language.")),
    "courses.E002": (_("The termination date is not in the future."), _("Move the termination date.")),
    "courses.E003": (_("The module has no professional setting."), _("Choose at least one.")),
    "courses.E004": (_("A step is for a setting that the module does not have."), _("Add it to the module.")),
    "courses.E005": (_("A setting has no complete path."), _("Give it the kind of step that is named.")),
    "courses.E006": (_("A form of the test has no question for a setting."), _("Add questions to the bank.")),
    "courses.E007": (_("The two forms of the test differ for a setting."), _("Same number for each objective.")),
    "courses.E008": (_("A question has fewer than two options."), _("Add options.")),
    "courses.E009": (_("A question has no right answer."), _("Mark the right option.")),
    "courses.E010": (_("A question has several right answers but asks for one."), _("Mark one, or ask for several.")),
    "courses.E011": (_("Two options of a question read the same."), _("Reword one of them.")),
    "courses.E012": (_("An exercise lacks categories, or an item has none."), _("Give every item a category.")),
    "courses.E013": (_("A case has a scene that leads nowhere or cannot be reached."), _("Connect it or remove it.")),
    "courses.E014": (_("A picture or file is missing or cannot be read."), _("Upload it again.")),
    "courses.E015": (_("A lesson has no blocks."), _("Write it, or remove it.")),
    "courses.E016": (_("A survey question has fewer than two options."), _("Add options.")),
    "courses.E017": (_("A case does not say where it starts."), _("Choose its first scene.")),
    "courses.E018": (_("No question tests an objective."), _("Add one to each form.")),
    "courses.E019": (_("The numbers in a question differ between the languages."), _("Compare the two texts.")),
    "courses.E020": (_("A translation is older than its source."), _("Compare it with the new words.")),
    "courses.E021": (
        _("A question has fewer choices in one language."),
        _("Write the option in both languages, or archive it."),
    ),
    "courses.E022": (_("A sign-off that the module asks for is missing."), _("Ask for it, or take it off the list.")),
    "courses.E023": (
        _("The right answer of a question is missing in a language."),
        _("Write the option in both languages, or mark another one as right."),
    ),
    "courses.E024": (_("An offer of credit is for a profession that does not exist."), _("Take it off the list.")),
    "courses.E025": (_("An offer of credit can be earned in no language."), _("Tick the languages that earn it.")),
    "courses.E026": (
        _("A statement is too long for the certificate."),
        format_lazy(_("Shorten it to {most} characters."), most=LONGEST_STATEMENT),
    ),
    "courses.E027": (
        _("A text of the certificate has a variable that does not exist."),
        _("Correct its name, or take the braces away."),
    ),
    "courses.E028": (_("An offer of credit has no amount."), _("Write how much credit it gives.")),
    "courses.E029": (_("The module has several certificates of completion."), _("Keep one and archive the others.")),
    "courses.E030": (
        _("An offer of credit lies outside the dates of the module."),
        _("Choose days from the release date to the termination date."),
    ),
    "courses.E031": (_("The last day of an offer of credit has passed."), _("Move it, or archive the offer.")),
}


class Issue(msgspec.Struct, frozen=True):
    """A reason not to publish. `part` settles which part a key names that several kinds share, where it is known."""

    finding: Finding
    part: str = ""

    @property
    def code(self) -> str:
        return self.finding.code

    @property
    def message(self) -> Promise:
        return MESSAGES[self.code][0]

    @property
    def hint(self) -> Promise:
        return MESSAGES[self.code][1]

    @property
    def where(self) -> str:
        return " · ".join(filter(None, ["/".join(self.finding.place), self.finding.name, self.finding.locale]))

    def __str__(self) -> str:
        return f"{self.code} {self.where}: {self.message} {self.hint}"


def publish_issues(document: Document, today: date) -> Sequence[Issue]:
    professions = {key for key, _name in profession_choices()}
    return [Issue(finding) for finding in findings(document, today, professions)]
