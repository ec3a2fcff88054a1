// Filters and order of the incident list, and links that lead to the rows behind a number.
// Without this script the list is a plain table of all rows, newest first.
(() => {
  const list = document.getElementById("list");
  const told = JSON.parse(document.getElementById("list-filters").textContent);
  // A long list tells less in its rows, and the rest deflated.
  const unpack = (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
  };
  const start = ({ rows: filing, further = {} }) => {
    const table = list.querySelector("table");
    const heads = new Map(["when", "where", "what", "evidence"].map((key, n) => [key, table.tHead.rows[0].cells[n]]));

    // Of each row: the days, the letters of the filters that have one code a row, then of each other.
    const day = (text) => parseInt(text, 36);
    const read = (letters, { letters: size }) => {
      const places = [];
      for (let n = 0; n < letters.length; n += size) {
        places.push([...letters.slice(n, n + size)].reduce((sum, one) => sum * told.alphabet.length + told.alphabet.indexOf(one), 0));
      }
      return places;
    };
    const decode = (text) => {
      const [days, single, ...several] = text.split(";");
      const [start, span = "0"] = days.split(",");
      const codes = {};
      let at = 0;
      for (const one of told.filters.slice(1)) {
        codes[one.key] = read(one.one ? single.slice(at, at += one.letters) : several.shift(), one);
      }
      return { first: day(start), last: day(start) + day(span), codes };
    };
    const make = (tag, properties, ...children) => {
      const element = Object.assign(document.createElement(tag), properties);
      element.append(...children);
      return element;
    };
    const labels = new Map(told.filters.map(({ key, values }) => [key, values.map(([, label]) => label.trim())]));
    const word = (codes, key) => codes[key].map((place) => labels.get(key)[place]).join(", ");
    // A row in brief has two cells; what its codes say fills the others.
    const complete = (row, codes) => {
      const where = row.cells[1];
      const left = further[row.id] ?? [];
      if (left.length) where.lastChild.replaceWith(...left.flatMap((href, n) => [" ", make("a", { href }, `${n + 2}`)]));
      const [what, ...more] = [...where.childNodes].slice(1);
      const kinds = make("small", {}, ` ${[word(codes, "offence"), word(codes, "agency")].filter(Boolean).join(" · ")}`);
      where.firstChild.data = where.firstChild.data.replace(/: $/, "");
      row.insertCell().append(what, kinds);
      row.insertCell().append(`${word(codes, "evidence").toLowerCase()}: ${word(codes, "publisher")}`, ...more);
    };
    const filed = filing.split(" ");
    const rows = [...table.tBodies[0].rows].map((element, place) => {
      const row = { element, place, ...decode(filed[place]) };
      if (element.cells.length === 2) complete(element, row.codes);
      return { ...row, where: element.cells[1].textContent, text: element.textContent.toLowerCase() };
    });
    const select = (options, properties) =>
      make("select", properties, ...options.map(([value, label]) => make("option", { value }, label)));

    // The form, its controls by name, and what says how many rows there are.
    const form = make("form", { className: "filters", autocomplete: "off", role: "search", ariaLabel: told.name });
    const controls = new Map();
    const add = (name, label, control) => {
      control.name = name;
      controls.set(name, control);
      form.append(make("label", { className: `filter-${name}` }, make("span", {}, label), control));
    };
    for (const { key, label, values, minor } of told.filters) add(key, label, select([["", told.any], ...values], { minor }));
    add("words", told.words, make("input", { type: "search" }));
    add("order", told.order, select(told.orders));
    const order = controls.get("order");
    const reset = form.appendChild(make("button", { type: "button" }, told.reset));
    const status = make("span", { role: "status", tabIndex: -1 });
    table.caption.replaceChildren(status, make("span", { className: "printed" }, told.every));
    list.prepend(form);

    // "2024", "2024-01-01..2024-06-30", or that with ",certain" for rows that lie wholly inside.
    const readPeriod = (value) => {
      const found = /^(\d{4})$|^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)(,certain)?$/.exec(value);
      if (!found) return null;
      const [, year, first = `${year}-01-01`, last = `${year}-12-31`, certain] = found;
      return { first, last, certain, from: Date.parse(first) / 864e5, to: Date.parse(last) / 864e5 };
    };

    // Words a value that only a link sets; "" if it means nothing here.
    const describe = (name, value) => {
      if (name === "when") {
        const period = readPeriod(value);
        const words = told[period?.certain ? "certain" : "between"];
        return period ? words.replace("{first}", period.first).replace("{last}", period.last) : "";
      }
      const labels = new Map(told.filters.find((one) => one.key === name)?.values);
      const known = value.split(",").filter((code) => labels.has(code));
      return known.map((code) => labels.get(code).trim()).join(told.or);
    };
    const set = (wanted = new Map()) => {
      for (const [name, control] of controls) {
        const value = wanted.get(name) ?? "";
        control.querySelector(".added")?.remove();
        control.value = value;
        const label = control.value === value ? "" : describe(name, value);
        if (label) control.append(make("option", { value, className: "added", selected: true }, label));
        else if (control.value !== value) control.selectedIndex = 0;
        control.parentElement.hidden = control.minor && !control.value;
      }
    };
    const tests = () => {
      const all = [];
      const period = readPeriod(controls.get("when").value);
      if (period?.certain) all.push((row) => row.first >= period.from && row.last <= period.to);
      else if (period) all.push((row) => row.first <= period.to && row.last >= period.from);
      for (const { key, values } of told.filters.slice(1)) {
        const codes = controls.get(key).value.split(",");
        const places = values.flatMap(([code], n) => (codes.includes(code) ? [n] : []));
        if (places.length) all.push((row) => row.codes[key].some((place) => places.includes(place)));
      }
      const words = controls.get("words").value.toLowerCase().split(/\s+/).filter(Boolean);
      if (words.length) all.push((row) => words.every((word) => row.text.includes(word)));
      return all;
    };
    const collator = new Intl.Collator(document.documentElement.lang);
    const byNumber = (number) => (a, b) => number(a) - number(b);
    const comparisons = {
      when: (a, b) => a.first - b.first || a.last - b.last,
      where: (a, b) => collator.compare(a.where, b.where),
      what: byNumber((row) => row.codes.act[0]),
      evidence: byNumber((row) => row.codes.evidence[0]),
    };
    let sorted = ""; // newest first, as the rows stand
    const sort = () => {
      const key = order.value.replace("-", "") || "when";
      const up = order.value === key;
      const compare = (a, b) => (up ? 1 : -1) * comparisons[key](a, b) || a.place - b.place;
      if (order.value !== sorted) table.tBodies[0].append(...[...rows].sort(compare).map((row) => row.element));
      sorted = order.value;
      for (const [name, head] of heads) head.ariaSort = name !== key ? null : up ? "ascending" : "descending";
    };
    const show = () => {
      const all = tests();
      for (const row of rows) row.element.hidden = !all.every((test) => test(row));
      const shown = rows.filter((row) => !row.element.hidden).length;
      sort();
      const some = told.some.replace("{shown}", shown.toLocaleString(document.documentElement.lang));
      status.textContent = `${shown === rows.length ? told.every : some}, ${order.selectedOptions[0].text}`;
    };
    // The address of the page says what is chosen, so that it can be passed on.
    const note = () => {
      const chosen = [...controls].map(([name, control]) => [name, control.value]).filter(([, value]) => value);
      history.replaceState(null, "", chosen.length ? `#list?${new URLSearchParams(chosen)}` : "#list");
    };
    const change = () => { show(); note(); };
    const follow = () => {
      const [name, query] = location.hash.slice(1).split("?");
      const row = rows.find(({ element }) => element.id === name)?.element;
      if (name === "list") set(new URLSearchParams(query));
      else if (row?.hidden) set();
      else return;
      show();
      (row ?? list).scrollIntoView();
      if (!row) status.focus({ preventScroll: true });
    };
    for (const [key, head] of heads) {
      const [once, again] = key === "when" ? ["", "when"] : [key, `-${key}`];
      const onclick = () => {
        order.value = order.value === once ? again : once;
        change();
      };
      head.replaceChildren(make("button", { type: "button", onclick }, head.textContent));
    }
    form.oninput = show;
    form.onchange = note;
    form.onsubmit = (event) => event.preventDefault();
    reset.onclick = () => { set(); change(); };
    window.addEventListener("hashchange", follow);
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-filter]");
      if (!link || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      if (location.hash === `#list?${link.dataset.filter}`) follow();
      else location.hash = `list?${link.dataset.filter}`;
    });
    set();
    show();
    follow();
  };
  if (told.packed) unpack(told.packed).then(start);
  else start(told);
})();
