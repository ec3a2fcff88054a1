"""Recompute figures of built pages from the tables, without the package.

``python tests/recompute.py SITE DATA`` prints one line for each figure: page,
figure, what the page says, what the tables say; exit 1 if any differs. It
shares no code with the project, so that a wrong count cannot confirm itself.
"""

import csv
import datetime
import html.parser
import pathlib
import re
import sys


class Page(html.parser.HTMLParser):
    """Collect tables by the id of their box, and the text of named elements."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.text = {}, {}
        self.row, self.cell, self.box, self.paragraph = None, None, "", ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "div" and attrs.get("class") == "table":
            self.box = attrs["id"]
            self.tables[self.box] = []
        if tag == "dl" and attrs.get("class") == "figures":
            self.box = "figures"
            self.tables[self.box] = []
        if tag in ("tr", "div") and self.box:
            self.row = []
        if tag in ("td", "th", "dt", "p") or (tag in ("a", "span") and self.box == "figures"):
            self.cell = ""
        if tag == "p":
            self.paragraph = attrs.get("class", "")

    def handle_endtag(self, tag):
        if tag == "p" and self.cell is not None and self.paragraph == "subtitle":
            self.text["subtitle"] = self.cell
        if tag in ("td", "th", "dt") and self.row is not None and self.cell is not None:
            self.row.append(self.cell.strip())
            self.cell = None
        if self.box == "figures" and tag in ("a", "span") and self.cell is not None:
            self.row.append(self.cell.strip())
            self.cell = None
        if (tag == "tr" or (tag == "div" and self.box == "figures")) and self.row:
            self.tables[self.box].append(self.row)
            self.row = None
        if tag in ("table", "dl"):
            self.box = ""

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data


def read(folder, name):
    with open(folder / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text):
    return datetime.datetime.strptime(text.strip(), "%d %B %Y").date()


def main(site, data):
    rows, sources, links = (read(data, name) for name in ("incidents", "sources", "incident_sources"))
    places = {row["pcode"]: row for row in read(data, "places")}
    by_id = {row["source_id"]: row for row in sources}
    behind = {}
    for link in links:
        behind.setdefault(link["incident_id"], []).append(by_id[link["source_id"]])
    wrong = 0
    for path in sorted(site.glob("*.html")):
        if path.name == "index.html":
            continue
        page = Page(path.read_text(encoding="utf-8"))
        start, end = map(day, page.text["subtitle"].split(";")[0].split(" to "))
        limits = limits_of(path.read_text(encoding="utf-8"))
        selected = [
            row
            for row in rows
            if datetime.date.fromisoformat(row["date_end"]) >= start
            and datetime.date.fromisoformat(row["date_start"]) <= end
            and (not limits["provinces"] or row["pcode"][:4] in limits["provinces"])
            and (not limits["campaigns"] or row["campaign_id"] in limits["campaigns"])
            and (not limits["offences"] or limits["offences"] & set(row["offences"].split(";")))
        ]
        chosen = [row for row in selected if row["is_aggregate"] == "false"]
        figures = list(compare(page, chosen, behind, places, sources, data))
        figures += compare_money(page, selected, data)
        if len(figures) < 5:
            figures.append((f"only {len(figures)} figures", "", "five"))
        for name, said, counted in figures:
            wrong += said != counted
            print(path.name, name, said, counted, "" if said == counted else "DIFFERS", sep="\t")
    return 1 if wrong else 0


def limits_of(text):
    """Read provinces, campaigns and offences off the page's own list of parameters."""
    line = re.search(r'<th scope="row">Parameters</th><td>(.*?)</td>', text, re.DOTALL)[1]
    limits = {"provinces": set(), "campaigns": set(), "offences": set()}
    for parameter in line.split(" · "):
        name, _, value = parameter.partition(" = ")
        if name in limits:
            limits[name] = set(value.split("; "))
    return limits


def compare(page, chosen, behind, places, sources, data):
    """Yield the name of a figure, what the page says, what the tables say."""
    tables = page.tables
    if "figures" in tables:
        said = {row[0]: row[1] for row in tables["figures"]}
        yield "incidents", said["Incidents"], f"{len(chosen):,}"
        for label, action in (("Arrest", "arrest"), ("Trial", "trial"), ("Punishment", "punishment")):
            if label in said:
                yield label, said[label], f"{sum(row['action'] == action for row in chosen):,}"
        if "Deaths" in said:
            yield "deaths", said["Deaths"], f"≥ {deaths(chosen):,}"
    if "provinces" in tables:
        totals = {row[0]: row[-1] for row in tables["provinces"][1:]}
        for pcode in ("KP01", "KP02", "KP06"):
            count = sum(row["pcode"].startswith(pcode) for row in chosen)
            yield f"incidents in {pcode}", totals[places[pcode]["name_en"]], f"{count:,}" if count else "·"
        unplaced = sum(row["pcode"] == "KP" for row in chosen)
        yield "unplaced", totals["Border area or country only (unplaced)"], f"{unplaced:,}" if unplaced else "·"
    if "persons" in tables:
        said = {row[0]: row for row in tables["persons"][1:]}
        for label, action in (("Arrest", "arrest"), ("Trial", "trial")):
            if label in said:
                yield f"persons, {action}", said[label][5], persons(chosen, action)
    if "evidence" in tables:
        said = {row[1].split(":")[0]: row[2] for row in tables["evidence"][1:]}
        counts = grades(chosen, behind)
        for grade in ("corroborated", "single source", "documented"):
            yield grade, said[grade], f"{counts.get(grade, 0):,}"
        month = sum(row["date_precision"] == "month" for row in chosen)
        yield "dated to a month", said["known to a month"], f"{month:,}"
    if "articles" in tables:
        said = {row[0]: row[-1] for row in tables["articles"][1:]}
        for publisher in ("Daily NK", "Radio Free Asia"):
            held = sum(row["publisher"] == publisher and row["published"] != "" for row in sources)
            yield f"articles of {publisher}", said[publisher], f"{held:,}"
    if "campaigns" in tables:
        ids = {row["campaign_id"] for row in chosen if row["campaign_id"]}
        yield "campaigns", len(tables["campaigns"]) - 1, len(ids)
        for column, actions in ((2, ("order",)), (5, ("arrest", "investigation")), (6, ("trial",))):
            said = sum(int(re.match(r"\d+", row[column])[0]) for row in tables["campaigns"][1:] if row[column])
            counted = sum(row["action"] in actions and row["campaign_id"] != "" for row in chosen)
            yield f"acts of campaigns, {actions[0]}", said, counted


def compare_money(page, selected, data):
    """Yield the figures of sums of money, those in totals over other acts included."""
    if "money" in page.tables:
        ids = {row["incident_id"] for row in selected}
        amounts = [row for row in read(data, "amounts") if row["incident_id"] in ids]
        yield "sums of money", len(page.tables["money"]) - 1, len(amounts)
        bribes = sum(row["kind"] == "bribe" for row in amounts)
        yield "bribes", sum(row[0] == "Bribe" for row in page.tables["money"]), bribes


def deaths(chosen):
    cases = {}
    for row in chosen:
        if row["deaths"]:
            case = row["case_id"] or row["incident_id"]
            cases[case] = max(cases.get(case, 0), int(row["deaths"]))
    return sum(cases.values())


def persons(chosen, action):
    cases = {}
    for row in chosen:
        if row["action"] == action and row["persons_best"]:
            case = row["case_id"] or row["incident_id"]
            cases[case] = max(cases.get(case, 0), int(row["persons_best"]))
    return f"{sum(cases.values()):,}" if cases else "–"


def grades(chosen, behind):
    # Houses as data/README.md and src/crackdown/clusters.py name them.
    house = {
        "Daily NK Japan": "Daily NK",
        "Open Radio for North Korea": "Daily NK",
        "USAGM": "Radio Free Asia",
        "NK Chosun": "Chosun Ilbo",
        "TV Chosun": "Chosun Ilbo",
        "Korea JoongAng Daily": "JoongAng Ilbo",
    }
    counts = {}
    for row in chosen:
        publishers = {house.get(one["publisher"], one["publisher"]) for one in behind[row["incident_id"]]}
        if len(publishers) > 1:
            grade = "corroborated"
        elif row["sourcing"] in ("official", "documentary", "testimony"):
            grade = "documented"
        else:
            grade = {"single_anonymous": "single source"}.get(row["sourcing"], "other")
        counts[grade] = counts.get(grade, 0) + 1
    return counts


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))
