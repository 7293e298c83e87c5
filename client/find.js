// Answers: which documents a query may find, in which order, and which of them hold what is asked for when they are read.
import * as archive from "./archive.js";
import { passages, places } from "./passages.js";
import { lookups } from "./terms.js";
import { words } from "./query.js";

const sum = (one, other) => one.map((byte, at) => byte | other[at]);
const cut = (one, other) => one.map((byte, at) => byte & other[at]);
const less = (one, other) => one.map((byte, at) => byte & ~other[at]);
const bits = Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll("0", "").length);
export const count = set => set.reduce((total, byte) => total + bits[byte], 0);
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

// What a query may find: for each segment, the documents, and those in whose head all is found.
export async function find(query, manifest) {
  const found = await Promise.all(manifest.segments.map(segment => within(segment, query)));
  const atoms = [...query.groups.flat(), ...query.not];
  return { query, found, total: found.reduce((total, each) => total + count(each.all), 0), exact: atoms.every(each => each.exact) };
}

async function within(segment, query) {
  const groups = await Promise.all(query.groups.map(group => Promise.all(group.map(atom => meets(segment, atom)))));
  const not = await Promise.all(query.not.map(atom => meets(segment, atom)));
  const found = { segment, all: every(segment), title: every(segment) };
  for (const group of groups) {
    found.all = cut(found.all, group.map(each => each.all).reduce(sum));
    found.title = cut(found.title, group.map(each => each.title).reduce(sum));
  }
  // What only may hold an unwanted text stays until it is read.
  query.not.forEach((atom, at) => { if (atom.exact) found.all = less(found.all, not[at].all); });
  found.title = cut(found.title, found.all);
  return found;
}

async function meets(segment, atom) {
  const sets = await asked(segment, atom);
  (atom.sets ??= new Map()).set(segment, sets.all);
  return sets;
}

async function asked(segment, atom) {
  atom.exact = true;
  if (atom.letter) {
    const { all } = await archive.posting(segment, `\x01${atom.letter}${atom.value}`);
    return { all, title: all };
  }
  if (!atom.text) {
    const from = atom.from ? await archive.until(segment, atom.from) : 0;
    const all = range(segment, from, atom.to ? await archive.until(segment, atom.to) : segment.docs);
    return { all, title: all };
  }
  const { terms, exact } = lookups(atom.text);
  atom.exact = exact;
  const sets = await Promise.all(terms.map(each => archive.posting(segment, each.key, each.isPrefix)));
  return sets.reduce((one, other) => ({ all: cut(one.all, other.all), title: cut(one.title, other.title) }),
    { all: every(segment), title: every(segment) });
}

// Some of the hits in order, each a segment and a number: the newest or oldest first; for the best, those found in the head before.
export function ordered({ found }, sort, from, to) {
  const all = sort === "best" ? [each => each.title, each => less(each.all, each.title)] : [each => each.all];
  const walked = all.flatMap(pick => (sort === "old" ? found : found.toReversed()).map(each => [each.segment, pick(each)]));
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

// The smaller the better: not in the head, how far apart the words stand, how seldom they are said.
function rank(seen, asked, query) {
  const inHead = query.groups.every(group => group.every(each => !each.text) || group.some(atom =>
    seen.some(each => each.head && each.folded.text.includes(atom.text))));
  const spans = seen.map(each => span(each.marks, new Set(asked).size));
  const said = seen.reduce((total, each) => total + each.marks.length, 0);
  return [inHead ? 0 : 1, asked.length > 1 ? Math.min(1e6, ...spans) : 0, -said];
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
