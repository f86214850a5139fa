"""What a release says of itself: the README on a package index, the changelog, and on which Pythons it is tried."""

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import wtisd_model

CHECKOUT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
URLS = PYPROJECT["project"]["urls"]
IN_GIT = pytest.mark.skipif(not (CHECKOUT / ".ci").is_dir(), reason="the sdist has no files that begin with a dot")
LINK = re.compile(r"\]\((\S+?)\)")


def text(path: str) -> str:
    return (CHECKOUT / path).read_text(encoding="utf-8")


def anchors(page: str) -> set[str]:
    """Return what a link to a heading of a Markdown page may say after its #."""
    headings = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


class TestReadme:
    """A package index shows the README alone, so that a relative link would be dead there."""

    def links(self) -> list[str]:
        return LINK.findall(str(metadata.metadata("wtisd-model").json["description"]))

    def test_it_has_the_links_of_the_readme(self) -> None:
        """If it has older ones, install the package again: `pip install -e .`."""
        tails = [link.partition(f"/v{wtisd_model.__version__}/")[2] or link for link in self.links()]
        assert tails == LINK.findall(text("README.md"))

    def test_each_link_leads_to_a_file_and_a_heading_of_this_version(self) -> None:
        dead = []
        for link in self.links():
            parts = urlsplit(link)
            place = parts.path.partition(f"/v{wtisd_model.__version__}/")[2]
            view = "raw" if place.endswith(".svg") else "blob"
            assert link.startswith(f"{URLS['Repository']}/{view}/v{wtisd_model.__version__}/")
            if not (CHECKOUT / place).is_file() or (parts.fragment and parts.fragment not in anchors(text(place))):
                dead.append(link)
        assert dead == []

    def test_anchors_are_those_of_headings(self) -> None:
        assert anchors("# A `b` (c), d-e\n\n## Two  words\n") == {"a-b-c-d-e", "two--words"}

    def test_the_project_has_one_home(self) -> None:
        """It is stated in pyproject.toml only, and its other addresses begin with it, but for that of the docs."""
        assert URLS.keys() == {"Documentation", "Repository", "Changelog", "Issues"}
        assert [url for name, url in URLS.items() if name != "Documentation" and URLS["Repository"] not in url] == []
        kinds = ("*.md", "*.toml", "*.txt", "*.yaml", "*.py", "*.in", "docs/**/*.md", "src/**/*.py")
        files = (path for kind in kinds for path in CHECKOUT.glob(kind))  # a checkout also has files of tools
        written = [path.name for path in files if URLS["Repository"] in path.read_text("utf-8")]
        assert written == ["pyproject.toml"]


class TestChangelog:
    """keepachangelog.com 1.1.0: versions, newest first, each with its date and lists of changes by their kind."""

    KINDS = ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")
    LONGEST = 60  # lines of a version

    def versions(self) -> Iterator[tuple[str, str]]:
        """Yield the heading and the text of each version."""
        for part in re.split(r"^## ", text("CHANGELOG.md"), flags=re.MULTILINE)[1:]:
            heading, _, body = part.partition("\n")
            yield heading, body

    def test_each_version_has_its_date(self) -> None:
        headings = [heading for heading, _ in self.versions()]
        pattern = r"(\d+\.\d+\.\d+) - (\d{4}-\d{2}-\d{2}|unreleased)"
        assert [heading for heading in headings if not re.fullmatch(pattern, heading)] == []
        assert [heading for heading in headings[1:] if heading.endswith("unreleased")] == []

    def test_the_newest_comes_first(self) -> None:
        numbers = [tuple(map(int, heading.split(" ")[0].split("."))) for heading, _ in self.versions()]
        assert numbers == sorted(set(numbers), reverse=True)

    def test_changes_are_in_lists_by_their_kind(self) -> None:
        for heading, body in self.versions():
            before, *lists = re.split(r"^### ", body, flags=re.MULTILINE)
            assert lists, heading
            kinds = [each.partition("\n")[0] for each in lists]
            assert kinds == [kind for kind in self.KINDS if kind in kinds]
            for each in lists:
                lines = each.partition("\n")[2].strip().splitlines()
                assert [line for line in lines if not re.match(r"(- |  )\S", line)] == []
            assert len(before.strip().splitlines()) <= 2

    def test_a_version_is_read_in_a_minute(self) -> None:
        assert [heading for heading, body in self.versions() if len(body.strip().splitlines()) > self.LONGEST] == []


class TestGates:
    """A session of noxfile.py that nobody runs keeps nothing out."""

    def sessions(self) -> dict[str, list[str] | None]:
        """Return the sessions of noxfile.py that are gates, each with its Pythons if it lists some."""
        found = {}
        functions = [each for each in ast.parse(text("noxfile.py")).body if isinstance(each, ast.FunctionDef)]
        for function in functions:
            for decorator in function.decorator_list:
                options = {each.arg: each.value for each in getattr(decorator, "keywords", [])}
                if ast.unparse(decorator).startswith("nox.session") and "default" not in options:
                    pythons = options.get("python")
                    found[function.name] = ast.literal_eval(pythons) if isinstance(pythons, ast.List) else None
        return found

    def listed(self, path: str, pattern: str) -> set[str]:
        (names,) = re.findall(pattern, text(path), re.DOTALL)
        return set(re.findall(r"[\w.]+", names))

    @IN_GIT
    def test_each_is_run_by_ci_and_by_hand(self) -> None:
        gates = self.sessions().keys() - {"tests"}
        assert gates == self.listed(".ci/run", r"--sessions (.+?) 2>&1")
        assert gates == self.listed(".github/workflows/ci.yml", r"name: \[(.+?)\]")

    def test_each_is_described(self) -> None:
        described = re.findall(r"^\| (`.+?) \|", text("CONTRIBUTING.md"), re.MULTILINE)
        assert self.sessions().keys() - set(re.findall(r"`([\w.-]+)`", "".join(described))) == {"tests"}

    @IN_GIT
    def test_all_tests_run_on_each_python(self) -> None:
        pythons = self.listed(".github/workflows/ci.yml", r"python: \[(.+?)\]")
        assert pythons == set(self.sessions()["tests"] or [])

    def test_wheels_are_built_for_each_python(self) -> None:
        """And for free-threaded ones, from the first on that is more than an experiment (PEP 779)."""
        pythons = self.sessions()["tests"] or []
        names = ["cp" + each.replace(".", "") for each in pythons]
        free = [f"{name}t" for name in names if int(name[3:]) >= 14]
        assert sorted(PYPROJECT["tool"]["cibuildwheel"]["build"]) == sorted(f"{name}-*" for name in [*names, *free])

    def test_what_is_claimed_is_tried(self) -> None:
        claimed = re.findall(r"Python :: (3\.\d+)'", str(PYPROJECT["project"]["classifiers"]))
        assert claimed == [each for each in self.sessions()["tests"] or [] if each in claimed]
        assert PYPROJECT["project"]["requires-python"] == f">={claimed[0]}"
        assert f"CPython from {claimed[0]} to {claimed[-1]}" in text("docs/promises.md")
