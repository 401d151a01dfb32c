"""What a browser would see in a page: its links, its words, and the choices that are filled in."""

from html.parser import HTMLParser


class Page(HTMLParser):
    def __init__(self, response) -> None:
        super().__init__()
        self.text = response.content.decode()
        self.lang = ""
        self.links: list[str] = []
        self.chosen: list[tuple[str, str]] = []
        self.offered: list[tuple[str, str]] = []
        self._select = self._area = ""
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        given = dict(attrs)
        if tag == "html":
            self.lang = given["lang"]
        elif tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "select":
            self._select = given["name"]
        elif tag == "textarea":
            self._area = given["name"]
        elif tag == "option":
            self._offer(self._select, given["value"], "selected" in given)
        elif tag == "input" and given.get("type") in {"radio", "checkbox"}:
            self._offer(given["name"], given["value"], "checked" in given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area and data.strip():
            self.chosen.append((self._area, data.strip()))

    def _offer(self, name: str, value: str, chosen: bool) -> None:
        self.offered.append((name, value))
        if chosen and value:
            self.chosen.append((name, value))
