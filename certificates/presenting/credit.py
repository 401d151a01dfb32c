"""Credit in one line of a page."""

from django.utils.translation import gettext as _

from certificates.document import Facts
from courses.choices import CreditType
from courses.credit_words import amount_in_words


def credit_line(facts: Facts, name: str) -> str:
    """Amount and `name` of the credit; that there is none, where there is none."""
    credit = facts.credit
    if credit.type == CreditType.COMPLETION:
        return _("No credit (demonstration)") if facts.demonstration else _("No credit")
    amount = amount_in_words(credit.type, credit.amount)
    return f"{amount} · {name}" if amount else name
