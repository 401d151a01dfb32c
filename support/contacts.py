"""What a help line's contact may be: a label in each language, and an address that a browser can follow."""

LANGUAGES = ("en", "es")
SCHEMES = ("tel:", "sms:", "https://", "mailto:")


def problems(contacts: object) -> list[str]:
    if not isinstance(contacts, list) or not contacts:
        return ["contacts must be a list with at least one entry"]
    return [problem for contact in contacts for problem in _problems_of(contact)]


def _problems_of(contact: object) -> list[str]:
    if not isinstance(contact, dict) or set(contact) != {"label", "href"}:
        return ["a contact has exactly a label and a href"]
    found = []
    if not str(contact["href"]).startswith(SCHEMES):
        found.append("the href of a contact starts with tel:, sms:, https:// or mailto:")
    if not is_bilingual(contact["label"]):
        found.append("the label of a contact needs en and es")
    return found


def is_bilingual(text: object) -> bool:
    if not isinstance(text, dict) or set(text) != set(LANGUAGES):
        return False
    return all(isinstance(words, str) and words.strip() for words in text.values())
