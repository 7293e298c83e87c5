// A hit as the page shows it: the headline, where and when it stood, and the passages around what was searched for.
import { root } from "./archive.js";
import { fold } from "./fold.js";
import { apart, places } from "./passages.js";
import { words } from "./query.js";
import { marked } from "./words.js";

const around = 36;
const most = 2;

export function hit(item, { card, seen }, query, finding, page) {
  const part = name => item.querySelector(name);
  const link = part("a");
  link.replaceChildren();
  link.href = new URL(card.address.slice(1), root()) + (finding ? `?${new URLSearchParams({ find: finding })}` : "");
  const asked = words(query).map(each => each.text);
  marked(link, card.title, apart(places(fold(card.title), asked)));
  part("time").dateTime = part("time").textContent = card.date;
  part(".when span").textContent = leaf(card.leaf, page);
  part(".meta").append(...[card.column, card.byline, card.regions.map(each => each.split("/").at(-1)).join(" ")].filter(Boolean).map(text => {
    const span = document.createElement("span");
    span.textContent = text;
    return span;
  }));
  passages(part(".excerpt"), seen.filter(each => each.folded.text.trim() !== fold(card.title).text));
  return item;
}

function leaf(name, page) {
  if (name === "web") return page.dataset.web;
  return page.dataset[/^\d+$/.test(name) ? "leaf" : "label"].replace("{}", name.toUpperCase());
}

// Those first that hold the most of the words, and of each as much as tells what it is about.
function passages(element, seen) {
  const kinds = marks => new Set(marks.map(each => each.which)).size;
  const chosen = [...seen].sort((one, other) => kinds(other.marks) - kinds(one.marks)).slice(0, most);
  seen.filter(each => chosen.includes(each)).forEach(({ said, marks }) => {
    const found = apart(marks);
    const from = start(said, found[0].from);
    const to = Math.min(Math.max(found[0].to, from + around) + 2 * around, said.length);
    const line = element.appendChild(document.createElement("span"));
    line.append(said.slice(0, from).trim() ? "…" : "");
    marked(line, said, found, from, to);
    line.append(said.slice(to).trim() ? "…" : "");
  });
  element.hidden = !element.childNodes.length;
}

// Where a passage is begun: with the sentence, or else the clause, if it is not far.
function start(said, at) {
  const from = Math.max(at - around, 0);
  const lead = said.slice(from, at);
  const sentence = Math.max(...[..."。！？；\n"].map(sign => lead.lastIndexOf(sign)));
  if (!from) return 0;
  const clause = sentence < 0 ? lead.indexOf("，") : sentence;
  return from + clause + 1 + (clause < 0 && /[\udc00-\udfff]/.test(said[from]) ? 1 : 0);
}
