// Answers: which documents a query may find, in which order, and which of them hold what is asked for when they are read.
import * as archive from "./archive.js";
import { passages, places } from "./passages.js";
import { lookups } from "./terms.js";
import { words } from "./query.js";

// A set has tens of thousands of bytes: a loop takes a fraction of what a function for each does.
const made = join => (one, other) => {
  const set = new Uint8Array(one.length);
  for (let at = 0; at < set.length; at += 1) set[at] = join(one[at], other[at]);
  return set;
};
const sum = made((one, other) => one | other);
const cut = made((one, other) => one & other);
const less = made((one, other) => one & ~other);
export function count(set) {
  let total = 0;
  for (let at = 0; at < set.length; at += 1) total += archive.bits[set[at]];
  return total;
}
export const has = (set, id) => Boolean(set[id >> 3] & 1 << (id & 7));

function range(segment, from, to) {
  const set = new Uint8Array(segment.bytes);
  for (let id = from; id < to; id += 1) set[id >> 3] |= 1 << (id & 7);
  return set;
}

function every(segment) {
  const set = new Uint8Array(segment.bytes).fill(255);
  if (segment.docs & 7) set[segment.bytes - 1] = (1 << (segment.docs & 7)) - 1;
  return set;
}

// What a query may find: for each segment, the documents, and again those in whose heads one group is met, two and so on.
export async function find(query, manifest) {
  const found = await Promise.all(manifest.segments.map(segment => within(segment, query)));
  const atoms = [...query.groups.flat(), ...query.not];
  return { query, found, total: found.reduce((total, each) => total + count(each.all), 0), exact: atoms.every(each => each.exact) };
}

async function within(segment, query) {
  const groups = await Promise.all(query.groups.map(group => Promise.all(group.map(atom => meets(segment, atom)))));
  const not = await Promise.all(query.not.map(atom => meets(segment, atom)));
  let all = every(segment);
  groups.forEach(group => { all = cut(all, group.map(each => each.all).reduce(sum)); });
  // What only may hold an unwanted text stays until it is read.
  query.not.forEach((atom, at) => { if (atom.exact) all = less(all, not[at].all); });
  const levels = [all];
  for (const group of groups) {
    const head = group.map(each => each.title).reduce(sum);
    for (let at = levels.length; at > 0; at -= 1) {
      const more = cut(levels[at - 1], head);
      levels[at] = levels[at] ? sum(levels[at], more) : more;
    }
  }
  return { segment, all, levels };
}

async function meets(segment, atom) {
  const sets = await asked(segment, atom);
  (atom.sets ??= new Map()).set(segment, sets.all);
  return sets;
}

async function asked(segment, atom) {
  atom.exact = true;
  const title = new Uint8Array(segment.bytes);
  if (atom.letter) return { ...await archive.posting(segment, `\x01${atom.letter}${atom.value}`), title };
  if (!atom.text) {
    const from = atom.from ? await archive.until(segment, atom.from) : 0;
    return { all: range(segment, from, atom.to ? await archive.until(segment, atom.to) : segment.docs), title };
  }
  const { terms, exact } = lookups(atom.text);
  atom.exact = exact;
  const sets = await Promise.all(terms.map(each => archive.posting(segment, each.key, each.isPrefix)));
  return sets.reduce((one, other) => ({ all: cut(one.all, other.all), title: cut(one.title, other.title) }),
    { all: every(segment), title: terms.length ? every(segment) : title });
}

// Some of the hits in order, each a segment and a number: the newest or oldest first; before these, for the best, those
// in whose heads more is found.
export function ordered({ found, query }, sort, from, to) {
  const pick = at => ({ levels }) => levels[at + 1] ? less(levels[at], levels[at + 1]) : levels[at];
  const picks = sort === "best" ? Array.from({ length: query.groups.length + 1 }, (_, at) => pick(at)).reverse() : [each => each.all];
  const walked = picks.flatMap(each => (sort === "old" ? found : found.toReversed()).map(one => [one.segment, each(one)]));
  const hits = [];
  let before = 0;
  for (const [segment, set] of walked) {
    const size = count(set);
    if (before + size > from && before < to) {
      const ids = [];
      for (let id = 0; id < segment.docs; id += 1) if (has(set, id)) ids.push({ segment, id });
      hits.push(...(sort === "old" ? ids : ids.reverse()).slice(Math.max(from - before, 0), to - before));
    }
    before += size;
  }
  return hits;
}

// A hit with its card, read and held to the query; null where it is none.
export async function read(hit, query) {
  const card = await archive.card(hit.segment, hit.id);
  const page = await archive.page(card.address).catch(error => { if (error instanceof archive.Gone) return null; throw error; });
  const texts = page ? page.passages ??= passages(page) : [];
  const holds = atom => atom.text ? texts.some(each => each.folded.text.includes(atom.text)) : has(atom.sets.get(hit.segment), hit.id);
  if (!page || !query.groups.every(group => group.some(holds)) || query.not.some(holds)) return null;
  const asked = words(query).map(each => each.text);
  const seen = texts.map(each => ({ ...each, marks: places(each.folded, asked) })).filter(each => each.marks.length);
  return { ...hit, card, seen, rank: rank(seen, asked, query) };
}

// The smaller the better: how much is not in the head, how far apart the words stand, how seldom they are said.
function rank(seen, asked, { groups }) {
  const heads = seen.filter(each => each.head).map(each => each.folded.text);
  const met = groups.filter(group => group.some(({ text }) => text && heads.some(each => each.includes(text)))).length;
  const spans = seen.map(each => span(each.marks, new Set(asked).size));
  return [-met, asked.length > 1 ? Math.min(1e6, ...spans) : 0, -seen.reduce((total, each) => total + each.marks.length, 0)];
}

// How much text holds all the words.
function span(marks, wanted) {
  const last = new Map();
  let least = Infinity;
  for (const { at, which } of marks) {
    last.set(which, at);
    if (last.size === wanted) least = Math.min(least, at - Math.min(...last.values()));
  }
  return least;
}

export function better(one, other) {
  const at = one.rank.findIndex((part, which) => part !== other.rank[which]);
  return at < 0 ? 0 : one.rank[at] - other.rank[at];
}
