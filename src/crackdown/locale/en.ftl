# Every sentence with a number in it. A translation is one more file like this.

## Levels of place

unplaced = Border area or country only (unplaced)
level-province = Known to the province only
level-border = Known to the border area only
level-country = Known to the country only

## Header and coverage

subtitle = { $start } to { $end }
subtitle-limited = { $start } to { $end }; { $limits }
as-known = as known on { $day }
coverage-banner = The archive covers articles published until { $last } and holds { $articles ->
    [one] one article
   *[other] { $articles } articles
 } by { $publishers ->
    [one] one outlet
   *[other] { $publishers } outlets
 }: { $largest }. It is a sample of what a few outlets reported, so counts follow coverage as much as events: compare within one outlet, not over time. { $thin ->
    [0] {""}
   *[other] The last half-year, { $lasthalf }, rests on { $thin } articles and is not complete.
 }
possibly-known = { $count ->
    [one] One further incident may have been public by then, but its articles are not dated closely enough.
   *[other] { $count } further incidents may have been public by then, but their articles are not dated closely enough.
 }

## Key figures

no-incident = No incident in this selection. That is what the archive holds, not what happened.
incidents-all = { $count ->
    [one] incident, an act of the state against contact, movement or speech
   *[other] incidents, each one act of the state against contact, movement or speech
 }
incidents-crossing = { $crossing ->
    [one] One of them has a date interval that reaches out of the period
   *[other] { $crossing } of them have date intervals that reach out of the period
 }: { NUMBER($expected, maximumFractionDigits: 1) } are expected inside, { $certain } lie there for certain.
aggregates-apart = { $count ->
    [one] One report of a total over other acts stands apart and is not counted.
   *[other] { $count } reports of totals over other acts stand apart and are not counted.
 }
persons-figure = { $open ->
    [0] { $best } persons ({ $low } to { $high })
   *[other] at least { $low } persons, best figure { $best }; upper bound unknown for { $open } of { $figures } cases
 }
persons-none = no figure given
persons-without = { $without ->
    [0] all { $cases } cases give a figure
    [one] one of { $cases } cases gives no figure
   *[other] { $without } of { $cases } cases give no figure
 }
deaths-figure = at least { $deaths } { $deaths ->
    [one] death
   *[other] deaths
 } in { $cases ->
    [one] one case
   *[other] { $cases } cases
 }
open-high = { $high } or more; unknown for { $open } of { $figures }

## Findings

finding-offences = Acts are most often aimed at { $first } ({ $firstcount } of { $total } incidents), { $second } ({ $secondcount }) and { $third } ({ $thirdcount }); an incident may name several.
finding-places = { $placed } of { $total } incidents ({ NUMBER($share, style: "percent") }) are known to the county. Of these, most lie in { $places }. { $unplaced } cannot be put into any province.
finding-evidence = { $single } of { $total } incidents ({ NUMBER($share, style: "percent") }) rest on one anonymous source of one outlet; { $corroborated } { $corroborated ->
    [one] is
   *[other] are
 } reported by independent publishers.
finding-agencies = The agency most often named is the { $first } ({ $firstcount } of { $total } incidents).

## Captions and notes of tables

caption-half-years = Incidents by half-year, with the articles held that appeared in it
note-half-years = An incident dated by an interval is spread evenly over its days: that is the expected count, and it adds up. Certain counts those that lie wholly inside a half-year, possible those that may; neither may be added up. Articles dated only by month or year are spread in the same way.
caption-provinces = Incidents by province and by how exactly the place is known
note-provinces = A dot means none recorded, which is not zero. { $none ->
    [0] Every province has at least one incident.
    [one] For one province none is recorded.
   *[other] For { $none } provinces none are recorded.
 } Incidents known to no province are never spread over them.
caption-counties = Incidents by county
note-counties = { $counties ->
    [one] One county has incidents.
   *[other] { $counties } counties have incidents.
 } For all others none are recorded, which is not zero.
caption-persons = Persons reached, by main act; each case counted once in a row
note-persons = A case joins the acts against the same persons. The rows hold { $cells } cases; { $overlap ->
    [0] none stands in two rows
    [one] one of them stands in a further row
   *[other] { $overlap } of them stand in a further row
 }, so { $cases } are distinct. Persons are never added up over acts. Low and high add up what the reports allow; where an upper bound is unknown the high is a floor.
caption-largest = The ten largest reports of persons
note-largest = Share of the best figures of all cases in the selection. The five largest hold { NUMBER($share, style: "percent") }: sums of persons hang on a few reports.
caption-offences-by-agency = Offences by agency
note-offences-by-agency = An incident may name several offences and several agencies, so rows and columns do not add up. A dot means none recorded.
caption-articles = Articles held, by outlet and year of publication
note-articles = Articles dated only by month or year are spread evenly over it; the numbers are rounded. { $undated } articles have no known date and stand in no cell.
caption-evidence = What the incidents rest on: source, date and place judged apart
note-evidence = { $dated ->
    [0] No incident has both a stated day and an article dated to the day.
   *[other] From a stated day to the first article dated to the day: { $median } days in the median of { $dated } incidents.
 }
caption-events = Events beside the trend, as numbered in the chart

## Gravest acts

gravest-deaths = Executions and deaths
gravest-minors = Acts that reached minors
gravest-returnees = People returned by China or another state
gravest-none = None recorded in this selection.

## Sentences on sources

cite = State crackdowns in North Korea: { $title }, { $subtitle }. Data revision { $revision }, software version { $version }.

## Lists

caption-incidents = { $count ->
    [one] The incident
   *[other] All { $count } incidents
 }, newest first
caption-aggregates = { $count ->
    [one] The total
   *[other] The { $count } totals
 } over other acts, shown as context and never counted
persons-exact = { $count ->
    [one] one person
   *[other] { $count } persons
 }
persons-range = { $best } persons (low { $low }, high { $high })
toll-deaths = { $count ->
    [one] At least one death
   *[other] At least { $count } deaths
 }
toll-sentence = Death sentence; no execution on record
toll-penalties = Penalty: { $penalties }
