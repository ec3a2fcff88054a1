"""What a page may claim, and when it stops claiming it."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pandas as pd
import pytest
from fluent.syntax import ast, parse

from crackdown.findings import list_findings
from crackdown.incidents import load_archive
from crackdown.parameters import Parameters
from crackdown.selection import narrow_selection
from crackdown.stress import stress_findings
from synthetic import make_archive

PERMITTED = Path("src/crackdown/locale/en.ftl")
#: Words that say or imply that what the state did became more or less.
FORBIDDEN = re.compile(
    r"\b(rose|rising|rise|fell|falling|fall|grew|growing|growth|increas\w*|decreas\w*|intensif\w*|"
    r"declin\w*|surg\w*|eas(ed|ing)|tighten\w*|harsher|worse\w*|escalat\w*|repression|stepped up)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def real():
    return load_archive("data")


def selection_of(archive, **limits):
    return narrow_selection(archive, Parameters.model_construct(**limits))


def two_publishers(share_before: float, share_after: float, publishers=("Daily NK", "Radio Free Asia")):
    """Give each publisher 60 acts a year apart from each other, a share of them on phones."""
    rows = []
    for publisher in publishers:
        for year, share in ((2019, share_before), (2021, share_after)):
            for number in range(60):
                offence = "chinese_phone" if number < share * 60 else "religion"
                day = pd.Timestamp(year, 1, 1) + pd.Timedelta(days=6 * number)
                rows.append({"day": day, "offences": (offence,), "publisher": publisher})
    return rows


def messages(selection):
    return [finding.message for finding in list_findings(selection)]


def test_every_finding_is_worded_by_the_permitted_list(real):
    listed = {
        entry.id.name
        for entry in parse(PERMITTED.read_text("utf-8")).body
        if isinstance(entry, ast.Message)
    }
    found = list_findings(selection_of(real))
    assert len(found) >= 5
    assert {finding.message for finding in found} <= {name for name in listed if name.startswith("finding-")}


def test_no_permitted_finding_speaks_of_more_or_less_repression():
    text = PERMITTED.read_text("utf-8")
    for entry in parse(text).body:
        if isinstance(entry, ast.Message) and entry.id.name.startswith("finding-"):
            wording = text[entry.span.start : entry.span.end]
            assert not FORBIDDEN.search(wording), wording


def test_a_shift_that_publishers_share_is_claimed(real):
    selection = selection_of(make_archive(real, two_publishers(0.2, 0.7)))
    first = list_findings(selection)[0]
    assert first.message in ("finding-larger-share", "finding-smaller-share")
    assert "finding-no-shift" not in messages(selection)
    assert any("Chinese phones makes up a larger share" in f.text for f in list_findings(selection))


def test_a_shift_of_one_publisher_is_not_claimed_of_all(real):
    rows = two_publishers(0.2, 0.8, ["Daily NK"]) + two_publishers(0.4, 0.4, ["Radio Free Asia"])
    found = messages(selection_of(make_archive(real, rows)))
    assert "finding-no-shift" in found
    assert "finding-larger-share-alone" in found
    assert "finding-larger-share" not in found


def test_outlets_of_one_house_do_not_confirm_each_other(real):
    rows = two_publishers(0.2, 0.8, ["Daily NK", "Daily NK Japan"])
    found = messages(selection_of(make_archive(real, rows)))
    assert "finding-too-few" in found
    assert "finding-larger-share" not in found


def test_a_shift_breaks_without_a_publisher_it_rests_on(real):
    selection = selection_of(make_archive(real, two_publishers(0.2, 0.7)))
    finding = list_findings(selection)[0]
    (stress,) = stress_findings(selection, [finding])
    assert stress.readings == 8
    assert set(stress.breaks) >= {"without Daily NK", "without Radio Free Asia"}
    assert stress.write().startswith("Holds in 6 of 8 readings; not without Daily NK and without")


def test_doubling_a_publishers_coverage_makes_no_claim_but_of_coverage(real):
    """The same acts, reported twice as often by one publisher from 2020 on."""
    before = selection_of(real)
    publisher = real.sources["publisher"]
    late = real.sources.index[(publisher == "Daily NK") & (real.sources["published_start"] >= before.split)]
    links = real.incident_sources[real.incident_sources["source_id"].isin(late)]
    twin = {"incident_id": links["incident_id"] + "x", "source_id": links["source_id"] + "x"}
    incidents = real.incidents.loc[links["incident_id"].unique()]
    doubled = dataclasses.replace(
        real,
        incidents=pd.concat(
            [real.incidents, incidents.set_axis(incidents.index + "x").assign(case_id="", campaign_id="")]
        ),
        sources=pd.concat([real.sources, real.sources.loc[late].set_axis(late + "x")]),
        incident_sources=pd.concat([real.incident_sources, links.assign(**twin)]),
    )
    # On the same boundary, so that only the coverage differs.
    found = list_findings(selection_of(doubled, split=before.split.date()))
    assert found[0].message == "finding-no-shift"
    assert found[0].text.startswith("No clear difference")
    for finding in found:
        assert not FORBIDDEN.search(finding.text)
        if finding.message in ("finding-more-reported", "finding-fewer-reported"):
            assert finding.text.endswith("so this measures coverage.")


def test_an_empty_selection_claims_nothing(real):
    assert list_findings(selection_of(make_archive(real, [{"day": "2020-01-01", "is_aggregate": True}]))) == []


def test_one_incident_is_too_few_to_compare(real):
    found = messages(selection_of(make_archive(real, [{"day": "2020-01-01"}])))
    assert found == ["finding-too-few", "finding-evidence-most"]


def test_a_tie_at_the_third_place_names_no_third(real):
    rows = [{"day": "2020-01-01", "offences": (name,)} for name in ("smuggling", "speech", "religion", "defection")]
    assert "finding-offences" not in messages(selection_of(make_archive(real, rows)))


def test_every_finding_carries_its_stress_test(real):
    selection = selection_of(real)
    findings = list_findings(selection)
    for stress in stress_findings(selection, findings):
        assert stress.readings == 38
        assert re.fullmatch(r"Holds in (all )?\d+( of \d+)? readings.*\.", stress.write())
