# Korean. Ids and variables are those of en.ftl; docs/translating.md says how to edit.
#
# Plain style (-다) in sentences, nouns in labels. Dates, lists and names come in already
# worded. A particle that depends on the word before it is printed with that word by
# JOSA: { JOSA($subject, "이/가") }. Korean has no plural: select on 0 or 1 only.
# Terms are those of glossary.csv.

## Levels of place

all = 전체
outside-period = 대상 기간 밖
unplaced = 국경 지역·전국 단위(도 미상)
level-province = 도까지만 알려짐
level-border = 국경 지역까지만 알려짐
level-country = 국가 단위로만 알려짐

## Header and coverage

subtitle = { $start }부터 { $end }까지
subtitle-limited = { $start }부터 { $end }까지, { $limits }
as-known = { $day }까지 알려진 바에 따름
coverage-banner = 수집 자료에는 매체 { $publishers }곳이 { $last }까지 발행한 기사 { $articles }건이 있다({ $largest }). 이는 몇몇 매체가 보도한 내용의 표본이어서 건수는 실제 사건 못지않게 보도의 양에 좌우된다. 비교는 시기 사이가 아니라 같은 매체 안에서 하여야 한다.{ $thin ->
    [0] {""}
   *[other] {" "}마지막 반기({ $lasthalf })는 기사 { $thin }건에 근거하며 아직 완결되지 않았다.
 }
possibly-known = 사건 { $count }건은 그날까지 이미 공개되었을 수 있으나, 해당 기사의 발행일이 그만큼 정확히 알려져 있지 않다.

limit-precision = 장소가 { $precision } 단위 이상으로 알려진 사건
new-occurred = { $since } 이후에 일어나고 보도된 사건
new-reported = 그 전에 일어났거나 일어났을 수 있으나 { $since } 이후에 보도된 사건
new-none = 없음.
new-left = { $count ->
    [0] {""}
   *[other] 그보다 앞선 조치 { $count }건은 여기에 싣지 않았다.
 }

## Key figures

incidents-of-act = { $count ->
   *[other] 건
 }

no-article = 이날까지 공개된 기사가 없다.
no-incident = 이 조건에 해당하는 사건이 없다. 이는 수집 자료에 없다는 뜻이며, 그런 일이 없었다는 뜻은 아니다.
incidents-all = { $count ->
   *[other] 건. 사건 하나는 접촉, 이동, 표현을 막으려는 국가의 조치 하나이다
 }
incidents-crossing = 이 가운데 { $crossing }건은 날짜 구간이 대상 기간을 벗어난다. 기간 안의 기대 건수는 { NUMBER($expected, maximumFractionDigits: 1) }건이고, 확실히 기간 안에 있는 것은 { $certain }건이다.
aggregates-apart = 다른 조치들을 합한 총계 보도 { $count }건은 따로 두고 세지 않았다.
persons-figure = { $open ->
    [0] { $best }명({ $low }~{ $high }명)
   *[other] 최소 { $low }명, 추정 { $best }명. 사례 { $figures }건 중 { $open }건은 상한을 알 수 없음
 }
persons-none = 인원수 보도 없음
persons-without = { $without ->
    [0] 사례 { $cases }건 모두 인원수가 보도됨
   *[other] 사례 { $cases }건 중 { $without }건은 인원수 보도 없음
 }
deaths-figure = 사례 { $cases }건에서 피살, 처형 또는 구금 중 사망 최소 { $deaths }명
open-high = { $high }명 이상. { $figures }건 중 { $open }건은 알 수 없음

## Findings: all that a page may claim
#
# A count of reports is worded as a count of reports. No message says or
# implies that what the state did became more or less.

finding-larger-share = 비교한 모든 매체에서 { JOSA($subject, "이/가") } 보도 사건 중에 차지하는 비율은 { $before }보다 { $after }에 더 높다. { $figures }.
finding-smaller-share = 비교한 모든 매체에서 { JOSA($subject, "이/가") } 보도 사건 중에 차지하는 비율은 { $before }보다 { $after }에 더 낮다. { $figures }.
finding-no-shift = { JOSA($before, "과/와") } { $after }의 보도를 견주면, 서로 독립된 매체들에서 함께 나타나는 뚜렷한 내용 차이는 없다. { JOSA($publishers, "이/가") } 비교할 만큼 보도한 단속 사유, 조치, 도 { $compared }개 가운데 비율이 매체마다 뚜렷하게 같은 방향으로 달라진 것은 없다.
finding-too-few = 서로 독립된 두 매체의 보도 사건이 너무 적어, 보도의 구성이 어떻게 달라졌는지 말할 수 없다.
finding-larger-share-alone = { $publisher }의 보도만 놓고 보면 { JOSA($subject, "이/가") } 차지하는 비율은 { $before }({ NUMBER($sharebefore, style: "percent") })보다 { $after }({ NUMBER($shareafter, style: "percent") })에 더 높으며, 차이는 { NUMBER($low, maximumFractionDigits: 0) }에서 { NUMBER($high, maximumFractionDigits: 0) }%포인트 사이이다. 독립된 다른 매체에서 확인되지 않으므로 이 매체의 보도 선택에 따른 것일 수 있다.
finding-smaller-share-alone = { $publisher }의 보도만 놓고 보면 { JOSA($subject, "이/가") } 차지하는 비율은 { $before }({ NUMBER($sharebefore, style: "percent") })보다 { $after }({ NUMBER($shareafter, style: "percent") })에 더 낮으며, 차이는 { NUMBER($low, maximumFractionDigits: 0) }에서 { NUMBER($high, maximumFractionDigits: 0) }%포인트 사이이다. 독립된 다른 매체에서 확인되지 않으므로 이 매체의 보도 선택에 따른 것일 수 있다.
finding-more-reported = { JOSA($publisher, "이/가") } 하루에 보도한 사건은 { $before }보다 { $after }에 더 많아 { NUMBER($ratio, maximumFractionDigits: 1) }배({ NUMBER($low, maximumFractionDigits: 1) }~{ NUMBER($high, maximumFractionDigits: 1) }배)이다. 수집 자료에 있는 이 매체의 기사가 각각 { $articlesbefore }건과 { $articlesafter }건이므로, 이 수치가 나타내는 것은 보도량이다.
finding-fewer-reported = { JOSA($publisher, "이/가") } 하루에 보도한 사건은 { $before }보다 { $after }에 더 적어 { NUMBER($ratio, maximumFractionDigits: 1) }배({ NUMBER($low, maximumFractionDigits: 1) }~{ NUMBER($high, maximumFractionDigits: 1) }배)이다. 수집 자료에 있는 이 매체의 기사가 각각 { $articlesbefore }건과 { $articlesafter }건이므로, 이 수치가 나타내는 것은 보도량이다.
finding-offences = 보도된 조치의 단속 사유는 사건 { $total }건 가운데 { $offences } 순으로 많다. 한 사건에 사유가 여럿일 수 있다.
finding-places = 시·군까지 알려진 사건은 { $total }건 중 { $placed }건({ NUMBER($share, style: "percent") })이며, 이 가운데 { $places } 순으로 보도가 많다.{ $unplaced ->
    [0] {""}
   *[other] {" "}{ $unplaced }건은 어느 도에서 일어났는지 알 수 없다.
 }
finding-evidence-most = 사건 { $total }건 중 절반이 넘는 { $single }건({ NUMBER($share, style: "percent") })이 한 매체의 익명 소식통 한 명에 근거하며, 서로 독립된 매체들이 보도한 것은 { $corroborated }건이다.
finding-evidence = 사건 { $total }건 중 { $single }건({ NUMBER($share, style: "percent") })이 한 매체의 익명 소식통 한 명에 근거하며, 서로 독립된 매체들이 보도한 것은 { $corroborated }건이다.

figures = 해당 수치

share-of-publisher = { $publisher } { NUMBER($sharebefore, style: "percent") }에서 { NUMBER($shareafter, style: "percent") }로(차이 { NUMBER($low, maximumFractionDigits: 0) }에서 { NUMBER($high, maximumFractionDigits: 0) }%포인트 사이)

stress-all = 근거를 달리 읽은 { $readings }가지 방식 모두에서 성립한다.
stress-breaks = 근거를 달리 읽은 { $readings }가지 방식 중 { $holds }가지에서 성립한다. 성립하지 않는 방식: { $breaks }{ $more ->
    [0] {""}
   *[other] {" "}외 { $more }가지
 }.
reading-without = { $publisher } 제외
reading-stated = 날짜가 명시된 사건만
reading-county = 시·군까지 알려진 사건만
reading-other-coder = 다른 코더의 코딩 사용
reading-low = 인원 하한값 사용
reading-high = 인원 상한값 사용
reading-aggregates = 총계 보도 포함

## Evidence behind a finding: source, date and place as separate judgements

confidence-rests = 근거
confidence-rests-told = 사건 { $count }건
confidence-source = 출처
confidence-source-told = 교차 확인 { $corroborated }건, 익명이거나 밝히지 않은 단일 출처 { $weak }건
confidence-date = 날짜
confidence-date-told = 일 단위 { $day }건, 월 단위까지 넓히면 { $month }건
confidence-place = 장소
confidence-place-told = 시·군까지 알려진 것 { $county }건, 도를 알 수 없는 것 { $none }건

## Captions and notes of tables

head-years = 연도
head-half-years = 반기
caption-years = 연도별 사건 수와 그해에 발행된 수집 기사 수
caption-half-years = 반기별 사건 수와 그 반기에 발행된 수집 기사 수
note-periods = 날짜가 구간으로 알려진 사건은 구간의 각 날에 고르게 나누었다. 이것이 기대 건수이며 합산할 수 있다. ‘확실’은 구간이 기간 안에 온전히 들어가는 사건, ‘가능’은 기간 안에 들 수 있는 사건의 수이며 둘 다 합산할 수 없다. 점(·)은 기록이 없거나 합계를 내지 않았음을 뜻한다. 발행일이 월이나 연 단위로만 알려진 기사도 같은 방식으로 나누었다.
caption-provinces = 도별 사건 수와 장소의 정확도
note-provinces = 점(·)은 기록이 없음을 뜻하며 0건이라는 뜻은 아니다. { $none ->
    [0] 모든 도에 사건이 한 건 이상 있다.
   *[other] 도 { $none }곳에는 기록된 사건이 없다.
 } 도를 알 수 없는 사건은 도별로 나누어 넣지 않았다.
caption-small = 사건이 { $least }건 미만이어서 별도 페이지가 없는 { $kind ->
    [campaigns] 집중 단속
    [years] 연도
   *[provinces] 도
 }
note-small = 기간은 조치가 있었을 수 있는 첫날부터 마지막 날까지이다. 주된 단속 사유는 가장 많은 조치가 겨냥한 사유이며, 같은 횟수이면 둘 이상을 적었다.{ $kind ->
    [years] {" "}사건 수는 그해에 들 수 있는 사건, ‘확실’은 그해에 온전히 들어가는 사건, ‘기대’는 날짜 구간 가운데 그해에 드는 부분을 센 것으로, ‘기대’만 합산할 수 있다.
   *[provinces] {""}
 }
caption-provinces-by-year = 도별·연도별 기대 사건 수
note-provinces-by-year = 날짜 구간이 해를 넘기는 사건은 구간의 각 날에 고르게 나누었다. 점(·)은 기록이 없음을 뜻한다.{ $outside ->
    [0] {""}
   *[other] {" "}날짜 구간 중 대상 기간을 벗어나는 부분({ $outside }건)은 어느 칸에도 넣지 않았다.
 }
caption-shifts = 매체별 보도 내용의 비율: { $before } 대비 { $after }
map-classes = 색 구간({ $classes })은 고정되어 모든 지도에서 같으므로, 같은 색은 어디서나 같은 뜻이다.
map-uncertain = 불확실: 한 매체의 익명이거나 밝히지 않은 출처뿐
map-uncertain-key = 교차 확인도 | 문서 근거도 없음
map-uncertain-named = 한 매체의 익명이거나 밝히지 않은 출처에만 근거하여 불확실한 곳: { $names }.
map-uncertain-province = 색 위의 빗금은 불확실함을 뜻한다. 그곳의 사건이 모두 한 매체의 익명이거나 밝히지 않은 출처에 근거하며, 다른 매체가 보도하거나 문서로 뒷받침된 것이 없다.
map-uncertain-period = 색 위의 빗금은 불확실함을 뜻한다. 그곳의 그 기간 사건이 모두 한 매체의 익명이거나 밝히지 않은 출처에 근거하며, 다른 매체가 보도하거나 문서로 뒷받침된 것이 없다.
map-uncertain-county = 속이 빈 빗금 원은 불확실함을 뜻한다. 그곳의 사건이 모두 한 매체의 익명이거나 밝히지 않은 출처에 근거하며, 다른 매체가 보도하거나 문서로 뒷받침된 것이 없다.
caption-halves = 각 지도에는 날짜가 그 기간에 온전히 들어가는 사건을 담았다. { $neither ->
    [0] 모든 사건이 이에 해당한다
   *[other] { $neither }건은 어느 기간에도 확실히 들어간다고 할 수 없다
 }.
until = { $day }까지
from = { $day }부터
caption-shift-chart = 두 곳 이상의 매체가 비교할 만큼 보도한 항목의 비율 차이(%포인트), { $before } 대비 { $after }. 선은 사건의 군집을 고려한 95% 구간이며, 기준선에 걸치면 뚜렷한 차이가 없음을 뜻한다. 매체들이 일치할 때에만 변화가 있다고 적는다.
note-shifts = 비율은 해당 매체가 보도한 사건 중 그 속성을 지닌 사건의 비율이며, 도의 비율은 도가 알려진 사건을 기준으로 한다. ‘차이’는 추정치와 사건의 군집을 고려한 95% 구간이다. ‘단독’은 비교 횟수를 보정(홀름)한 뒤 그 매체에 대하여 말할 수 있는 것, ‘종합’은 서로 독립된 매체들이 일치하는 것이다. 사건이 5건 미만인 비율은 비교하지 않았다.
shifts-left = 사건이 가장 많은 매체 { $compared }곳을 비교하였으며, 사건이 10건 이상인 다른 매체 { $left }곳은 싣지 않았다.
points = { NUMBER($estimate, maximumFractionDigits: 0) }({ NUMBER($low, maximumFractionDigits: 0) }~{ NUMBER($high, maximumFractionDigits: 0) })
caption-campaigns = 지시에서 처벌까지의 집중 단속: 단계별 기록 사건 수
note-campaigns = 주된 조치 가운데 보도가 그 집중 단속과 관련지은 것만 세었다. 지시에서 첫 조치까지의 시간은 날짜가 구간이므로 구간으로 나타낸다. 조치의 기록이 없다고 해서 조치가 없었다는 뜻은 아니다.
campaign-unnamed = 집중 단속 { $campaign }(이날 이후에 이름이 붙음)
since = { $day }부터
no-campaign = 이 조건에 해당하는 집중 단속이 없다.
no-order = 이 조건에 해당하는 지시가 없다.
no-penalty = 이 조건에 해당하는 집중 단속의 처벌이 없다.
no-money = 이 조건에 해당하는 금액이 없다.
no-agreement = 이 조건에 해당하는 조치 중 두 번 코딩된 것이 없다.
orders = 기록된 지시는 { $orders }건이다. 이 가운데 같은 집중 단속의 조치가 뒤따른 것은 { $acts }건, 집회만 뒤따른 것은 { $assemblies }건, 뒤따른 조치의 기록이 없는 것은 { $none }건이며, { $alone }건은 어느 집중 단속에도 속하지 않는다.
order-times = 지시에서 첫 조치까지의 시간은 지시 { $timed }건의 중앙값이 { NUMBER($shortest, maximumFractionDigits: 0) }일에서 { NUMBER($longest, maximumFractionDigits: 0) }일 사이이다. 같은 집중 단속의 지시들은 뒤따른 조치를 함께 가지므로 서로 독립적이지 않다.
orders-none = 뒤따른 조치의 기록이 없는 지시
caption-penalties = 집중 단속별로 예고되거나 내려진 처벌
note-penalties = ‘예고’는 당국이 예고하였거나 소식통이 예상한 것, ‘부과’는 보도된 대로 내려진 것이다. 기록이 없는 처벌도 있었을 수 있다.
caption-money = { $count ->
    [1] 언급된 금액
   *[other] 언급된 금액 전체 { $count }건
 }
note-money = 보도된 개별 값이며 표본이 아니므로, 이로부터 평균이나 추세를 구할 수 없다.
caption-agreement = 두 코더의 일치도(크리펜도르프 알파와 95% 부트스트랩 구간)
note-agreement = 검토자가 같은 조치로 판단한 것을 단위로 하였으므로, 무엇을 사건으로 셀 것인지에 대한 일치도는 알려 주지 않는다. 날짜 구간 { $pairs }쌍 가운데 { $overlap }쌍이 겹치고 { $identical }쌍이 똑같다. 거의 쓰이지 않은 값의 알파는 불안정하다.
unitising = 무엇을 사건으로 셀 것인가: 기사 { $articles }건 중 { $articles_shared }건은 두 명 이상의 코더가 코딩하였다. 코더 쌍 { $coder_pairs }쌍 중 { $same_set }쌍이 같은 사건들을 기록하였으며, 양성 일치도는 { NUMBER($positive_agreement, maximumFractionDigits: 2) }({ NUMBER($low, maximumFractionDigits: 2) }에서 { NUMBER($high, maximumFractionDigits: 2) } 사이)이다. 한 코더가 아무것도 기록하지 않은 기사는 흔적이 남지 않으므로 이 값은 상한이다.
caption-counties = 시·군별 사건 수
note-counties = 사건이 있는 시·군은 { $counties }곳이다. 나머지 시·군에는 기록된 사건이 없으나, 0건이라는 뜻은 아니다.
caption-persons = 주된 조치별 대상 인원. 한 줄 안에서 각 사례는 한 번만 셈
note-persons = 사례는 같은 사람들에 대한 조치를 하나로 묶은 것이다. 표의 각 줄에 실린 사례는 모두 { $cells }건이며, { $overlap ->
    [0] 두 줄에 함께 실린 사례는 없으므로
   *[other] 이 가운데 { $overlap }건은 다른 줄에도 실려 있으므로
 } 서로 다른 사례는 { $cases }건이다. 인원은 조치 사이에 합산하지 않는다. 하한과 상한은 보도가 허용하는 값을 더한 것이며, 상한을 알 수 없는 사례가 있으면 상한은 최솟값이다.
caption-largest = 인원수가 가장 많은 보도 10건
note-largest = 비율은 선택된 모든 사례의 추정 인원 합계를 기준으로 한다. 가장 많은 5건이 { JOSA(NUMBER($share, style: "percent"), "을/를") } 차지하므로, 인원 합계는 소수의 보도에 좌우된다.
caption-offences-by-agency = 기관별 단속 사유
note-offences-by-agency = 한 사건에 여러 단속 사유와 여러 기관이 있을 수 있으므로 행과 열의 합은 전체와 다르다. 점(·)은 기록이 없음을 뜻한다.
caption-articles = 매체별·발행 연도별 수집 기사 수
note-articles = 발행일이 월이나 연 단위로만 알려진 기사는 그 기간에 고르게 나누고 반올림하였다. 발행일을 알 수 없는 기사 { $undated }건은 어느 칸에도 넣지 않았다.
caption-evidence = 사건의 근거: 출처, 날짜, 장소를 따로 평가함
note-evidence = { $dated ->
    [0] 날짜가 명시되고 발행일까지 알려진 기사가 있는 사건이 없다.
   *[other] 명시된 날짜부터 발행일이 알려진 첫 기사까지 걸린 기간은 사건 { $dated }건의 중앙값이 { $median }일이다.
 }
caption-events = 추세와 함께 볼 주요 일지(번호는 그림과 같음)

## Gravest acts

gravest-deaths = 처형과 사망
gravest-minors = 미성년자에 대한 조치
gravest-returnees = 중국 등에서 송환된 사람
gravest-in-list = { $count }건, 각 사건의 출처는 사건 목록에 있다.
gravest-none = 이 조건에 해당하는 기록이 없다.

## Sentences on sources

cite = 북한 당국의 단속: { $title }, { $subtitle }. 보고서 { $report_id }, 데이터 개정판 { $revision }, 소프트웨어 버전 { $version }.
report-id = 보고서 식별자

## Lists

caption-aggregates = 다른 조치들을 합한 총계 { $count }건. 참고로 싣고 세지 않음
border-of = { $place } 국경 지역
persons-exact = { $count }명
persons-range = { $best }명(하한 { $low }, 상한 { $high })
toll-deaths = 사망 최소 { $count }명
toll-sentence = 사형 선고, 집행 기록 없음
toll-penalties = 처벌: { $penalties }

## The site: its index and the pages of provinces and themes

site-lead = 북한 내부에 소식통을 둔 매체들이 보도한, 외부와의 접촉, 국경을 넘는 이동, 자유로운 표현을 막으려는 국가의 조치. 기사 { $articles }건에서 손으로 코딩한 사건 { $incidents }건, { $subtitle }.
site-search = 페이지와 사건 검색
site-search-newest = 전체 { $all }건 중 최신 { $count }건만 여기에서 찾을 수 있으며, 모든 사건은 data/incidents.csv에 있다.
site-search-summaries = 요약문의 낱말로는 최신 { $known }건을 찾을 수 있고, 그보다 오래된 사건은 날짜, 장소, 조치, 단속 사유, 기관으로 찾을 수 있다.
site-results = 검색 결과
site-whole = 모든 결과와 그 근거가 된 사건: { $title }
site-small = 사건이 { $least }건 미만이면 별도 페이지를 두지 않고 전국 페이지의 표에 한 줄로 싣는다.
site-revision = 데이터 개정판 { $revision }, { $until }까지 발행된 기사 포함. 데이터 CC BY 4.0, 코드 MIT, 경계 { $source }.
site-map = 별도 페이지가 있는 도는 지도에서 누르면 그 페이지로 이어진다.
corrections = 정정
correction = { $day }, { $of }. 틀린 내용: “{ $wrong }”. 바른 내용: “{ $right }”.
correction-figures = 바뀐 수치: { $figures }.
site-no-correction = 지금까지 발표한 수치를 정정한 일이 없다.
caption-against = { JOSA($here, "과/와") } 나머지 지역의 { $what }
note-against = { $here }의 전체 사건({ $inside }건)과 그 밖의 도로 알려진 전체 사건({ $outside }건)에 대한 비율이며, 한 사건에 여러 값이 있을 수 있다. 도를 알 수 없는 사건 { $unplaced }건은 어느 비율에도 넣지 않았다. 비율은 보도된 내용을 기준으로 하며, 보도한 매체는 지역마다 다르다.
caption-contrasts = 매체별로 본 { $here }의 단속 사유와 조치의 비율, 나머지 지역 대비
note-contrasts = 차이는 %포인트로, 추정치와 사건의 군집을 고려한 95% 구간이다. ‘종합’은 서로 독립된 매체들이 일치하는 것이며, 한 매체만의 차이는 그 매체의 보도 선택에 따른 것일 수 있다. 사건이 5건 미만인 비율은 비교하지 않았다.
against-none = 다른 도의 사건이 없어 이 조건과 비교할 대상이 없다.
contrasts-none = { $here }의 사건을 나머지 지역과 비교할 만큼 보도한 매체가 없다.

## The incident list: how much of it there is, its filters and orders

list-name = 사건
list-every = { $count ->
    [1] 해당 사건 1건
   *[other] 사건 전체 { $count }건
 }
list-some = 사건 전체 { $all }건 중 { $shown }건
list-newest = 사건 전체 { $all }건 중 최신 { $count }건
list-some-newest = 최신 사건 { $count }건 중 { $shown }건
list-in-order = { $rows }, 최신순
list-left = 페이지 크기를 줄이기 위하여 목록에는 전체 { $all }건 중 최신 { $count }건만 싣고, 거르기도 이 사건들에만 적용한다. 모든 사건은 이 페이지를 만든 표인 data/incidents.csv에 있다: { $limits }.
list-brief = { $brief }줄은 간략히 적었다: 날짜(첫날/마지막 날), 장소, 주된 조치와 보도된 인원수. 조치는 첫 출처로, 숫자는 그다음 출처로 이어진다. +1은 출처가 하나 더 있다는 뜻이며 자바스크립트를 쓰는 브라우저에서는 이것도 링크가 된다. 요약문은 같은 식별자로 data/incidents.csv에 있다.
list-totals-left = 최신 { $count }건을 실었으며, 전체는 data/incidents.csv에 있다.
filter-name = 사건 거르기
filter-any = 전체
filter-or = {" "}또는{" "}
filter-words = 낱말
filter-when = 시기
filter-place = 장소
filter-precision = 장소의 정확도
filter-dated = 날짜의 정확도
filter-act = 주된 조치
filter-offence = 단속 사유
filter-agency = 기관
filter-evidence = 근거
filter-gravest = 중대 조치
filter-publisher = 매체
filter-order = 정렬
filter-reset = 모두 보기
filter-between = { $first }부터 { $last }까지
filter-certain = { $first }부터 { $last }까지(확실한 것만)
order-newest = 최신순
order-oldest = 오래된 순
order-where = 장소 가나다순
order-where-back = 장소 가나다 역순
order-what = 주된 조치순
order-what-back = 주된 조치 역순
order-evidence = 근거가 강한 순
order-evidence-back = 근거가 약한 순
all-provinces = 모든 도

## 날짜·숫자·목록

date-day = { $year }년 { $month } { $day }일
date-day-of-year = { $month } { $day }일
date-days = { $year }년 { $month } { $first }~{ $last }일
date-days-of-year = { $year }년 { $first }~{ $last }
date-month = { $year }년 { $month }
date-months = { $year }년 { $first }~{ $last }
date-year = { $year }년
date-years = { $first }~{ $last }년
date-span = { $first }~{ $last }
month-1 = 1월
month-2 = 2월
month-3 = 3월
month-4 = 4월
month-5 = 5월
month-6 = 6월
month-7 = 7월
month-8 = 8월
month-9 = 9월
month-10 = 10월
month-11 = 11월
month-12 = 12월
half-first = { $year }년 상반기
half-second = { $year }년 하반기
half-from = { $half }({ $day }부터)
half-to = { $half }({ $day }까지)
range = { $low }~{ $high }
list-last = { $items }, { $last }
unknown = 미상
money-CNY = { $amount }위안
money-KPW = 북한 돈 { $amount }원
money-USD = { $amount }달러
money-KRW = 한국 돈 { $amount }원
money-PCT = { $amount }%
money-other = { $amount } { $currency }

## 코드북 값의 이름
#
# label-<어휘>-<값>: data/datapackage.json의 vocabularies에 있는 값마다 하나씩.

label-date_precision-day = 일 단위
label-date_precision-week = 주 단위
label-date_precision-month = 월 단위
label-date_precision-quarter = 분기 단위
label-date_precision-half_year = 반기 단위
label-date_precision-year = 연 단위
label-date_precision-years = 1년 초과
label-date_basis-stated = 명시
label-date_basis-publication = 보도일 기준
label-date_basis-inferred = 추정
label-geo_precision-locality = 시·군 내 특정 지점
label-geo_precision-county = 시·군
label-geo_precision-province = 도
label-geo_precision-border = 국경 지역
label-geo_precision-country = 국가
label-action-order = 지시
label-action-deployment = 인력·장비 투입
label-action-inspection = 검열·단속
label-action-arrest = 체포
label-action-investigation = 조사
label-action-trial = 재판
label-action-punishment = 처벌
label-action-release = 석방
label-action-assembly = 강제 집회
label-action-shooting = 총격
label-offences-chinese_phone = 중국 휴대전화
label-offences-remittance = 송금
label-offences-information_leak = 정보 유출
label-offences-smuggling = 밀수
label-offences-trafficking = 인신매매
label-offences-defection = 탈북
label-offences-foreign_media = 외부 영상물·방송
label-offences-speech = 발언·표현
label-offences-religion = 종교
label-offences-superstition = 미신 행위
label-offences-espionage = 간첩 행위
label-offences-corruption = 부정부패
label-offences-quarantine = 방역 위반
label-offences-other = 기타
label-agencies-mss = 국가보위성
label-agencies-mss_signal = 국가보위성 전파탐지 부서
label-agencies-police = 사회안전성
label-agencies-prosecutors = 검찰
label-agencies-justice = 사법기관
label-agencies-party = 노동당
label-agencies-task_force = 합동 단속조
label-agencies-border_guard = 국경경비대
label-agencies-army = 군
label-agencies-central_government = 중앙 행정기관
label-agencies-local_government = 지방 인민위원회
label-agencies-youth_league = 청년동맹
label-agencies-neighbourhood = 인민반·직장
label-agencies-unspecified = 명시되지 않음
label-targets-residents = 주민
label-targets-brokers = 브로커
label-targets-smugglers = 밀수꾼
label-targets-defectors = 탈북자
label-targets-defector_families = 탈북자 가족
label-targets-chinese_residents = 화교
label-targets-foreigners = 외국인
label-targets-youth = 청소년·청년
label-targets-workers = 노동자
label-targets-farmers = 농민
label-targets-traders = 상인
label-targets-officials = 간부
label-targets-security_agents = 보위원·안전원
label-targets-informants = 정보원
label-targets-soldiers = 군인
label-targets-believers = 신앙인
label-targets-returnees = 송환된 사람
label-sex-female = 여성
label-sex-male = 남성
label-sex-mixed = 남녀 모두
label-penalties-fine = 벌금
label-penalties-labour_training = 노동단련대
label-penalties-reeducation = 교화소
label-penalties-political_prison = 정치범수용소
label-penalties-life = 무기형
label-penalties-exile = 추방
label-penalties-forced_assignment = 강제 배치
label-penalties-execution = 사형
label-penalties-dismissal = 해임
label-penalties-expulsion = 출당·퇴학
label-penalties-confiscation = 몰수
label-penalties-release_on_bribe = 뇌물 석방
label-sourcing-single_anonymous = 익명 소식통 1명
label-sourcing-multiple_anonymous = 익명 소식통 여러 명
label-sourcing-official = 북한 공식 자료
label-sourcing-documentary = 영상·문서
label-sourcing-testimony = 증언
label-sourcing-unspecified = 명시되지 않음
label-role-primary = 주 출처
label-role-corroborating = 보강 출처
label-published_basis-stated = 명시
label-published_basis-url = 주소
label-published_basis-repost = 재게재
label-published_basis-inferred = 추정
label-published_basis-unknown = 미상
label-language-en = 영어
label-language-ko = 한국어
label-language-ja = 일본어
label-language-zh = 중국어
label-language-it = 이탈리아어
label-extent-full = 전문
label-extent-excerpt = 앞부분만
label-amount_kind-bribe = 뇌물
label-amount_kind-fine = 벌금
label-amount_kind-commission = 수수료
label-amount_kind-call_fee = 통화료
label-amount_kind-remittance = 송금액
label-amount_kind-reward = 포상금
label-currency-CNY = 중국 위안
label-currency-KPW = 북한 원
label-currency-USD = 미국 달러
label-currency-KRW = 한국 원
label-currency-PCT = 퍼센트
label-amount_unit-total = 총액
label-amount_unit-per_person = 1인당
label-amount_unit-per_minute = 1분당
label-amount_unit-rate = 비율
label-event_kind-law = 법령
label-event_kind-border = 국경
label-event_kind-party = 당·지도부
label-event_kind-disaster = 재해·감염병
label-event_kind-agency = 기관
label-event_kind-media = 매체
label-level-country = 국가
label-level-province = 도
label-level-county = 시·군
label-place_kind-country = 국가
label-place_kind-province = 도
label-place_kind-capital_city = 직할시
label-place_kind-special_city = 특별시
label-place_kind-city = 시
label-place_kind-county = 군
label-place_kind-district = 구역·구·지구
label-borders-china = 중국
label-borders-russia = 러시아
label-borders-rok = 남한
label-borders-sea = 바다
label-borders-none = 없음

## 언어·장소·조건

language = 한국어
country = 북한
place-in = { $province } { $place }
place-of = { $province } { $place }
limit = { $name }: { $values }
limit-offences = 단속 사유
limit-actions = 주된 조치
limit-agencies = 기관
limit-publishers = 매체
limit-provinces = 도
limit-campaign = 집중 단속
limit-campaigns = 집중 단속
precision-locality = 시·군 내 특정 지점
precision-county = 시·군
precision-province = 도
precision-border = 국경 지역

## 표의 머리글

incidents = 사건 수
articles-held = 수집 기사
none-recorded = 기록 없음
table-csv = 표 내려받기(CSV)
more = {" "}외 { $count }건
head-certain = 확실
head-expected = 기대
head-possible = 가능
head-county-known = 시·군까지
head-province-known = 도까지만
head-border-known = 국경 지역까지만
head-country-known = 국가 단위로만
head-province = 도
head-campaign = 집중 단속
head-year = 연도
head-county = 시·군
head-pcode = P-code
head-cases = 사례
head-without-figure = 인원수 없음
head-persons-low = 인원(하한)
head-best = 추정
head-low = 하한
head-high = 상한
head-what = 내용
head-act = 조치
head-persons = 인원
head-share = 비율
head-when = 날짜
head-where = 장소
head-sources = 근거와 출처
head-all-agencies = 모든 기관
head-kind = 종류
head-event = 내용
head-number = 번호
head-period = 기간
head-leading = 주된 단속 사유
head-before = 이전
head-after = 이후
head-points = 차이(%포인트)
head-alone = 단독
head-together = 종합
head-days = 지시에서 첫 조치까지(일)
head-standing = 경과
head-penalty = 처벌
head-threatened = 예고
head-imposed = 부과
head-amount = 금액
head-unit = 단위
head-note = 비고
head-incident = 사건
head-elsewhere = 나머지 지역
head-share-elsewhere = 나머지 지역 비율
head-province-unknown = 도 미상
head-offences = 단속 사유
head-acts = 주된 조치
head-agencies = 기관
head-outlet = 매체
head-all-years = 전체 연도
head-judgement = 평가
head-how = 알려진 정도
head-value = 값
head-units = 단위 수
head-naming = 해당 단위 수
head-alpha = 알파
head-variable = 변수

## 판정·경과·등급·일치도

others = 기타
verdict-larger-share = 비율이 더 높음
verdict-smaller-share = 비율이 더 낮음
verdict-no-clear-difference = 뚜렷한 차이 없음
verdict-too-few = 사건이 너무 적음
verdict-publishers-differ = 매체마다 엇갈림
verdict-larger-share-in-every-publisher = 모든 매체에서 비율이 더 높음
verdict-smaller-share-in-every-publisher = 모든 매체에서 비율이 더 낮음
standing-act-on-record = 뒤따른 조치 기록 있음
standing-act-on-record-may-precede-the-order = 조치 기록 있음(지시보다 앞섰을 수 있음)
standing-only-an-assembly-on-record = 집회 기록만 있음
standing-no-act-on-record = 뒤따른 조치 기록 없음
standing-order-without-a-campaign = 집중 단속에 속하지 않는 지시
standing-no-order-on-record = 지시 기록 없음
standing-threatened-and-imposed = 예고되고 부과됨
standing-threatened-not-imposed-on-record = 예고됨, 부과 기록 없음
standing-imposed-not-threatened-on-record = 부과됨, 예고 기록 없음
grade-corroborated = 교차 확인
grade-documented = 문서 근거
grade-several-sources = 복수 출처
grade-single-source = 단일 출처
grade-not-told = 출처 밝히지 않음
means-corroborated = 서로 독립된 둘 이상의 매체가 보도
means-documented = 공식 문건, 영상, 문서 또는 실명 증언
means-several-sources = 한 매체, 익명 소식통 둘 이상
means-single-source = 한 매체, 익명 소식통 한 명
means-not-told = 한 매체, 누구에게 들었는지 밝히지 않음
dated-day = 일까지 알려짐
dated-week = 10일 이내로 알려짐
dated-month = 한 달 이내로 알려짐
dated-quarter = 한 분기 이내로 알려짐
dated-half-year = 반년 이내로 알려짐
dated-year = 1년 이내로 알려짐
dated-years = 1년이 넘는 기간으로 알려짐
alpha-undefined = 모든 코더가 같은 값을 적어 알파를 정할 수 없음
alpha-too-few = { $least }개 미만의 단위에만 쓰여 구간을 구하기에 너무 적음
alpha-no-disagreement = 불일치 기록이 없어 재표집으로 구간을 구할 수 없음
alpha-left-out = 표본 { $samples }개 중 변이가 없는 { $count }개 제외
variable-action = 주된 조치
variable-pcode = P-code
variable-province = 도
variable-geo-precision = 장소의 정확도
variable-sourcing = 출처 유형
variable-persons-given = 인원수 유무
variable-deaths-given = 사망자 수 유무
variable-offences = 단속 사유
variable-agencies = 기관
variable-targets = 대상
variable-also-actions = 함께 이루어진 조치
variable-penalty-imposed = 내려진 처벌
variable-penalty-threatened = 예고된 처벌

## 페이지의 부분

named-count = { $name }({ $count }건)
parting = {", "}
undated = 발행일 미상
publisher-count = { $name } { $count }건
coverage = 수집 범위
made-of = 이 페이지를 만든 것
deaths = 사망
site = 사이트

## 그림

map-china = 중국
map-russia = 러시아
map-south-korea = 남한
map-yellow-sea = 서해
map-east-sea = 동해
panel-Upper-Yalu-and-Tumen = 압록강 상류와 두만강
panel-Lower-Yalu = 압록강 하류
or-more = { $number }건 이상
map-not-drawn = 지도에 없음:
map-border-only = 국경 지역까지만 { $count }건
map-country-only = 국가 단위로만 { $count }건
map-rest = 지도에 그리지 않은 사건: 도 없이 국경 지역까지만 알려진 { $border }건, 국가 단위로만 알려진 { $country }건.
map-no-incident = 이 조건에 해당하는 사건이 없어 지도를 그리지 않았다.
map-no-place = 이 조건에 해당하는 사건 가운데 지도에 그릴 만큼 장소가 알려진 것이 없다.
map-not-zero = 기록이 없다고 해서 아무 일도 없었다는 뜻은 아니다.
boundaries-unknown = 이용자 제공, 출처 밝히지 않음
map-source = 경계: { $source }. 데이터: CC BY 4.0. 투영법: 람베르트 정적방위도법, 중심 북위 40.3°, 동경 127.4°.
caption-map-provinces = 도별 사건 수. 시·군, 도 또는 그 도의 국경 지역까지 알려진 사건을 담았다.
caption-map-counties = 시·군별 사건 수. 북부 국경은 더 큰 축척으로 다시 그렸다(테두리). 원의 넓이는 시·군까지 알려진 사건 수에 비례한다. 마름모는 도까지만, 네모는 그 도의 국경 지역까지만 알려진 사건이며 어느 시·군에도 속하지 않는다.
caption-map-periods = 기간별·도별 사건 수(같은 척도). 도를 알 수 없어 그리지 않은 사건: { $unplaced }.
map-no-circle = 원이 없는 시·군에는 기록된 사건이 없다.
map-no-label = 이름을 적을 자리가 없는 곳은 마우스를 올리거나 표를 보면 알 수 있다.
map-darker = 기간마다 수집한 기사 수가 달라, 지도가 더 짙은 것은 보도가 더 많았기 때문일 수 있다.
alt-map-provinces = 도별 사건 지도. 사건 { $all }건 중 { $placed }건이 도까지 알려져 있다. 가장 많은 곳: { $most }. 기록이 없는 곳: { $none }.
alt-map-counties = 시·군별 사건 지도. 사건 { $all }건 중 { $counties }건은 시·군까지, { $provinces }건은 도까지만, { $border }건은 도의 국경 지역까지만 알려져 있다. 가장 많은 곳: { $most }. 시·군 { $every }곳 중 { $none }곳에는 기록이 없다.
alt-map-period = { $name }: 도까지 알려진 { $count }건, 가장 많은 곳 { $most }
alt-map-periods = { $count }개 기간의 도별 사건 지도. { $periods }.
none = 없음
no-province = 해당 도 없음
no-county = 해당 시·군 없음
no-half-year = 없음
title-province = { $name }: { $count }(시·군까지 { $county }건, 도까지만 { $province }건, 국경 지역까지만 { $border }건)
title-province-only = { $name }: 도까지만 알려진 { $count }
title-border-only = { $name }: 국경 지역까지만 알려진 { $count }
key-known-to = 알려진 정도별 사건 수
key-county = 시·군(원의 넓이)
key-province = 도까지만
key-border = 국경 지역까지만
chart-no-incident = 이 조건에 해당하는 사건이 없어 그림을 그리지 않았다.
chart-no-money = 이 조건에 해당하는 사건에는 금액이 언급되지 않았다.
chart-too-few = 너무 적어 말할 수 없음: { $what }.
too-few = 너무 적어 말할 수 없음
alt-bars = 막대그림: { $what }. 모두 { $count }종. 가장 많은 것: { $most }.
alt-none-recorded = 기록이 없는 것: { $names }.
caption-offences = 단속 사유별 사건 수. 한 사건에 사유가 여럿일 수 있어, 막대의 합은 { $sum }건이고 사건은 { $incidents }건이다.
what-offences = 단속 사유별 사건 수
what-shifts = 비율의 차이(%포인트)
alt-intervals = 구간그림: { $what }. 기준값 { $reference }. { $estimates }.
caption-amounts = 사건에 언급된 금액을 날짜와 종류에 따라 하나씩 나타냈다. 선은 보도된 범위이다. 금액의 눈금은 로그 척도이다. 서로 다른 대상과 단위(총액, 1인당, 1분당)의 값이므로 추세선은 긋지 않았다.
alt-amounts = 사건에 언급된 금액의 점그림. 값 { $count }개: { $kinds }. 가장 큰 값: { $largest }.
axis-CNY = 중국 위안
axis-KPW = 북한 원
axis-USD = 미국 달러
axis-KRW = 한국 원
axis-PCT = 퍼센트
large-unit = { $number }만
large-unit-size = 10000
huge-unit = { $number }억
huge-unit-size = 100000000
title-half-year = { $half }: 기대 { $expected }, 확실 { $certain }, 가능 { $possible }
events-by-number = 주요 일지(번호)
caption-timeline = 위: 주요 일지(번호는 표와 같음). 가운데: 반기별 사건 수. 막대는 기대 건수이고, 확실한 건수와 가능한 건수가 다르면 그 사이를 선으로 이었다. 아래: 매체별 수집 기사 수와 그 위에 매체의 변화. 사건과 기사는 함께 늘고 주므로 막대가 나타내는 것은 보도량이다.
timeline-unfinished = 빗금: 끝까지 다 수집하지 못한 반기(기사 { $day }까지).
alt-timeline = 반기별 사건 수와 그 아래 수집 기사 수의 그림. { $first }부터 { $last }까지 기대 건수는 모두 { $expected }건이다. 가장 많은 반기: { $most }. 기록이 없는 반기: { $none }. 수집 기사: { $held }.
count-incidents = 사건 { $count }건

## 페이지 틀과 출처 정보

page-skip = 본문으로 건너뛰기
page-contents = 차례
page-code = 코드
page-report = 보고서
work = 북한 당국의 단속
made-of-revision = 데이터 개정판
made-of-codebook = 코드북 버전
made-of-software = 소프트웨어 버전
made-of-until = 기사 수집 기한
made-of-parameters = 매개변수
made-of-all = 없음(모든 사건)
made-of-licences = 이용 허락
licences = 데이터 CC BY 4.0, 코드 MIT, 경계 { $source }

## 노트북·목록·표의 글

text-boundaries-shipped = OCHA와 WFP, geoBoundaries(PRK ADM2, 2019)를 통해 얻어 정리하고 합침, CC BY 3.0 IGO
text-how-good-the-evidence-is = 근거의 질
text-what-the-incidents-rest-on-whose = 사건이 무엇에 근거하는가: 어느 매체의 보도인지, 얼마나 정확한지, 두 코더가 얼마나 일치하는지, 무엇이 빠져 있는지.
text-at-a-glance = 한눈에 보기
text-source-date-and-place = 출처, 날짜, 장소
text-the-judgement-of-the-source-says = 출처에 대한 평가는 어떤 종류의 출처인지를 말할 뿐, 그 조치가 있었을 가능성을 말하지 않는다.
text-articles-held = 수집 기사
text-agreement-of-coders = 코더 간 일치도
text-some-articles-were-coded-by-two = 일부 기사는 검토에 앞서 두 사람이 각자 코딩하였다.
text-incident-list = 사건 목록
text-limits = 한계
text-a-sample-of-reporting-the-tables = **보도의 표본이다.** 이 자료는 북한 내부에 소식통을 둔 몇몇 매체가 보도하기로 하고 그 가운데 찾을 수 있었던 것을 담는다. 검색 기록이 없어 가중치를 정당화할 수 없으며, 주민 수 대비 비율도 제시하지 않는다. 비율 지도는 제보자의 지도가 될 것이다.
text-none-recorded-is-not-zero-a = **기록 없음은 0이 아니다.** 사건이 없는 장소나 기간은 아무것도 보도되지 않았거나 찾지 못한 곳이다.
text-mostly-one-source-most-incidents-rest = **대부분 하나의 출처이다.** 대부분의 사건은 한 매체의 익명 소식통 한 명에 근거하며, 북한 내부의 일은 독립적으로 검증할 수 없다.
text-dates-and-places-are-intervals-an = **날짜와 장소는 구간이다.** 사건은 확실히 포함되는 시기와 장소에서 세며, 그보다 성긴 것은 따로 두고 시·군에 나누어 넣지 않는다.
text-excerpts-of-most-articles-only-the = **발췌.** 대부분의 기사는 앞부분만 읽을 수 있었으므로 뒷부분의 내용이 빠졌을 수 있다.
text-how-to-cite-and-what-made = 인용 방법과 이 페이지를 만든 것
text-one-province-of-north-korea = 북한의 한 도
text-which-acts-of-the-state-were = 한 도에서 국가의 어떤 조치가 보도되었는가. 어느 시·군에서, 누가, 무엇을 겨냥하였으며, 이 보도는 나머지 지역의 보도와 무엇이 다른가?
text-counties = 시·군
text-each-incident-is-drawn-at-the = 각 사건은 그 사건을 확실히 포함하는 가장 작은 단위에만 그린다. 도나 그 국경 지역까지만 알려진 것은 따로 둔다.
text-against-the-rest-of-the-country = 나머지 지역과의 비교
text-shares-are-of-what-was-reported = 비율은 보도된 내용을 기준으로 한다. 매체마다 소식통이 있는 곳이 다르므로 나머지 지역과의 비교는 매체별로도 하며, 서로 독립된 매체들이 일치할 때에만 차이가 있다고 본다. 주민 수 대비 비율은 없다.
text-when = 언제
text-the-number-of-incidents-follows-the = 사건 수는 수집한 기사 수를 따라간다. 둘이 함께 늘거나 주는 것은 탄압에 대하여 아무것도 말해 주지 않는다.
text-what-changed-in-the-reports = 보도에서 달라진 것
text-two-periods-are-compared-within-each = 두 기간을 매체별로 비교하며, 서로 독립된 매체들이 일치할 때에만 변화가 있다고 적는다. 구간은 기사나 사례, 집중 단속을 함께하는 사건들이 별개의 근거가 아님을 고려한 것이다.
text-against-what-and-by-whom = 무엇을 겨냥하였고 누가 하였나
text-persons-reached = 대상 인원
text-persons-are-listed-by-what-was = 인원은 가해진 조치별로 싣고 조치 사이에 합산하지 않는다. 체포된 사람이 나중에 재판과 처벌을 받을 수 있기 때문이다.
text-gravest-acts = 가장 중대한 조치
text-listed-in-full-rather-than-counted = 세지 않고 모두 실으며, 출처, 날짜, 장소를 각각 따로 평가한다.
text-evidence = 근거
text-what-the-incidents-rest-on-the = 사건이 무엇에 근거하는가. 출처에 대한 평가는 어떤 종류의 출처인지를 말할 뿐, 그 조치가 있었을 가능성을 말하지 않는다.
text-totals-reported = 보도된 총계
text-reports-of-totals-over-a-period = 한 기간이나 지역의 총계에 대한 보도이다. 목록의 사건을 포함할 수 있으므로 어느 건수에도 넣지 않는다.
text-state-crackdowns-in-north-korea = 북한 당국의 단속
text-how-many-acts-of-the-state = 외부와의 접촉, 국경을 넘는 이동, 자유로운 표현을 막으려는 국가의 조치가 얼마나 보도되었는가. 어디에서, 누가, 무엇을 겨냥하였으며, 그것은 얼마나 확실한가?
text-where = 어디에서
text-each-incident-is-drawn-at-the-x = 각 사건은 그 사건을 확실히 포함하는 가장 작은 단위에만 그린다. 국경 지역이나 국가 단위로만 알려진 것은 지도 옆에 적는다.
text-one-theme = 한 주제
text-which-acts-of-the-state-against = 한 부류의 단속 사유나 하나의 집중 단속과 관련하여 국가의 어떤 조치가 보도되었는가. 무엇을, 어디에서, 누가 하였고 어떤 처벌이 따랐으며, 그것은 얼마나 확실한가?
text-what-and-by-whom = 무엇을, 누가 하였나
text-an-incident-may-name-several-offences = 한 사건에 단속 사유가 여럿일 수 있으며, 주제 밖의 사유도 표에 함께 싣는다.
text-from-threat-to-act = 예고에서 조치까지
text-a-campaign-is-a-drive-of = 집중 단속은 보도가 스스로 하나로 묶은 당국의 움직임, 곧 지시와 이를 집행하러 보낸 사람들과 그들이 한 일이다.
text-money = 금액
text-how-the-make-up-of-what = 보도된 내용의 구성이 두 기간 사이에 매체별로 어떻게 다른지, 당국의 집중 단속이 무엇으로 이어졌는지, 어떤 처벌이 예고되고 내려졌는지, 어떤 금액이 언급되는지를 본다.
text-coverage = 수집 범위
text-shifts-within-each-publisher = 매체별 변화
text-title-situation-report = 상황 보고서
text-title-one-province = 한 도
text-title-one-theme = 한 주제
text-title-what-changed = 달라진 것
text-title-quality-of-the-evidence = 근거의 질
text-title-all-years = 전체 기간
text-title-the-country = 전국
text-title-the-last = 최근 { $label }
text-title-five-years = 5년
text-title-twelve-months = 12개월
text-title-provinces = 도
text-title-themes = 주제
text-title-campaigns = 집중 단속
text-title-years = 연도
text-title-reports = 보고서
text-title-phones-and-remittances = 휴대전화와 송금
text-title-foreign-media = 외부 영상물·방송
text-title-border-crossing-and-smuggling = 월경과 밀수
text-title-speech-and-religion = 표현과 종교
text-title-officials = 간부
text-campaign-k001 = 2010년 봄 북부 국경 휴대전화·비사회주의 검열
text-campaign-k002 = 2010년 겨울 량강도 밀수꾼의 정보원 활용
text-campaign-k003 = 2010년 12월 7일 지시에 따른 반사회주의 검열대
text-campaign-k004 = 2011년 8~10월 폭풍군단의 국경 검열
text-campaign-k005 = 김정일 애도 기간 이후의 추궁
text-campaign-k006 = 2012년 봄 함경북도 휴대전화 유인 단속조
text-campaign-k007 = 2013년 가을 혜산 평양 파견대
text-campaign-k008 = 2013년 가을 ‘불순녹화물’ 관련 처형
text-campaign-k009 = 2013~14년 겨울 경찰의 국경 검열
text-campaign-k010 = 2013~14년 겨울 국가보위성의 국경 검열
text-campaign-k011 = 2014년 봄 평양 교회 접촉자 단속
text-campaign-k012 = 2014년 9~12월 무산 국제통화 단속
text-campaign-k013 = 2014~15년 겨울 혜산 15국 휴대전화 검열
text-campaign-k014 = 2015년 무산 세 가족 탈북 이후의 추적
text-campaign-k015 = 2015년 3월 간첩 사건 이후의 체포
text-campaign-k016 = 2016년 무산 송금 장부 수사
text-campaign-k017 = 2016년 가을 수해 국경 중앙 검열
text-campaign-k018 = 2016년 10월 수해 이후 휴대전화 사용자 일제 검거
text-campaign-k019 = 2016년 11월 두만강 즉시 사격 지시
text-campaign-k020 = 2017년 봄 국가보위성 검열 종료 전 정보 유출 색출
text-campaign-k021 = 2017년 12월 지도자의 삼지연 방문 경호
text-campaign-k022 = 2018년 1월 강원도 해상 탈북 방지 지시
text-campaign-k023 = 2018~19년 미신 행위 단속
text-campaign-k024 = 2019년 량강도 월경 신고 포상
text-campaign-k025 = 2019년 가을 지도자 방문 정보 유출자 색출
text-campaign-k026 = 2019~20년 배를 이용한 탈북 시도자 재분류
text-campaign-k027 = 2020년 1월 혜산 보위사령부 검열
text-campaign-k028 = 2020~23년 국경 비상방역 체제
text-campaign-k029 = 2020년 밀수에 대한 군법 적용
text-campaign-k030 = 2020년 6월 탈북자 규탄 집회
text-campaign-k031 = 2020년 6월 함경북도 휴대전화 사용자 체포
text-campaign-k032 = 2020년 8월부터 국경 지대 발견 즉시 사격 지시
text-campaign-k033 = 2020년 11월 혜산 사건
text-campaign-k034 = 반동사상문화배격법
text-campaign-k035 = 2021년 반사회주의·비사회주의 연합지휘부
text-campaign-k036 = 2021년 휴대전화 사용자 참빗질식 색출
text-campaign-k037 = 2021년 봄 송금 브로커 소탕
text-campaign-k038 = 2021~22년 국경 ‘불순’ 가구 소개
text-campaign-k039 = 2021년 12월 국가보위성의 량강도 검열
text-campaign-k040 = 2022년 4월 반동사상문화배격법 미성년자 관용 조치
text-campaign-k041 = 2022년 5월 봉쇄 기간의 82연합지휘부
text-campaign-k042 = 2022년 국가보위성의 량강도 보위기관 검열
text-campaign-k043 = 2023년 1월 함경북도 국경 타격대
text-campaign-k044 = 2023년 7월 함경북도 한국 상품 단속
text-campaign-k045 = 2023년 가을 회령 휴대전화 집중 단속
text-campaign-k046 = 2023년 10월 중국에서 송환된 사람들의 처리
text-campaign-k047 = 2023~24년 겨울 군수공장 주변 검문소
text-campaign-k048 = 2024년 4월 불법행위 근절 월간
text-campaign-k049 = 2024년 7월 회령 휴대전화 강경 단속
text-campaign-k050 = 2024년 7월 평안북도 국경경비대 초소 검열
text-campaign-k051 = 2024년 7월 중앙 지시에 따른 비공개 재판
text-campaign-k052 = 2024~25년 겨울 함경북도 파견 국가보위성 검열원 30명
text-campaign-k053 = 2025년 3월 텔레비전 검열 월간
text-campaign-k054 = 2025년 3월 해주 텔레비전 검열
text-campaign-k055 = 2025년 휴대전화 사용자 ‘마지막 뿌리’ 소탕
text-campaign-k056 = 2025년 평안북도 짐 밀수
text-campaign-k057 = 2026년 중국 휴대전화 없는 국경
text-event-e01 = 김정일 사망과 국가 애도 기간
text-event-e02 = 지도자의 고모부 장성택 처형, 국경 검열과 경찰에 대한 새 지침이 뒤따름
text-event-e03 = 에볼라로 외국인에 대한 국경 폐쇄
text-event-e04 = 형법에 비법국제통신죄(제222조) 추가: 1년 이하 노동단련형 또는 5년 이하 노동교화형
text-event-e05 = 라선 일대의 갑작스러운 홍수
text-event-e06 = 제7차 당대회
text-event-e07 = 함경북도 두만강 홍수(태풍 라이언록): 무산, 연사, 회령, 온성
text-event-e08 = 국가보위상 해임, 2017년 4월까지 국가보위성 검열
text-event-e09 = Daily NK 영문판, State Security Department 대신 Ministry of State Security로 표기
text-event-e10 = Daily NK, 기사 주소를 번호에서 제목으로 바꿈
text-event-e11 = 국가보위성 전파탐지국이 15국 대신 10국으로 나타남
text-event-e12 = 코로나바이러스로 외국인 관광객 입국 금지
text-event-e13 = 중국과의 항공·철도 노선 전면 중단: 국경 폐쇄
text-event-e14 = 인민보안성이 사회안전성으로 이름을 바꿈
text-event-e15 = 대북전단 살포 이후 탈북자 규탄 집회
text-event-e16 = 북부 국경에 1~2km 완충지대 설정, 발견 즉시 사격
text-event-e18 = 반사회주의·비사회주의 연합지휘부 설치
text-event-e19 = 제8차 당대회
text-event-e20 = 북부 국경에 장벽과 고압 전선 설치
text-event-e21 = 제3차 전원회의에서 연합지휘부를 82연합지휘부로 바꾸고 임무를 강화
text-event-e22 = 청년교양보장법
text-event-e23 = 제4차 전원회의에서 반사회주의와의 투쟁을 중대 과업으로 정함
text-event-e24 = 중국과의 화물열차 운행 재개
text-event-e25 = 코로나19 발생 인정: 최대비상방역체계, 전국 봉쇄, 사격 지시 반복, 8월에 승리 선언
text-event-e26 = 자위법(국경 지역을 지킬 주민의 의무)
text-event-e27 = 평양문화어보호법
text-event-e28 = 국가비밀보호법
text-event-e29 = 해외 체류 공민의 귀국 허용: 국경 일부 재개방
text-event-e30 = 중국에서 북한 주민 대규모 송환
text-event-e31 = 남한을 적대국으로 선언(두 국가론)
text-event-e32 = 압록강 국경 지역 홍수(평안북도)
text-event-e33 = 북한 관련 단체와 서울의 매체에 대한 미국 보조금(NED, 국무부) 동결
text-event-e34 = Radio Free Asia와 Voice of America를 산하에 둔 기관을 축소하라는 미국의 행정명령
text-event-e35 = Radio Free Asia, 직원 약 90% 해고 발표
text-event-e36 = 당 중앙위원회 제8기 제12차 전원회의
text-event-e37 = Radio Free Asia, 한국어를 포함한 모든 뉴스 중단
text-event-e38 = Radio Free Asia, 서울의 기자 4명으로 한국어 콘텐츠 재개를 발표하고 시작
text-event-e39 = 제9차 당대회

## 첫 페이지

list-language = 사건 요약은 코딩한 언어인 영어로 적힌 그대로 싣는다.
site-skip = 페이지 목록으로 건너뛰기
site-groups = 페이지 묶음
site-about = 데이터와 정정
site-newest = 최신 결과
site-where = 어디에서
site-found = 검색 결과: 페이지 { $pages }개, 사건 { $incidents }건{ $first }.
site-found-first = (처음 { $shown }건만 표시)
