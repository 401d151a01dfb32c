"""Keys that nobody chose. Pure."""

from hashlib import sha256

LONGEST = 80


def exercise_key(step: str, block: str) -> str:
    """The key of the question inside a lesson's block.

    Chosen keys hold no double hyphen, so that it can meet no question of the bank.
    """
    key = f"{step}--{block}"
    return key if len(key) <= LONGEST else f"{step[:40]}--{sha256(key.encode()).hexdigest()[:32]}"


def is_made_up(key: str) -> bool:
    return "--" in key
