"""What a value should have been, in words, where it is not what its field takes. Pure."""

from typing import Any

from msgspec import inspect

from courses.packages.problems import Message, Values
from courses.packages.problems import gettext_noop as _

TOO_LONG = _("“%(name)s” has %(length)d characters; there is room for %(longest)d.")
# Of a text of a certain form the schema itself says which, as `extra` of its type.
FORM = "form"
_EMPTY = _("“%(name)s” has no value.")
_TEXT = _("“%(name)s” must be a text. Put a number, a date, yes or no in quotation marks.")
_NUMBER = _("“%(name)s” must be a whole number from %(least)d to %(most)d.")
_TRUTH = _("“%(name)s” must be true or false.")
_DATE = _("“%(name)s” must be a date, written as 2026-12-31.")
_ONE_OF = _("“%(name)s” must be one of these: %(allowed)s.")
_LIST = _("“%(name)s” must be a list.")
_NAMES = _("“%(name)s” must hold names with their values: %(names)s.")
_OTHER = _("“%(name)s” has a value that is not allowed here.")


def expected(value: Any, kind: Any) -> Message:
    """Of a value that is no `kind`; it lacks the name of the field."""
    info, form = inspect.type_info(kind), _OTHER
    if isinstance(info, inspect.Metadata):
        info, form = info.type, (info.extra or {}).get(FORM, _OTHER)
    if value is None:
        return Message(_EMPTY)
    if isinstance(info, inspect.StrType):
        return _text(value, info, form)
    return Message(*_plain(info))


def _text(value: Any, info: inspect.StrType, form: str) -> Message:
    if not isinstance(value, str):
        return Message(_TEXT)
    if info.max_length and len(value) > info.max_length:
        return Message(TOO_LONG, {"length": len(value), "longest": info.max_length})
    return Message(form)


def _plain(info: inspect.Type) -> tuple[str, Values]:
    match info:
        case inspect.IntType(ge=int(least), le=int(most)):
            return _NUMBER, {"least": least, "most": most}
        case inspect.BoolType():
            return _TRUTH, {}
        case inspect.DateType():
            return _DATE, {}
        case inspect.EnumType(cls=allowed) | inspect.LiteralType(values=allowed):
            return _ONE_OF, {"allowed": ", ".join(allowed)}
        case inspect.ListType():
            return _LIST, {}
        case inspect.StructType(fields=fields):
            return _NAMES, {"names": ", ".join(field.encode_name for field in fields if field.required)}
    return _OTHER, {}
