"""Every page of the built site, opened in Chromium."""

from collections import Counter
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from visits import Visit

MAX_BYTES = 1_500_000
OUTSIDE = {"http", "https", "mailto", "data"}  # links a reader follows by choice, or carried inside


def list_faults(visits: dict[str, Visit], fault: str) -> str:
    """Return one line for each entry of one of the visits' lists; no fault is an empty string."""
    return "\n".join(f"{n}: {line}" for n, visit in visits.items() for line in getattr(visit, fault))


def split_link(page: str, href: str) -> tuple[str, str] | None:
    """Return the file (relative to the site) and the id a link leads to; None if it leaves the site."""
    parts = urlsplit(href)
    if parts.scheme in OUTSIDE:
        return None
    if not parts.path:
        return page, unquote(parts.fragment)
    target = normpath((PurePosixPath(page).parent / unquote(parts.path)).as_posix())
    return target, unquote(parts.fragment)


def find_broken_links(site: Path, visits: dict[str, Visit]) -> list[str]:
    """Return one line for each link into the site that leads nowhere."""
    broken = []
    for name, visit in visits.items():
        for href in visit.links:
            split = split_link(name, href)
            if split is None:
                continue
            target, fragment = split
            found = (site / target).is_file()
            if found and target in visits and fragment not in ("", "top"):
                found = fragment in visits[target].ids
            if not found:
                broken.append(f"{name}: {href}")
    return broken


def test_the_site_has_an_index_and_at_least_three_pages(visits):
    assert "index.html" in visits
    assert len(visits) >= 4


def test_the_index_leads_to_every_page(visits):
    reached, waiting = {"index.html"}, ["index.html"]
    while waiting:
        name = waiting.pop()
        targets = {split[0] for href in visits[name].links if (split := split_link(name, href))}
        new = targets & visits.keys() - reached
        reached |= new
        waiting += sorted(new)
    assert sorted(visits.keys() - reached) == []


def test_no_page_asks_for_anything_but_itself(visits):
    faults = list_faults(visits, "requests")
    assert not faults, faults


def test_no_page_complains_on_the_console(visits):
    faults = list_faults(visits, "complaints")
    assert not faults, faults


def test_axe_finds_no_violation_on_desktop_and_phone_in_light_and_dark(visits):
    faults = list_faults(visits, "violations")
    assert not faults, faults


def test_no_page_scrolls_sideways_on_a_phone(visits):
    assert {name: visit.overflow_px for name, visit in visits.items() if visit.overflow_px > 0} == {}


def test_nothing_is_wider_than_the_paper(visits):
    wide = {name: visit.paper_overflow_px for name, visit in visits.items()}
    assert {name: pixels for name, pixels in wide.items() if pixels > 1} == {}


def test_every_link_into_the_site_resolves(built_site, visits):
    assert find_broken_links(built_site, visits) == []


def test_no_id_stands_twice_on_a_page(visits):
    twice = [
        f"{name}: {key}"
        for name, visit in visits.items()
        for key, count in Counter(visit.ids).items()
        if count > 1
    ]
    assert twice == []


def test_every_number_is_there_without_javascript(visits):
    faults = list_faults(visits, "numbers_lost")
    assert not faults, faults


def test_every_page_carries_the_hangul_that_it_shows(visits):
    faults = list_faults(visits, "strange_letters")
    assert not faults, faults


def test_every_page_prints(visits):
    blank = [
        name
        for name, visit in visits.items()
        if visit.print_bytes is not None and visit.print_bytes < 1_000 or visit.print_characters < 20
    ]
    assert blank == []
    assert sum(visit.print_bytes is not None for visit in visits.values()) >= 5


def test_no_page_is_larger_than_one_and_a_half_megabytes(visits):
    assert {n: v.size_bytes for n, v in visits.items() if v.size_bytes > MAX_BYTES} == {}
