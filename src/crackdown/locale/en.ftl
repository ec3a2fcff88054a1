# Every sentence with a number in it. A translation is one more file like this.

## Levels of place

all = All
outside-period = Outside the period
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

limit-precision = places known to the { $precision } or better
new-occurred = Happened and reported after { $since }
new-reported = Reported after { $since }, of acts that happened or may have happened before
new-none = None.
new-left = { $count ->
    [0] {""}
    [one] One older act is not named here.
   *[other] { $count } older acts are not named here.
 }

## Key figures

incidents-of-act = { $count ->
    [one] incident
   *[other] incidents
 }

no-article = No article was public by this day.
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
deaths-figure = at least { $deaths } killed, executed or dead in custody, in { $cases ->
    [one] one case
   *[other] { $cases } cases
 }
open-high = { $high } or more; unknown for { $open } of { $figures }

## Findings: all that a page may claim
#
# A count of reports is worded as a count of reports. No message says or
# implies that what the state did became more or less.

finding-larger-share = { $subject } makes up a larger share of the incidents in every publisher compared, { $after } against { $before }: { $figures }.
finding-smaller-share = { $subject } makes up a smaller share of the incidents in every publisher compared, { $after } against { $before }: { $figures }.
finding-no-shift = No clear difference in what is reported is shared by independent publishers, { $after } against { $before }: none of the { $compared ->
    [one] one offence, act or province
   *[other] { $compared } offences, acts and provinces
 } that { $publishers } hold enough of changed its share clearly and in one direction in each.
finding-too-few = Too few incidents are held from two independent publishers to say how the make-up of the reports changed.
finding-larger-share-alone = In the reports of { $publisher } alone, { $subject } makes up a larger share in { $after } ({ NUMBER($shareafter, style: "percent") }) than in { $before } ({ NUMBER($sharebefore, style: "percent") }); the difference lies between { NUMBER($low, maximumFractionDigits: 0) } and { NUMBER($high, maximumFractionDigits: 0) } points. No independent publisher confirms it, so it may be the publisher's choice.
finding-smaller-share-alone = In the reports of { $publisher } alone, { $subject } makes up a smaller share in { $after } ({ NUMBER($shareafter, style: "percent") }) than in { $before } ({ NUMBER($sharebefore, style: "percent") }); the difference lies between { NUMBER($low, maximumFractionDigits: 0) } and { NUMBER($high, maximumFractionDigits: 0) } points. No independent publisher confirms it, so it may be the publisher's choice.
finding-more-reported = More incidents a day are reported by { $publisher } in { $after } than in { $before }: { NUMBER($ratio, maximumFractionDigits: 1) } times as many (between { NUMBER($low, maximumFractionDigits: 1) } and { NUMBER($high, maximumFractionDigits: 1) }). The archive holds { $articlesafter } of its articles against { $articlesbefore }, so this measures coverage.
finding-fewer-reported = Fewer incidents a day are reported by { $publisher } in { $after } than in { $before }: { NUMBER($ratio, maximumFractionDigits: 1) } times as many (between { NUMBER($low, maximumFractionDigits: 1) } and { NUMBER($high, maximumFractionDigits: 1) }). The archive holds { $articlesafter } of its articles against { $articlesbefore }, so this measures coverage.
finding-offences = The reported acts are most often aimed at { $offences }, out of { $total } incidents; an incident may name several.
finding-places = Among the { $placed } of { $total } incidents ({ NUMBER($share, style: "percent") }) known to the county, most are reported from { $places }.{ $unplaced ->
    [0] {""}
   *[other] {" "}{ $unplaced } can be put into no province.
 }
finding-evidence-most = Most incidents, { $single } of { $total } ({ NUMBER($share, style: "percent") }), rest on one anonymous source of one publisher; { $corroborated } { $corroborated ->
    [one] is
   *[other] are
 } reported by independent publishers.
finding-evidence = { $single } of { $total } incidents ({ NUMBER($share, style: "percent") }) rest on one anonymous source of one publisher; { $corroborated } { $corroborated ->
    [one] is
   *[other] are
 } reported by independent publishers.

figures = The figures

share-of-publisher = { $publisher } { NUMBER($shareafter, style: "percent") } against { NUMBER($sharebefore, style: "percent") } (a difference between { NUMBER($low, maximumFractionDigits: 0) } and { NUMBER($high, maximumFractionDigits: 0) } points)

stress-all = Holds in all { $readings } readings.
stress-breaks = Holds in { $holds } of { $readings } readings; not { $breaks }{ $more ->
    [0] {""}
    [one] {" "}and one more
   *[other] {" "}and { $more } more
 }.
reading-without = without { $publisher }
reading-stated = with stated dates only
reading-county = with places known to the county only
reading-other-coder = with the other coder's rows
reading-low = with low figures of persons
reading-high = with high figures of persons
reading-aggregates = with totals counted

## Evidence behind a finding: source, date and place as separate judgements

confidence-rests = Rests on
confidence-rests-told = { $count } of the incidents
confidence-source = Source
confidence-source-told = { $corroborated } corroborated, { $weak } on one source, anonymous or not told
confidence-date = Date
confidence-date-told = { $day } known to the day, { $month } to a month or better
confidence-place = Place
confidence-place-told = { $county } known to the county, { $none } to no province

## Captions and notes of tables

head-years = Year
head-half-years = Half-year
caption-years = Incidents by year, with the articles held that appeared in it
caption-half-years = Incidents by half-year, with the articles held that appeared in it
note-periods = An incident dated by an interval is spread evenly over its days: that is the expected count, and it adds up. Certain counts those that lie wholly inside the period, possible those that may; neither may be added up. A dot means none recorded, or no sum. Articles dated only by month or year are spread in the same way.
caption-provinces = Incidents by province and by how exactly the place is known
note-provinces = A dot means none recorded, which is not zero. { $none ->
    [0] Every province has at least one incident.
    [one] For one province none is recorded.
   *[other] For { $none } provinces none are recorded.
 } Incidents known to no province are never spread over them.
caption-small = { $kind ->
    [campaigns] Campaigns
    [years] Years
   *[provinces] Provinces
 } with fewer than { $least } incidents, which have no page of their own
note-small = Period: from the first day to the last on which an act may have happened. Leading offence: what most of the acts are aimed at; two or more where they are named equally often.{ $kind ->
    [years] {" "}Incidents counts those that may lie in the year, certain those that lie wholly inside, expected the parts of their date intervals that do; only expected may be added up.
   *[provinces] {""}
 }
caption-provinces-by-year = Expected incidents by province and year
note-provinces-by-year = An incident dated by an interval over the turn of a year is spread evenly over its days. A dot means none recorded. { $outside ->
    [0] {""}
   *[other] The parts of date intervals that lie outside the period, { $outside } incidents, stand in no cell.
 }
caption-shifts = Shares of what is reported, { $after } against { $before }, within each publisher
map-classes = Classes: fixed ({ $classes }), the same on every map, so that a colour means the same everywhere.
map-uncertain = uncertain: one publisher’s anonymous or unnamed sources only
map-uncertain-key = nothing corroborated | or documented
map-uncertain-named = Uncertain, on the anonymous or unnamed sources of one publisher only: { $names }.
map-uncertain-province = Hatched over its colour: uncertain, because every incident there rests on the anonymous or unnamed sources of one publisher; none is reported by a second publisher, and none is documented.
map-uncertain-period = Hatched over its colour: uncertain, because every incident of that period there rests on the anonymous or unnamed sources of one publisher; none is reported by a second publisher, and none is documented.
map-uncertain-county = An open, hatched circle is uncertain: every incident there rests on the anonymous or unnamed sources of one publisher; none is reported by a second publisher, and none is documented.
caption-halves = Each map holds the incidents whose dates lie wholly in its period; { $neither ->
    [0] all do
    [one] one lies in neither for certain
   *[other] { $neither } lie in neither for certain
 }.
until = until { $day }
from = from { $day }
caption-shift-chart = Difference of shares in points, { $after } against { $before }, where two publishers or more hold enough. A line is the 95 % interval for clustered incidents; one that crosses the reference shows no clear difference. A shift is claimed only where publishers agree.
note-shifts = A share is that of the publisher's incidents with the property; provinces among incidents whose province is known. Difference: estimate and 95 % interval for clustered incidents. Alone: what may be said of the publisher after correcting for the number of comparisons (Holm). Together: what independent publishers agree on. Shares of fewer than five incidents are not compared.
shifts-left = Compared are the { $compared } publishers with most incidents; { $left ->
    [one] one more has
   *[other] { $left } more have
 } ten or more and { $left ->
    [one] is
   *[other] are
 } not shown.
points = { NUMBER($estimate, maximumFractionDigits: 0) } ({ NUMBER($low, maximumFractionDigits: 0) } to { NUMBER($high, maximumFractionDigits: 0) })
caption-campaigns = Campaigns from order to punishment: incidents on record at each stage
note-campaigns = Only main acts count, and only what the reports tie to the campaign. Time from order to first act is an interval, because dates are. No act on record does not mean that no act happened.
campaign-unnamed = Campaign { $campaign }, named after this day
since = since { $day }
no-campaign = No campaign in this selection.
no-order = No order in this selection.
no-penalty = No penalty of a campaign in this selection.
no-money = No sum of money in this selection.
no-agreement = No act in this selection was coded twice.
orders = { $orders ->
    [one] One order is on record.
   *[other] { $orders } orders are on record.
 } { $acts } { $acts ->
    [one] is
   *[other] are
 } followed by an act of the same campaign, { $assemblies } by an assembly only, { $none } by no act on record; { $alone } belong to no campaign.
order-times = From order to first act: the median of { $timed } orders lies between { NUMBER($shortest, maximumFractionDigits: 0) } and { NUMBER($longest, maximumFractionDigits: 0) } days. Orders of one campaign share their acts and are not independent.
orders-none = Orders with no act on record
caption-penalties = Penalties threatened and imposed, by campaign
note-penalties = Threatened by the authorities or expected by the source; imposed as reported. What is not on record may still have happened.
caption-money = { $count ->
    [one] The sum of money mentioned
   *[other] All { $count } sums of money mentioned
 }
note-money = Single values as reported, not a sample: no mean and no trend can be taken from them.
caption-agreement = Agreement of two coders (Krippendorff's alpha, with 95 % bootstrap interval)
note-agreement = Units are acts that reviewers judged to be the same, so this says nothing about what counts as an incident. Of { $pairs } pairs of date intervals { $overlap } overlap and { $identical } are identical. An alpha of a value that is hardly ever named is unstable.
unitising = What counts as an incident: { $articles_shared } of { $articles } articles gave rows to two coders or more. In { $coder_pairs } pairings of coders they recorded the same set of incidents { $same_set } times; positive agreement is { NUMBER($positive_agreement, maximumFractionDigits: 2) } (between { NUMBER($low, maximumFractionDigits: 2) } and { NUMBER($high, maximumFractionDigits: 2) }). That is an upper bound, because an article from which one coder took nothing leaves no trace.
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
gravest-in-list = { $count } acts, each with its sources in the incident list.
gravest-none = None recorded in this selection.

## Sentences on sources

cite = State crackdowns in North Korea: { $title }, { $subtitle }. Report { $report_id }, data revision { $revision }, software version { $version }.
report-id = Report id

## Lists

caption-aggregates = { $count ->
    [one] The total
   *[other] The { $count } totals
 } over other acts, shown as context and never counted
border-of = { $place } border
persons-exact = { $count ->
    [one] one person
   *[other] { $count } persons
 }
persons-range = { $best ->
    [one] one person
   *[other] { $best } persons
 } (low { $low }, high { $high })
toll-deaths = { $count ->
    [one] At least one death
   *[other] At least { $count } deaths
 }
toll-sentence = Death sentence; no execution on record
toll-penalties = Penalty: { $penalties }

## The site: its index and the pages of provinces and themes

site-lead = Acts of the state against contact with the outside world, movement across the border and free speech, as outlets with sources inside the country reported them: { $incidents } incidents coded by hand from { $articles } articles, { $subtitle }.
site-search = Search pages and incidents
site-search-newest = Only the newest { $count } of { $all } incidents can be found here; all stand in data/incidents.csv.
site-search-summaries = Words of the summary find the newest { $known }; older incidents are found by date, place, act, offence and agency.
site-results = What was found
site-whole = All findings and the incidents behind them: { $title }
site-small = Fewer than { $least } incidents carry no page of their own, but a row in a page of the country:
site-revision = Data revision { $revision }, with articles published until { $until }. Data CC BY 4.0; code MIT; boundaries { $source }.
site-map = A province that has a page of its own is a link to it.
corrections = Corrections
correction = { $day }, { $of }: “{ $wrong }” was wrong, “{ $right }” is right.
correction-figures = Figures that changed: { $figures }.
site-no-correction = No published figure has been corrected so far.
caption-against = { $what } in { $here } and in the rest of the country
note-against = Shares of all incidents in { $here } ({ $inside }) and of all known to other provinces ({ $outside }); an incident may name several. { $unplaced } incidents are known to no province and stand in neither share. A share is of what was reported, by outlets that differ from place to place.
caption-contrasts = Shares of offences and acts in { $here } against the rest of the country, within each publisher
note-contrasts = Difference in points: estimate and 95 % interval for clustered incidents. Together: what independent publishers agree on; one publisher's difference may be its choice. Shares of fewer than five incidents are not compared.
against-none = Nothing can be set against this selection: no incident of another province is in it.
contrasts-none = No publisher holds enough incidents in { $here } to compare its shares with the rest of the country.

## The incident list: how much of it there is, its filters and orders

list-name = Incidents
list-every = { $count ->
    [one] The incident
   *[other] All { $count } incidents
 }
list-some = { $shown } of { $all ->
    [one] one incident
   *[other] { $all } incidents
 }
list-newest = The newest { $count } of { $all } incidents
list-some-newest = { $shown } of the newest { $count } incidents
list-in-order = { $rows }, newest first
list-left = To keep the page small, the list holds the newest { $count } of { $all } incidents, and its filters see only these. All of them stand in data/incidents.csv, the table that this page was made from: { $limits }.
list-brief = { $brief ->
    [one] One row is
   *[other] { $brief } rows are
 } in brief: date (first/last day), place, main act with the number of persons where one is told. The act leads to the first source, a number to a further one; +1 stands for one more source, which a browser with JavaScript links too. Summaries stand in data/incidents.csv under the same ids.
list-totals-left = The newest { $count } are listed; all stand in data/incidents.csv.
filter-name = Filter the incidents
filter-any = All
filter-or = {" "}or{" "}
filter-words = Words
filter-when = Time
filter-place = Place
filter-precision = Place known to
filter-dated = Date known to
filter-act = Main act
filter-offence = Offence
filter-agency = Agency
filter-evidence = Evidence
filter-gravest = Gravest acts
filter-publisher = Publisher
filter-order = Order
filter-reset = Show all
filter-between = { $first } to { $last }
filter-certain = { $first } to { $last }, for certain
order-newest = newest first
order-oldest = oldest first
order-where = by place, A to Z
order-where-back = by place, Z to A
order-what = by main act
order-what-back = by main act, in reverse
order-evidence = strongest evidence first
order-evidence-back = weakest evidence first
all-provinces = all provinces

## Days, numbers and lists
#
# Written very often, so these may not choose between forms: each value only
# has its place. Months are those of { $month }.

date-day = { $day } { $month } { $year }
date-day-of-year = { $day } { $month }
date-days = { $first }–{ $last } { $month } { $year }
date-days-of-year = { $first } – { $last } { $year }
date-month = { $month } { $year }
date-months = { $first }–{ $last } { $year }
date-year = { $year }
date-years = { $first }–{ $last }
date-span = { $first } – { $last }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
half-first = { $year }, first half
half-second = { $year }, second half
half-from = { $half } from { $day }
half-to = { $half } to { $day }
range = { $low } to { $high }
list-last = { $items } and { $last }
unknown = unknown
money-CNY = { $amount } CNY
money-KPW = { $amount } KPW
money-USD = { $amount } USD
money-KRW = { $amount } KRW
money-PCT = { $amount } %
money-other = { $amount } { $currency }

## Language, places and limits

language = English
country = North Korea
place-in = { $place }, { $province }
place-of = { $place } ({ $province })
limit = { $name }: { $values }
limit-offences = offences
limit-actions = actions
limit-agencies = agencies
limit-publishers = publishers
limit-provinces = provinces
limit-campaign = campaign
limit-campaigns = campaigns
precision-locality = locality
precision-county = county
precision-province = province
precision-border = border

## Heads of tables

incidents = Incidents
articles-held = Articles held
none-recorded = none recorded
table-csv = Table as CSV
more = {" "}and { $count } more
head-certain = Certain
head-expected = Expected
head-possible = Possible
head-county-known = County known
head-province-known = Province only
head-border-known = Border area only
head-country-known = Country only
head-province = Province
head-campaign = Campaign
head-year = Year
head-county = County
head-pcode = P-code
head-cases = Cases
head-without-figure = Without a figure
head-persons-low = Persons, low
head-best = Best
head-low = Low
head-high = High
head-what = What
head-act = Act
head-persons = Persons
head-share = Share
head-when = When
head-where = Where
head-sources = Evidence and sources
head-all-agencies = All agencies
head-kind = Kind
head-event = Event
head-number = No.
head-period = Period
head-leading = Leading offence
head-before = Before
head-after = After
head-points = Difference in points
head-alone = Alone
head-together = Together
head-days = Order to first act, days
head-standing = Standing
head-penalty = Penalty
head-threatened = Threatened in
head-imposed = Imposed in
head-amount = Amount
head-unit = Unit
head-note = Note
head-incident = Incident
head-elsewhere = Elsewhere
head-share-elsewhere = Share elsewhere
head-province-unknown = Province unknown
head-offences = Offences
head-acts = Main acts
head-agencies = Agencies
head-outlet = Outlet
head-all-years = All years
head-judgement = Judgement
head-how = Known how
head-value = Value
head-units = Units
head-naming = Naming it
head-alpha = Alpha
head-variable = Variable

## Verdicts, standings, grades and agreement

others = others
verdict-larger-share = larger share
verdict-smaller-share = smaller share
verdict-no-clear-difference = no clear difference
verdict-too-few = too few
verdict-publishers-differ = publishers_differ
verdict-larger-share-in-every-publisher = larger share in every publisher
verdict-smaller-share-in-every-publisher = smaller share in every publisher
standing-act-on-record = act on record
standing-act-on-record-may-precede-the-order = act on record, may precede the order
standing-only-an-assembly-on-record = only an assembly on record
standing-no-act-on-record = no act on record
standing-order-without-a-campaign = order without a campaign
standing-no-order-on-record = no order on record
standing-threatened-and-imposed = threatened and imposed
standing-threatened-not-imposed-on-record = threatened, not imposed on record
standing-imposed-not-threatened-on-record = imposed, not threatened on record
grade-corroborated = corroborated
grade-documented = documented
grade-several-sources = several sources
grade-single-source = single source
grade-not-told = not told
means-corroborated = reported by two or more independent publishers
means-documented = official text, footage or paper, or the testimony of a named person
means-several-sources = one publisher, more than one anonymous source
means-single-source = one publisher, one anonymous source
means-not-told = one publisher that does not say whom it asked
dated-day = the day is known
dated-week = known to ten days
dated-month = known to a month
dated-quarter = known to a quarter
dated-half-year = known to half a year
dated-year = known to a year
dated-years = known to more than a year
alpha-undefined = every coder wrote the same, so alpha is undefined
alpha-too-few = named in fewer than { $least } units: too few for an interval
alpha-no-disagreement = no disagreement on record: resampling cannot give an interval
alpha-left-out = { $count } of { $samples } samples without variation left out
variable-action = Action
variable-pcode = Pcode
variable-province = Province
variable-geo-precision = Geo precision
variable-sourcing = Sourcing
variable-persons-given = Persons given
variable-deaths-given = Deaths given
variable-offences = Offences
variable-agencies = Agencies
variable-targets = Targets
variable-also-actions = Also actions
variable-penalty-imposed = Penalty imposed
variable-penalty-threatened = Penalty threatened

## Parts of a page

named-count = { $name } ({ $count })
parting = {"; "}
undated = undated
publisher-count = { $name } { $count }
coverage = Coverage
made-of = What made this page
deaths = Deaths
site = Site

## Figures

map-china = CHINA
map-russia = RUSSIA
map-south-korea = SOUTH KOREA
map-yellow-sea = Yellow Sea
map-east-sea = East Sea
panel-Upper-Yalu-and-Tumen = Upper Yalu and Tumen
panel-Lower-Yalu = Lower Yalu
or-more = { $number } or more
map-not-drawn = Not drawn:
map-border-only = { $count } border area only
map-country-only = { $count } country only
map-rest = Not drawn: { $border } known to the border area only, without a province, and { $country } known to the country only.
map-no-incident = No incident in this selection, so no map is drawn.
map-no-place = No place on a map is known for any incident of this selection.
map-not-zero = None recorded does not mean that nothing happened.
boundaries-unknown = supplied by the user, source not given
map-source = Boundaries: { $source }. Data: CC BY 4.0. Projection: Lambert azimuthal equal-area, centre 40.3° N, 127.4° E.
caption-map-provinces = Incidents by province: those known to a county, to the province, or to the province’s stretch of border.
caption-map-counties = Incidents by county, and the northern border again at a larger scale (frames). The area of a circle is proportional to the incidents known to the county. A diamond holds those known to the province only, a square those known to the province’s border area only; they belong to no county.
caption-map-periods = Incidents by province and period, on one scale. Not drawn because no province is known: { $unplaced }.
map-no-circle = A county without a circle has none recorded.
map-no-label = Where a label finds no room, the name shows on hover and in the table.
map-darker = Periods differ in the articles held, so a darker map may mean more reporting.
alt-map-provinces = Map of incidents by province. Of { $all } incidents { $placed } are known to a province. Most: { $most }. None recorded: { $none }.
alt-map-counties = Map of incidents by county. Of { $all } incidents { $counties } are known to a county, { $provinces } to a province only and { $border } to a province’s border area only. Most: { $most }. { $none } of { $every } counties have none recorded.
alt-map-period = { $name }: { $count } in provinces, most in { $most }
alt-map-periods = Maps of incidents by province in { $count } periods. { $periods }.
none = none
no-province = no province
no-county = no county
no-half-year = no half-year
title-province = { $name }: { $count } ({ $county } known to a county, { $province } to the province only, { $border } to its border area only)
title-province-only = { $name }: { $count } known to the province only
title-border-only = { $name }: { $count } known to the border area only
key-known-to = Incidents known to
key-county = a county (by area)
key-province = a province only
key-border = its border area only
chart-no-incident = No incident in this selection, so no chart is drawn.
chart-no-money = No money is mentioned in the incidents of this selection.
chart-too-few = Too few to say: { $what }.
too-few = too few to say
alt-bars = Bar chart of { $what }. { $count } kinds. Most: { $most }.
alt-none-recorded = None recorded: { $names }.
caption-offences = Incidents by what they are aimed at. An incident may be aimed at several things: the bars add up to { $sum }, the incidents are { $incidents }.
what-offences = incidents by what they are aimed at
what-shifts = differences of shares, in points
alt-intervals = Chart of { $what }. Reference { $reference }. { $estimates }.
caption-amounts = Money mentioned in incidents, each value by itself, by date and kind. A line is a range as reported. Scales of money are logarithmic. The values are of different things and units (in all, a person, a minute), so no trend is drawn.
alt-amounts = Dot plot of money mentioned in incidents. { $count } values: { $kinds }. Largest: { $largest }.
axis-CNY = Chinese yuan
axis-KPW = North Korean won
axis-USD = US dollars
axis-KRW = South Korean won
axis-PCT = Per cent
large-unit = { $number } million
large-unit-size = 1000000
huge-unit = { $number } billion
huge-unit-size = 1000000000
title-half-year = { $half }: { $expected } expected, { $certain } certain, { $possible } possible
events-by-number = Events, by number
caption-timeline = Above: dated events, numbered as in the table of events. Middle: incidents by half-year; the bar is the expected number, the line runs from the certain to the possible number where they differ. Below: articles held, by outlet, with changes at the outlets above them. Incidents and articles rise and fall together, so the bars measure reporting.
timeline-unfinished = Hatched: not covered to its end (articles until { $day }).
alt-timeline = Chart of incidents by half-year above the articles held. { $expected } incidents are expected in the half-years from { $first } to { $last }. Most: { $most }. None recorded: { $none }. Articles held: { $held }.
count-incidents = { $count ->
    [one] 1 incident
   *[other] { $count } incidents
 }

## The page around a report, and its provenance

page-skip = Skip to the report
page-contents = Contents
page-code = Code
page-report = Report
work = State crackdowns in North Korea
made-of-revision = Data revision
made-of-codebook = Codebook version
made-of-software = Software version
made-of-until = Articles until
made-of-parameters = Parameters
made-of-all = none: all incidents
made-of-licences = Licences
licences = data CC BY 4.0; code MIT; boundaries { $source }

## Texts of notebooks, of reports/editions.yml and of the tables
#
# Each is here as it stands there, line by line: a translation is found by its
# text. What is changed there is to be changed here, in every language.

text-boundaries-shipped = OCHA and WFP, through geoBoundaries (PRK ADM2, 2019), CC BY 3.0 IGO; cleaned and dissolved
text-how-good-the-evidence-is = How good the evidence is
text-what-the-incidents-rest-on-whose = What the incidents rest on: whose reports, how precise, how far two coders agree, and what is missing.
text-at-a-glance = At a glance
text-source-date-and-place = Source, date and place
text-the-judgement-of-the-source-says = The judgement of the source says what kind of source there is, not how probable the act is.
text-articles-held = Articles held
text-agreement-of-coders = Agreement of coders
text-some-articles-were-coded-by-two = Some articles were coded by two people on their own, before any review.
text-incident-list = Incident list
text-limits = Limits
text-a-sample-of-reporting-the-tables = **A sample of reporting.** The tables hold what a few outlets with sources inside the country chose to report and what could be found of it. No search log exists, so no weights are defensible, and there are no rates per inhabitant: a map of rates would be a map of informants.
text-none-recorded-is-not-zero-a = **None recorded is not zero.** A place or period without an incident is one from which nothing was reported, or nothing found.
text-mostly-one-source-most-incidents-rest = **Mostly one source.** Most incidents rest on one anonymous source of one outlet, and nothing inside the country can be verified independently.
text-dates-and-places-are-intervals-an = **Dates and places are intervals.** An incident counts where and when it is surely contained; what is coarser stands apart and is never spread over counties.
text-excerpts-of-most-articles-only-the = **Excerpts.** Of most articles only the opening part could be read; later details may be missing.
text-how-to-cite-and-what-made = How to cite, and what made this page
text-one-province-of-north-korea = One province of North Korea
text-which-acts-of-the-state-were = Which acts of the state were reported from one province: in which counties, by whom and against what; and in what do these reports differ from those of the rest of the country?
text-counties = Counties
text-each-incident-is-drawn-at-the = Each incident is drawn at the smallest unit known to contain it and nowhere else. What is known only to the province or its border area stands apart.
text-against-the-rest-of-the-country = Against the rest of the country
text-shares-are-of-what-was-reported = Shares are of what was reported. Outlets differ in where their sources are, so the rest of the country is also compared within each publisher, and a difference holds only where independent publishers agree. There are no rates.
text-when = When
text-the-number-of-incidents-follows-the = The number of incidents follows the number of articles held. A rise or fall of both together says nothing about repression.
text-what-changed-in-the-reports = What changed in the reports
text-two-periods-are-compared-within-each = Two periods are compared within each publisher, and a shift is claimed only where independent publishers agree. Intervals respect that incidents sharing an article, a case or a campaign are not separate evidence.
text-against-what-and-by-whom = Against what, and by whom
text-persons-reached = Persons reached
text-persons-are-listed-by-what-was = Persons are listed by what was done to them and never added up over acts, since whoever is arrested may be tried and punished later.
text-gravest-acts = Gravest acts
text-listed-in-full-rather-than-counted = Listed in full rather than counted, each with three separate judgements: its sources, its date, its place.
text-evidence = Evidence
text-what-the-incidents-rest-on-the = What the incidents rest on. The judgement of the source says what kind of source there is, not how probable the act is.
text-totals-reported = Totals reported
text-reports-of-totals-over-a-period = Reports of totals over a period or an area. They may contain incidents of the list, so no count holds them.
text-state-crackdowns-in-north-korea = State crackdowns in North Korea
text-how-many-acts-of-the-state = How many acts of the state against contact with the outside world, movement across the border and free speech were reported; where, by whom and against what; and how sure is that?
text-where = Where
text-each-incident-is-drawn-at-the-x = Each incident is drawn at the smallest unit known to contain it and nowhere else. What is known only to the border area or the country stands beside the map.
text-one-theme = One theme
text-which-acts-of-the-state-against = Which acts of the state against one family of offences, or in one campaign, were reported: what was done, where, by whom and with what penalties; and how sure is that?
text-what-and-by-whom = What, and by whom
text-an-incident-may-name-several-offences = An incident may name several offences; those beside the theme stand in the table too.
text-from-threat-to-act = From threat to act
text-a-campaign-is-a-drive-of = A campaign is a drive of the authorities that the reports themselves tie together: an order, the people sent to carry it out, and what they did.
text-money = Money
text-how-the-make-up-of-what = How the make-up of what is reported differs between two periods within each publisher, what the authorities' campaigns led to, which penalties were threatened and imposed, and what money is mentioned.
text-coverage = Coverage
text-shifts-within-each-publisher = Shifts within each publisher
text-title-situation-report = situation report
text-title-one-province = one province
text-title-one-theme = one theme
text-title-what-changed = what changed
text-title-quality-of-the-evidence = quality of the evidence
text-title-all-years = All years
text-title-the-country = The country
text-title-the-last = The last { $label }
text-title-five-years = five years
text-title-twelve-months = twelve months
text-title-provinces = Provinces
text-title-themes = Themes
text-title-campaigns = Campaigns
text-title-years = Years
text-title-reports = Reports
text-title-phones-and-remittances = Phones and remittances
text-title-foreign-media = Foreign media
text-title-border-crossing-and-smuggling = Border crossing and smuggling
text-title-speech-and-religion = Speech and religion
text-title-officials = Officials
text-campaign-k001 = Phone and anti-socialist inspection of the northern border, spring 2010
text-campaign-k002 = Ryanggang smugglers as informers, winter 2010
text-campaign-k003 = Anti-socialist inspection units, order of 7 December 2010
text-campaign-k004 = Storm Corps inspection of the border, August to October 2011
text-campaign-k005 = Reckoning after the mourning for Kim Jong Il
text-campaign-k006 = Inspection groups with phone traps, North Hamgyong, spring 2012
text-campaign-k007 = Squads from Pyongyang in Hyesan, autumn 2013
text-campaign-k008 = Executions over "impure recordings", autumn 2013
text-campaign-k009 = Police inspection of the border, winter 2013-14
text-campaign-k010 = State security inspection of the border, winter 2013-14
text-campaign-k011 = Pyongyang drive against church contacts, spring 2014
text-campaign-k012 = Musan drive on calls abroad, September to December 2014
text-campaign-k013 = Bureau 15 phone inspection in Hyesan, winter 2014-15
text-campaign-k014 = Hunt after the flight of three Musan families, 2015
text-campaign-k015 = Arrests after the spy case of March 2015
text-campaign-k016 = Inquiry into the Musan remittance ledger, 2016
text-campaign-k017 = Central inspection of the flooded border, autumn 2016
text-campaign-k018 = Round-up of phone users after the flood, October 2016
text-campaign-k019 = Shoot-at-once instruction on the Tumen, November 2016
text-campaign-k020 = Search for leaks before the end of the ministry's inspection, spring 2017
text-campaign-k021 = Security around the leader's visit to Samjiyon, December 2017
text-campaign-k022 = Kangwon orders against defection by sea, January 2018
text-campaign-k023 = Crackdown on superstition, 2018-19
text-campaign-k024 = Ryanggang rewards for reports on border crossing, 2019
text-campaign-k025 = Hunt for the leak of the leader's visit, autumn 2019
text-campaign-k026 = Re-sorting of attempts to flee by boat, 2019-20
text-campaign-k027 = Military security inspection of Hyesan, January 2020
text-campaign-k028 = Emergency quarantine regime at the border, 2020-23
text-campaign-k029 = Smuggling under military law, 2020
text-campaign-k030 = Rallies against defectors, June 2020
text-campaign-k031 = Phone arrests in North Hamgyong, June 2020
text-campaign-k032 = Shoot-on-sight order in the border zone, from August 2020
text-campaign-k033 = Hyesan Incident, November 2020
text-campaign-k034 = Law on rejecting reactionary thought and culture
text-campaign-k035 = Unified command against anti-socialist behaviour, 2021
text-campaign-k036 = Fine-comb sweep of phone users, 2021
text-campaign-k037 = Mop-up of remittance brokers, spring 2021
text-campaign-k038 = Removal of "impure" households from the border, 2021-22
text-campaign-k039 = Ministry inspection of Ryanggang, December 2021
text-campaign-k040 = Leniency for minors under the culture law, April 2022
text-campaign-k041 = Command 82 in the lockdown of May 2022
text-campaign-k042 = Ministry inspection of Ryanggang security offices, 2022
text-campaign-k043 = Strike team on the North Hamgyong border, January 2023
text-campaign-k044 = Raids on South Korean goods, North Hamgyong, July 2023
text-campaign-k045 = Phone drive in Hoeryong, autumn 2023
text-campaign-k046 = Handling of people returned from China in October 2023
text-campaign-k047 = Checkpoints around munitions plants, winter 2023-24
text-campaign-k048 = Month of eliminating illegal activities, April 2024
text-campaign-k049 = Hard line on phones in Hoeryong, July 2024
text-campaign-k050 = Inspection of border guard posts, North Pyongan, July 2024
text-campaign-k051 = Closed trials ordered by the central command, July 2024
text-campaign-k052 = Thirty ministry inspectors in North Hamgyong, winter 2024-25
text-campaign-k053 = Month of television checks, March 2025
text-campaign-k054 = Television checks in Haeju, March 2025
text-campaign-k055 = "Last roots" mop-up of phone users, 2025
text-campaign-k056 = Luggage smuggling in North Pyongan, 2025
text-campaign-k057 = Border free of Chinese phones, 2026
text-event-e01 = Death of Kim Jong Il and national mourning
text-event-e02 = Execution of the leader's uncle Jang Song Thaek; border inspections and new guidelines to the police follow
text-event-e03 = Border closed to foreigners over Ebola
text-event-e04 = Criminal code adds illegal international communication (article 222): up to one year of labour training or five years of re-education
text-event-e05 = Flash floods around Rason
text-event-e06 = Seventh Party Congress
text-event-e07 = Flood of the Tumen (typhoon Lionrock) in North Hamgyong: Musan, Yonsa, Hoeryong, Onsong
text-event-e08 = Minister of State Security dismissed; inspection of the ministry until April 2017
text-event-e09 = Daily NK English changes from State Security Department to Ministry of State Security
text-event-e10 = Daily NK gives up numbered article addresses for titled ones
text-event-e11 = Signal bureau of state security appears as bureau 10 instead of bureau 15
text-event-e12 = Foreign tourists barred over the coronavirus
text-event-e13 = All air and rail routes with China suspended: border closed
text-event-e14 = Ministry of People's Security renamed Ministry of Social Security
text-event-e15 = Rallies against defectors after balloon leaflets
text-event-e16 = Buffer zone of one to two kilometres at the northern border, shooting on sight
text-event-e18 = Unified command against anti-socialist and non-socialist behaviour set up
text-event-e19 = Eighth Party Congress
text-event-e20 = Walls and high-voltage wire built along the northern border
text-event-e21 = Third plenary meeting renames the command Unified Command 82 and sharpens its task
text-event-e22 = Youth Education Guarantee Law
text-event-e23 = Fourth plenary meeting makes the fight against anti-socialist behaviour a major task
text-event-e24 = Freight trains with China start again
text-event-e25 = COVID-19 outbreak declared: maximum emergency, national lockdown, order to shoot repeated; victory declared in August
text-event-e26 = Law on self-guard (local duty to guard the border area)
text-event-e27 = Pyongyang Cultural Language Protection Law
text-event-e28 = Law on the protection of state secrets
text-event-e29 = Citizens abroad allowed to return: border reopened in part
text-event-e30 = Mass return of North Koreans from China
text-event-e31 = South Korea declared a hostile state (two states)
text-event-e32 = Flood of the Yalu at the border (North Pyongan)
text-event-e33 = US grants (NED, State Department) to North Korea groups and outlets in Seoul frozen
text-event-e34 = US order to cut the agency behind Radio Free Asia and Voice of America
text-event-e35 = Radio Free Asia announces dismissal of some 90 per cent of its staff
text-event-e36 = Twelfth plenary meeting of the eighth central committee
text-event-e37 = Radio Free Asia stops all news, Korean included
text-event-e38 = Radio Free Asia announces and begins Korean content again with four reporters in Seoul
text-event-e39 = Ninth Party Congress

## The index

list-language = {""}
site-skip = Skip to the pages
site-groups = Groups of pages
site-about = Data and corrections
site-newest = Newest findings
site-where = Where
site-found = Found: { $pages } pages, { $incidents } incidents{ $first }.
site-found-first = ; the first { $shown } are shown
