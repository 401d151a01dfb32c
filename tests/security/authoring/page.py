"""A page as a browser builds it: what in it could run or lead elsewhere, which marks it shows, what can be sent."""

import re
from functools import cached_property
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import tinyhtml5
from django.http import HttpResponse

from tests.security.authoring.words import MARK

NEVER = {"style", "base", "object", "embed", "applet", "frame", "frameset", "portal"}
ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "srcset", "background", "cite", "ping"}
TYPED = {"text", "search", "email", "url", "tel", "password"}
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f]")


class Field:
    def __init__(self, tag: str, attributes: dict[str, str], element: Element) -> None:
        self.name = attributes.get("name", "")
        self.kind = attributes.get("type", "text").lower() if tag == "input" else tag
        self.is_typed = self.kind in TYPED or tag == "textarea"
        self.is_ticked = "checked" in attributes
        self.goes_to = attributes.get("formaction", "")
        self.value = attributes.get("value", "on" if self.kind in {"checkbox", "radio"} else "")
        if tag == "textarea":
            self.value = "".join(element.itertext())
        if tag == "select":
            self.value = _chosen(element)

    @property
    def is_button(self) -> bool:
        return self.kind in {"submit", "image", "button"}


def _chosen(select: Element) -> str:
    """What is selected, else the first option that says something."""
    options = [option for option in select.iter() if _name(option.tag) == "option"]
    picked = [o for o in options if "selected" in o.attrib] or [o for o in options if o.get("value")] or options
    return (picked[0].get("value") or "") if picked else ""


class Form:
    def __init__(self, attributes: dict[str, str]) -> None:
        self.id = attributes.get("id", "")
        self.action = attributes.get("action", "")
        self.method = attributes.get("method", "get").lower()
        self.fields: list[Field] = []

    @property
    def typed(self) -> list[Field]:
        return [field for field in self.fields if field.is_typed and field.name]

    @property
    def files(self) -> list[Field]:
        return [field for field in self.fields if field.kind == "file"]

    @property
    def buttons(self) -> list[Field]:
        return [field for field in self.fields if field.is_button and field.kind != "button"]

    def values(self) -> dict[str, list[str]]:
        """As a browser would send it, with something chosen wherever something can be."""
        found: dict[str, list[str]] = {}
        for field in self.fields:
            if field.is_button or field.kind == "file" or not field.name:
                continue
            if field.kind == "radio":
                if field.is_ticked or field.name not in found:
                    found[field.name] = [field.value]
            else:
                found.setdefault(field.name, []).append(field.value)
        return found


class Page:
    def __init__(self, html: str) -> None:
        self.root = tinyhtml5.parse(html, namespace_html_elements=False)

    @cached_property
    def elements(self) -> list[tuple[str, dict[str, str], Element]]:
        return [
            (_name(element.tag), {_name(name): value for name, value in element.attrib.items()}, element)
            for element in self.root.iter()
            if isinstance(element.tag, str)
        ]

    @cached_property
    def said(self) -> str:
        """Every word, also of attributes."""
        return "\n".join(
            [*self.root.itertext(), *(v for _tag, given, _element in self.elements for v in given.values())]
        )

    @property
    def marks(self) -> set[str]:
        return set(MARK.findall(self.said))

    @property
    def dangers(self) -> list[str]:
        found = [danger for tag, given, element in self.elements for danger in _dangers(tag, given, element)]
        return found + (["a template has read it"] if "evaluated" in self.said else [])

    @property
    def forms(self) -> list[Form]:
        found, inside = [], {}
        for tag, given, element in self.elements:
            if tag == "form":
                found.append(Form(given))
                inside |= dict.fromkeys(map(id, element.iter()), found[-1])
        for tag, given, element in self.elements:
            if tag in {"input", "textarea", "select", "button"}:
                owner = next((form for form in found if form.id and form.id == given.get("form")), None)
                form = owner or inside.get(id(element))
                if form:
                    field = Field(tag, given, element)
                    field.kind = given.get("type", "submit") if tag == "button" else field.kind
                    form.fields.append(field)
        return found


def _name(name: str) -> str:
    return name.rpartition("}")[2].lower()


def _dangers(tag: str, given: dict[str, str], element: Element) -> list[str]:
    found = [f"<{tag}>"] if tag in NEVER else []
    if tag == "script" and ((element.text or "").strip() or not given.get("src", "").startswith("/static/")):
        found.append("<script>")
    if tag == "iframe" and not given.get("src", "").startswith(("/en/studio/", "/es/studio/")):
        found.append("<iframe>")
    if tag == "meta" and "http-equiv" in given:
        found.append("<meta http-equiv>")
    if tag == "form" and not is_own(given.get("action", "")):
        found.append("<form> to elsewhere")
    for name, value in given.items():
        if name.startswith("on") or "evil" in name or name in {"style", "srcdoc"} or not re.fullmatch(r"[\w:-]+", name):
            found.append(f"{tag} {name}")
        if name in ADDRESSES and not _may_lead_to(tag, value):
            found.append(f"{tag} {name}={value}")
    return found


def _may_lead_to(tag: str, address: str) -> bool:
    """A link may lead to another site that is safe to go to, a certificate's square code is drawn where it stands, as
    a picture that can run nothing; everything else stays here.
    """
    if tag == "img" and address.startswith("data:image/svg+xml;"):
        return True
    if tag == "a" and urlsplit(_UNSEEN.sub("", address)).scheme.lower() in {"https", "tel", "mailto"}:
        return True
    return is_own(address)


def is_own(address: str) -> bool:
    plain = _UNSEEN.sub("", address).replace("\\", "/")
    if plain.startswith("//"):
        return False
    parts = urlsplit(plain)
    return not parts.scheme or (parts.scheme in {"http", "https"} and parts.netloc == "testserver")


def page_of(response: HttpResponse) -> Page:
    """Built once: a large page takes a while."""
    if not hasattr(response, "page_seen"):
        response.page_seen = Page(response.content.decode())
    return response.page_seen


def dangers(response: HttpResponse) -> list[str]:
    """Of a response of any kind: a page by its elements, anything else by what a browser is told about it."""
    kind = response["Content-Type"].partition(";")[0]
    found = [] if response.get("X-Content-Type-Options") == "nosniff" else ["a browser may guess what it is"]
    if kind == "text/html":
        rules = [rule.strip() for rule in response.get("Content-Security-Policy", "").split(";")]
        found += [] if "script-src 'self'" in rules else ["scripts of others are allowed"]
        return found + page_of(response).dangers
    if kind not in {"application/json", "application/pdf"} and "attachment" not in response.get(
        "Content-Disposition", ""
    ):
        found.append(f"{kind} is shown as a page")
    return found
