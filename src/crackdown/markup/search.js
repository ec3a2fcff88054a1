"use strict";
(() => {
  const SHOWN = 50;
  const plain = text => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const said = JSON.parse(document.getElementById("said").textContent);
  const form = document.getElementById("search");
  const input = form.querySelector("input");
  const status = form.querySelector("[role=status]");
  const results = document.getElementById("results");
  const pages = [...document.querySelectorAll(".entry")].map(entry => {
    const link = entry.querySelector("h3 a");
    return { href: link.getAttribute("href"), label: link.textContent, more: "",
      text: plain(entry.textContent) };
  });
  // What is too small for a page stands in a section of another.
  pages.push(...[...document.querySelectorAll(".parts a")].map(link => ({
    href: link.getAttribute("href"), label: link.textContent, more: "", text: plain(link.textContent) })));
  const incidents = JSON.parse(document.getElementById("incidents").textContent).map(
    ([page, id, when, where, what, kinds]) => ({ href: `${page}.html#${id}`,
      label: `${when}, ${where}`, more: what, text: plain([id, when, where, what, kinds].join(" ")) }));

  const item = ({ href, label, more }) => {
    const li = document.createElement("li");
    const a = document.createElement("a");
    a.href = href;
    a.textContent = label;
    const rest = document.createElement("span");
    rest.textContent = more;
    if (said.coded) rest.lang = said.coded;
    li.append(a, ...(more ? [": ", rest] : []));
    return li;
  };
  const search = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    const holds = one => words.every(word => one.text.includes(word));
    const found = words.length ? [pages.filter(holds), incidents.filter(holds)] : [[], []];
    const all = found.flat();
    results.replaceChildren(...all.slice(0, SHOWN).map(item));
    results.hidden = !all.length;
    const first = all.length > SHOWN ? said.first.replace("{shown}", SHOWN) : "";
    status.textContent = words.length ? said.found.replace("{pages}", found[0].length)
      .replace("{incidents}", found[1].length).replace("{first}", first) : "";
  };
  form.addEventListener("submit", event => { event.preventDefault(); search(); });
  input.addEventListener("input", search);
  form.hidden = false;
  if (input.value) search();
})();
