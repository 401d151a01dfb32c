"""Credit in one line of a page."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from certificates.document import Facts
from certificates.wording import Described
from courses.choices import CreditType
from courses.credit_words import amount_in_words


def credit_line(facts: Facts, words: Described) -> str:
    """Amount and name of the credit, in the language of `words`; that there is none, where there is none."""
    credit = facts.credit
    with override(words.language):
        if credit.type == CreditType.COMPLETION:
            return _("No credit (demonstration)") if facts.demonstration else _("No credit")
        amount = amount_in_words(credit.type, credit.amount)
    return f"{amount} · {words.credit_name}" if amount else words.credit_name
