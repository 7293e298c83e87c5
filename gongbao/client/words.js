// What a page says: its words stand in attributes of an element, with {places} to fill.
export const say = (element, name, values = {}) =>
  element.dataset[name].replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);

export const number = value => value.toLocaleString(document.documentElement.lang);

// The text of a passage with what was searched for marked, from a place to a place.
export function marked(element, said, found, from = 0, to = said.length) {
  let at = from;
  for (const mark of found) {
    if (mark.from < at || mark.to > to) continue;
    element.append(said.slice(at, mark.from));
    element.appendChild(document.createElement("mark")).textContent = said.slice(mark.from, mark.to);
    at = mark.to;
  }
  element.append(said.slice(at, to));
}
