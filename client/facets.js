// How many hits each column, province, kind and year has, as ways to narrow the search.
import { terms } from "./archive.js";
import { count } from "./find.js";
import { number } from "./words.js";

const shown = 12;

// Filters whose values are counted: the index's letter, the word for it, and how a value is shown.
const kinds = [["c", "c"], ["R", "r"], ["k", "k"]];

export async function facets(place, made, page, { query, found }, narrowed, link) {
  const begun = query;
  const lists = await Promise.all(kinds.map(([letter]) => counts(found, letter)));
  if (place.begun && place.begun !== begun && place.childNodes.length) return;
  place.begun = begun;
  place.replaceChildren(...kinds.flatMap(([, word], at) => {
    const values = lists[at].slice(0, shown);
    if (values.length < 2 && !values.some(each => each.count)) return [];
    const facet = made("facet");
    facet.open = matchMedia("(width >= 64rem)").matches;
    facet.querySelector("summary").textContent = page.dataset[word];
    facet.querySelector("ul").append(...values.map(each => {
      const item = document.createElement("li");
      const small = document.createElement("small");
      small.textContent = number(each.count);
      item.append(link(narrowed(`${page.dataset[word]}:${quoted(each.name)}`), each.name), " ", small);
      return item;
    }));
    return [facet];
  }));
}

export const quoted = value => /\s/.test(value) ? `"${value}"` : value;

async function counts(found, letter) {
  const totals = new Map();
  await Promise.all(found.map(async ({ segment, all }) => {
    for (const each of await terms(segment, `\x01${letter}`)) {
      const size = count(each.all.map((byte, at) => byte & all[at]));
      if (size) totals.set(each.term, (totals.get(each.term) ?? 0) + size);
    }
  }));
  return [...totals].map(([name, size]) => ({ name, count: size })).sort((one, other) => other.count - one.count);
}
