// How many hits each column, province, kind and year has, as ways to narrow the search.
import { values } from "./archive.js";
import { count } from "./find.js";
import { number } from "./words.js";

const shown = 12;

// Filters whose values are counted: the index's letter, the word for it, and how a value is shown.
const kinds = [["c", "c"], ["R", "r"], ["k", "k"]];

export async function facets(place, made, page, found, narrowed, link) {
  if (place.found === found) return;
  place.found = found;
  place.replaceChildren();
  const lists = await Promise.all(kinds.map(([letter]) => counts(found.found, letter)));
  if (place.found !== found) return;
  place.replaceChildren(...kinds.flatMap(([, word], at) => {
    const counted = lists[at].slice(0, shown);
    if (!counted.length) return [];
    const facet = made("facet");
    facet.firstElementChild.textContent = page.dataset[word];
    facet.lastElementChild.append(...counted.map(each => {
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
    for (const each of await values(segment, letter)) {
      const size = count(each.all.map((byte, at) => byte & all[at]));
      if (size) totals.set(each.value, (totals.get(each.value) ?? 0) + size);
    }
  }));
  return [...totals].map(([name, size]) => ({ name, count: size })).sort((one, other) => other.count - one.count);
}
