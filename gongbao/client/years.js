// Hits by year, or by month where they lie in few years, as columns; a stretch of them is chosen by dragging or from lists.
import { has } from "./find.js";
import { number, say } from "./words.js";

const space = "http://www.w3.org/2000/svg";

export function years(place, page, { found }, query, address, go) {
  const months = counts(found);
  const all = [...new Set(months.map(([month]) => month.slice(0, 4)))];
  const dated = query.groups.flat().some(atom => atom.from !== undefined);
  const columns = all.length > 3 ? filled(all, months) : everyMonth(months);
  const lone = columns.length < 2; // one column tells nothing that the total does not
  place.hidden = lone && !dated;
  place.querySelector("figure").hidden = lone;
  draw(place.querySelector("svg"), columns, page);
  place.querySelector("figcaption span").textContent = columns[0][0];
  place.querySelector("figcaption span:last-child").textContent = columns.at(-1)[0];
  const range = (from, to) => address(from === to ? from : `${from}..${to}`);
  lists(place.querySelector("form"), columns, (from, to) => go(range(from, to)));
  const whole = place.querySelector("a");
  whole.hidden = !dated;
  whole.href = address("");
  drag(place.querySelector("svg"), columns, (from, to) => go(range(from, to)));
}

function counts(found) {
  const totals = new Map();
  for (const { segment, all } of found) {
    segment.months.forEach(([month, from], at) => {
      const to = segment.months[at + 1]?.[1] ?? segment.docs;
      let size = 0;
      for (let id = from; id < to; id += 1) size += has(all, id);
      if (size) totals.set(month, (totals.get(month) ?? 0) + size);
    });
  }
  return [...totals].sort((one, other) => one[0] < other[0] ? -1 : 1);
}

function filled(all, months) {
  const [from, to] = [Number(all[0]), Number(all.at(-1))];
  return Array.from({ length: to - from + 1 }, (_, at) => String(from + at))
    .map(year => [year, months.filter(([month]) => month.startsWith(year)).reduce((total, each) => total + each[1], 0)]);
}

function everyMonth(months) {
  const size = new Map(months);
  const [from, to] = [months[0][0], months.at(-1)[0]].map(month => month.slice(0, 4) * 12 + Number(month.slice(5)) - 1);
  return Array.from({ length: to - from + 1 }, (_, at) => {
    const month = `${Math.floor((from + at) / 12)}-${String((from + at) % 12 + 1).padStart(2, "0")}`;
    return [month, size.get(month) ?? 0];
  });
}

function rect(x, width, height, kind) {
  const made = document.createElementNS(space, "rect");
  Object.entries({ x, width, y: 100 - height, height, class: kind }).forEach(([name, value]) => made.setAttribute(name, value));
  return made;
}

function draw(svg, columns, page) {
  const most = Math.max(...columns.map(each => each[1]));
  const peak = columns.find(each => each[1] === most)[0];
  svg.setAttribute("viewBox", `0 0 ${columns.length * 10} 104`);
  svg.setAttribute("aria-label", say(page, "chart", { from: columns[0][0], to: columns.at(-1)[0], most: number(most), peak }));
  svg.replaceChildren(...columns.filter(each => each[1]).map(([name, size]) => {
    const column = rect(columns.findIndex(each => each[0] === name) * 10 + 1, 8, Math.max(size / most * 100, 2), "column");
    column.appendChild(document.createElementNS(space, "title")).textContent = `${name}: ${number(size)}`;
    return column;
  }));
}

function lists(form, columns, chosen) {
  const fill = (list, at) => {
    list.replaceChildren(...columns.map(each => new Option(each[0], each[0])));
    list.selectedIndex = at;
  };
  fill(form.elements.from, 0);
  fill(form.elements.to, columns.length - 1);
  form.onsubmit = event => {
    event.preventDefault();
    chosen(...[form.elements.from.value, form.elements.to.value].sort());
  };
}

function drag(svg, columns, chosen) {
  const at = event => {
    const box = svg.getBoundingClientRect();
    return Math.min(Math.max(Math.floor((event.clientX - box.left) / box.width * columns.length), 0), columns.length - 1);
  };
  let begun = -1;
  const stretch = event => [begun, at(event)].sort((one, other) => one - other);
  const mark = event => {
    svg.querySelector(".chosen")?.remove();
    const [from, to] = stretch(event);
    svg.prepend(rect(from * 10, (to - from + 1) * 10, 100, "chosen"));
  };
  svg.onpointerdown = event => {
    if (event.button) return;
    begun = at(event);
    svg.setPointerCapture(event.pointerId);
    mark(event);
  };
  svg.onpointermove = event => { if (begun >= 0) mark(event); };
  svg.onpointercancel = () => { begun = -1; svg.querySelector(".chosen")?.remove(); };
  svg.onpointerup = event => {
    if (begun < 0) return;
    const [from, to] = stretch(event);
    begun = -1;
    chosen(columns[from][0], columns[to][0]);
  };
}
