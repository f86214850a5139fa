"""What a reader of the built docs relies on: live links, a search that finds, small pages, llms.txt, and "Run".

``python -m tests.gates.site docs/_build`` prints what is wrong, and fails if anything is.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.gates.code_blocks import blocks
from tests.gates.typed_blocks import CHECKOUT

SEARCHES = {
    "concurrency": "how-to/databases#who-gets-the-last-seat",
    "conference": "how-to/build-a-conference",
    "confirmation": "how-to/build-a-conference#confirm-by-mail",
    "custom field": "how-to/questions",
    "Django": "how-to/django",
    "Docker": "faq#is-there-a-docker-image",
    "double click": "how-to/build-a-conference#a-full-workshop-and-a-double-click",
    "DST": "how-to/zones-and-clocks",
    "duplicate": "how-to/databases#who-gets-the-last-seat",
    "FastAPI": "how-to/fastapi",
    "full workshop": "how-to/build-a-conference#a-full-workshop-and-a-double-click",
    "GDPR": "how-to/personal-data",
    "German": "how-to/languages",
    "hybrid": "how-to/seats",
    "Jupyter": "how-to/notebooks",
    "online": "playground",
    "Outlook": "how-to/mail#how-mail-programs-treat-it",
    "overbooking": "how-to/build-a-conference#a-full-workshop-and-a-double-click",
    "playground": "playground",
    "Portuguese": "how-to/languages",
    "postgres": "how-to/databases",
    "recurring": "how-to/series",
    "rule of one's own": "how-to/own-rule",
    "Spark": "how-to/arrow#pyspark",
    "timezone": "how-to/zones-and-clocks",
    "TypeScript": "how-to/json-schema",
    "waitlist": "how-to/seats",
    "zone-unknown": "errors/shape#zone-unknown",
    "Zoom link": "faq#how-do-participants-get-the-zoom-link",
}
"""The page, or section, that has to be the first result for what people look for."""

MOST_BYTES = 200_000
"""A page that is larger takes long on a telephone, and longer to find something in."""

WITHOUT_CONTENT = {"genindex", "index", "py-modindex", "search"}


class Page(HTMLParser):
    """The links of a page, and the places in it that a link can lead to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what links here or from here."""
        del tag  # an id may be on any
        for name, value in attrs:
            if value and name in {"href", "src"}:
                self.links.append(value)
            elif value and name == "id":
                self.ids.add(value)


def dead_links(site: Path) -> Iterator[str]:
    """Yield the links inside a site that lead nowhere, apart from those of the source code, which Sphinx makes."""
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    for path, page in pages.items():
        if path.is_relative_to(site / "_modules"):
            continue
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            known = pages.get(target)
            if not target.exists() or (known and parts.fragment and unquote(parts.fragment) not in known.ids):
                yield f"{path.relative_to(site)} links to {link}"


def missed_searches(site: Path) -> Iterator[str]:
    """Yield the searches whose first result is not what it should be.

    The main entry of the index that is the word outweighs all else that the search finds, so there has to be one.
    """
    script = (site / "searchindex.js").read_text(encoding="utf-8")
    index: Mapping[str, Any] = json.loads(script.removeprefix("Search.setIndex(").rstrip(")"))
    for word, target in SEARCHES.items():
        entries = index["indexentries"].get(word.lower(), [])
        first = [f"{index['docnames'][number]}#{place}".rstrip("#") for number, place, main in entries if main]
        if first != [target]:
            yield f"a search for {word} does not find {target} first"


def large_pages(site: Path) -> Iterator[str]:
    """Yield the pages that are too large."""
    for path in sorted(site.rglob("*.html")):
        if (size := path.stat().st_size) > MOST_BYTES:
            yield f"{path.relative_to(site)} has {size:,} bytes, more than {MOST_BYTES:,}"


def unlisted(site: Path) -> Iterator[str]:
    """Yield the pages that llms.txt leaves out, and those that it has and the site has not."""
    text = (site / "llms.txt").read_text(encoding="utf-8")
    listed = set(re.findall(r"^- \[.+\]\((\S+)\.html\): .", text, re.MULTILINE))
    pages = {path.relative_to(site).with_suffix("").as_posix() for path in site.rglob("*.html")}
    # The playground is no page of Sphinx: docs/playground.md leads to it.
    content = {each for each in pages if not each.startswith(("_", "playground/"))} - WITHOUT_CONTENT
    for page in sorted(listed ^ content):
        yield f"{page} is not both in llms.txt and in the site"


def without_run(site: Path) -> Iterator[str]:
    """Yield the pages with blocks of Python that have neither "Run" nor a reason, if the site was built with it."""
    if not (site / "webassembly").exists():
        return
    for source in sorted((CHECKOUT / "docs").rglob("*.md")):
        page = source.relative_to(CHECKOUT / "docs").with_suffix(".html")
        code = [each for each in blocks(source.read_text(encoding="utf-8")) if each.language == "python"]
        text = (site / page).read_text(encoding="utf-8")
        boxes = text.count('<div data-run="">') + text.count('<p class="run-reason">')
        files = text.count("<div data-file=")
        if boxes != sum(each.file is None for each in code) or files < sum(each.file is not None for each in code):
            yield f"{page} has {boxes} blocks with Run or a reason, and {files} files"


def main(folder: str) -> int:
    """Print what is wrong with a site; return 1 if anything is."""
    site = Path(folder).resolve()
    wrong = [*dead_links(site), *missed_searches(site), *large_pages(site), *unlisted(site), *without_run(site)]
    print(*wrong, sep="\n", end="\n" * bool(wrong))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
