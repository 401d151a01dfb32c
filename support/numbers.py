"""Whole numbers in addresses and forms, where anybody may have written anything. Pure."""


def whole(text: str, digits: int) -> int | None:
    """A number of so many digits at most, from 0; None for anything else."""
    return int(text) if len(text) <= digits and text.isascii() and text.isdigit() else None
