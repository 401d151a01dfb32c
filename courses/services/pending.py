"""A file between its comparison and its acceptance: kept on the server, so that what was shown is what is taken."""

import re
from contextlib import suppress
from secrets import token_urlsafe

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


def keep(*, content: bytes, by: AbstractBaseUser) -> str:
    """The token it is found by; one file a person, the one before is dropped."""
    drop(by=by)
    token = token_urlsafe(24)
    default_storage.save(_name(token, by), ContentFile(content))
    return token


def kept(token: str, by: AbstractBaseUser) -> bytes | None:
    if not _TOKEN.fullmatch(token) or not default_storage.exists(_name(token, by)):
        return None
    with default_storage.open(_name(token, by)) as file:
        return file.read()


def drop(*, by: AbstractBaseUser) -> None:
    with suppress(FileNotFoundError):
        for name in default_storage.listdir(_folder(by))[1]:
            default_storage.delete(f"{_folder(by)}/{name}")


def _folder(by: AbstractBaseUser) -> str:
    return f"imports/{by.pk}"


def _name(token: str, by: AbstractBaseUser) -> str:
    return f"{_folder(by)}/{token}"
