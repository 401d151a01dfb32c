"""What the paper says, frozen when it is issued and in the certificate's language. Pure.

Fields are added with a default, so that an older certificate stays readable.
"""

from datetime import date

import msgspec

from courses import paths
from courses.document import Document


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    module: str
    title: str
    setting: str
    setting_name: str
    provider: str
    statement: str
    format: str = "online-self-paced"
    minutes: int
    edition: int
    completed_on: date
    demonstration: bool


def freeze(
    document: Document, *, edition: int, setting: str, locale: str, completed_on: date, demonstration: bool
) -> Facts:
    return Facts(
        module=document.key,
        title=document.title[locale],
        setting=setting,
        setting_name=setting_name(document, setting, locale),
        provider=document.provider[locale],
        statement=document.statement[locale],
        minutes=paths.minutes(paths.path(document, setting)),
        edition=edition,
        completed_on=completed_on,
        demonstration=demonstration,
    )


def setting_name(document: Document, key: str, locale: str) -> str:
    setting = document.setting(key)
    return setting.name[locale] if setting else key


def encode(facts: Facts) -> dict:
    return msgspec.to_builtins(facts)


def decode(data: dict) -> Facts:
    return msgspec.convert(data, Facts)
