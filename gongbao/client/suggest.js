// Suggestions while somebody types: names by their characters or pinyin, and headlines; a combobox with a list.
import * as archive from "./archive.js";
import { find, ordered } from "./find.js";
import { fold, learn } from "./fold.js";
import { parse } from "./query.js";

const pause = 150;
const most = { names: 5, headlines: 5 };
let lists = 0;

export function suggest(form, base) {
  const field = form.elements.q;
  const list = document.createElement("ul");
  list.id = `suggestions-${lists += 1}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.list);
  list.className = "suggestions";
  list.hidden = true;
  field.after(list);
  Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })
    .forEach(([name, value]) => field.setAttribute(name, value));
  let timer;
  let chosen = -1;
  let asked = "";

  const close = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    choose(-1);
  };

  function choose(at) {
    chosen = at;
    [...list.children].forEach((each, which) => each.setAttribute("aria-selected", which === at));
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  }

  function show(found) {
    list.replaceChildren(...found.map(({ kind, name, address }, at) => {
      const item = document.createElement("li");
      const small = document.createElement("small");
      item.id = `${list.id}-${at}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.address = new URL(address.slice(1), archive.root());
      small.textContent = form.dataset[kind];
      item.append(name, " ", small);
      return item;
    }));
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    choose(-1);
  }

  async function look() {
    const typed = field.value.trim();
    if (typed === asked) return;
    asked = typed;
    if (!typed) return close();
    const found = await suggestions(typed, base).catch(() => []); // without them one can search as well
    if (asked === typed && document.activeElement === field) show(found);
  }

  field.addEventListener("input", event => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(look, pause);
  });
  field.addEventListener("compositionend", () => { timer = setTimeout(look, pause); });
  field.addEventListener("blur", () => { asked = ""; close(); });
  form.addEventListener("submit", close);
  field.addEventListener("keydown", event => {
    if (event.isComposing || list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = list.children.length + 1; // and none
    if (step) choose((chosen + 1 + step + all) % all - 1);
    else if (event.key === "Enter" && chosen >= 0) location.href = list.children[chosen].dataset.address;
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  if (document.activeElement === field) look(); // what was typed while this was loaded
  // A press on the list leaves the focus in the field.
  list.addEventListener("pointerdown", event => event.preventDefault());
  list.addEventListener("click", event => {
    const item = event.target.closest("[role=option]");
    if (item) location.href = item.dataset.address;
  });
}

async function suggestions(typed, base) {
  const manifest = await archive.open(base);
  learn(manifest.pairs);
  const text = fold(typed).text.trim();
  const key = /^[a-z' -]+$/.test(text) ? text.replace(/[' -]/g, "") : text;
  const [names, headlines] = await Promise.all([key ? archive.names(key) : [], text.length > 1 ? titled(typed, manifest) : []]);
  return [...names.slice(0, most.names), ...headlines];
}

async function titled(typed, manifest) {
  const query = parse(typed);
  if (query.groups.length !== 1 || !query.groups[0][0].text) return [];
  const { found } = await find(query, manifest);
  const hits = ordered({ found: found.map(({ segment, levels }) => ({ segment, all: levels[1] })) }, "new", 0, most.headlines);
  const cards = await Promise.all(hits.map(each => archive.card(each.segment, each.id)));
  return cards.filter(each => fold(each.title).text.includes(query.groups[0][0].text))
    .map(each => ({ kind: "h", name: each.title.replace(/\s+/g, " "), address: each.address }));
}
