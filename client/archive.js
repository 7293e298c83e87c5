// The index as it lies on the host: the manifest, chunks of terms with their postings, cards and names.
export class Gone extends Error {}

// Who shows how reading goes puts functions in here.
export const watch = { asked: 0, done: 0, step() {}, again() {} };

const texts = new TextDecoder();
const kept = new Map();
let base;
let manifest;

export const root = () => new URL("..", base);
const pause = time => new Promise(done => { setTimeout(done, time); });

// A request that fails is made anew twice, and that is told.
async function bytes(url, options) {
  watch.asked += 1;
  for (let turn = 1; ; turn += 1) {
    watch.step();
    try {
      const answer = await fetch(url, options);
      if (answer.status === 404 || answer.status === 410) throw new Gone(url);
      if (!answer.ok) throw new Error(answer.statusText);
      const read = new Uint8Array(await answer.arrayBuffer());
      watch.done += 1;
      watch.step();
      return read;
    } catch (error) {
      if (turn === 3 || error instanceof Gone) throw error;
      watch.again();
      await pause(400 * turn * turn);
    }
  }
}

// What was read, or is being read, once.
export function once(url, make) {
  if (!kept.has(url)) kept.set(url, make(url).catch(error => { kept.delete(url); throw error; }));
  return kept.get(url);
}

export const page = address => once(new URL(address.slice(1), root()).href, async url =>
  new DOMParser().parseFromString(texts.decode(await bytes(url)), "text/html"));

const data = async name => unzipped(await bytes(new URL(`data/${name}.bin`, base)));

// Some hosts unpack what they serve.
async function unzipped(read) {
  if (read[0] !== 0x1f || read[1] !== 0x8b) return read;
  const stream = new Blob([read]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const list = name => once(name, async () => JSON.parse(texts.decode(await data(name))));

// The manifest of the index at an address; `fresh` where the one at hand names files that are no more.
export async function open(address, fresh = false) {
  if (manifest && !fresh) return manifest;
  base = address;
  const read = await bytes(new URL("manifest.json", base), { cache: fresh ? "reload" : "default" });
  manifest = JSON.parse(texts.decode(read));
  manifest.segments.forEach(each => { each.bytes = (each.docs + 7) >> 3; });
  return manifest;
}

// All traditional characters, where those of the archive's own texts are not enough.
export const table = async () => texts.decode(await bytes(new URL(`data/${manifest.fold}`, base)));

// By code point, as the index is sorted: JavaScript's own order puts what lies beyond U+FFFF too early.
export function compare(one, other) {
  const end = Math.min(one.length, other.length);
  for (let at = 0; at < end; at += 1) {
    const a = one.charCodeAt(at);
    const b = other.charCodeAt(at);
    if (a !== b) return a >= 0xd800 && b >= 0xd800 ? (a < 0xe000 ? a + 0x2800 : a) - (b < 0xe000 ? b + 0x2800 : b) : a - b;
  }
  return one.length - other.length;
}

// How many of the sorted things come before a key.
function before(all, key, name = each => each) {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(name(all[middle]), key) < 0) low = middle + 1; else high = middle;
  }
  return low;
}

const first = each => each[0];
const past = key => `${key}\u{10ffff}`;

// Those of the sorted chunks that may hold what begins with a key, or the key itself.
function holding(chunks, key, isPrefix) {
  const from = before(chunks, key, first);
  const begins = from < chunks.length && chunks[from][0] === key ? from : Math.max(from - 1, 0);
  return chunks.slice(begins, isPrefix ? Math.max(before(chunks, past(key), first), begins + 1) : begins + 1);
}

const chunk = name => once(name, async () => {
  const read = await data(name);
  let at = read.indexOf(0);
  const terms = texts.decode(read.subarray(0, at)).split("\n");
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = read[at += 1];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  const sizes = terms.map(() => [number(), number()]);
  at += 1;
  const cut = size => ({ isMap: size & 1, bytes: read.subarray(at, at += size >> 1) });
  return { terms, postings: sizes.map(([all, title]) => [cut(all), cut(title)]) };
});

function fill(set, { isMap, bytes: posting }) {
  if (isMap) return posting.forEach((byte, at) => { set[at] |= byte; });
  let id = 0;
  let step = 0;
  let shift = 0;
  for (const byte of posting) {
    step |= (byte & 127) << shift;
    shift += 7;
    if (byte > 127) continue;
    id += step;
    set[id >> 3] |= 1 << (id & 7);
    step = shift = 0;
  }
}

const most = 4;
// A character, or one or two signs of a run, may begin so many terms that the answer lies ready.
const ready = key => key.startsWith("\x02") ? `\x04${key.slice(1)}` : `\x04${key}`;
const isShort = key => [...key.replace("\x02", "")].length <= (key[0] === "\x02" ? 2 : 1);

// Which documents of a segment have a term, or one that begins with a key: bits for all, and for those in whose head it is.
export async function posting(segment, key, isPrefix = false) {
  const chunks = holding(segment.terms, key, isPrefix);
  if (isPrefix && chunks.length > most && isShort(key)) {
    const told = await posting(segment, ready(key));
    if (told.all.some(Boolean)) return told;
  }
  const sets = { all: new Uint8Array(segment.bytes), title: new Uint8Array(segment.bytes) };
  for (const { terms, postings } of await Promise.all(chunks.map(each => chunk(each[1])))) {
    for (let at = before(terms, key); at < terms.length && (isPrefix ? terms[at].startsWith(key) : terms[at] === key); at += 1) {
      fill(sets.all, postings[at][0]);
      fill(sets.title, postings[at][1]);
    }
  }
  return sets;
}

// The terms of a segment that begin with a key, each with its documents; none where that would read too much.
export async function terms(segment, key, limit = 8) {
  const chunks = holding(segment.terms, key, true);
  if (chunks.length > limit) return [];
  const read = await Promise.all(chunks.map(each => chunk(each[1])));
  return read.flatMap(each => each.terms.flatMap((term, at) => {
    if (!term.startsWith(key)) return [];
    const all = new Uint8Array(segment.bytes);
    fill(all, each.postings[at][0]);
    return [{ term: term.slice(key.length), all }];
  }));
}

// How many documents of a segment have a date before a bound; days are looked up within their month.
export async function until(segment, bound) {
  const at = before(segment.months, bound, first);
  let high = at < segment.months.length ? segment.months[at][1] : segment.docs;
  const month = segment.months[at - 1];
  if (bound.length < 10 || !month || !bound.startsWith(month[0])) return high;
  let low = month[1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((await card(segment, middle)).date < bound) low = middle + 1; else high = middle;
  }
  return low;
}

export async function card(segment, id) {
  const all = await list(segment.cards[Math.floor(id / segment.size)]);
  const [address, title, date, column, byline, leaf, photos, kind, regions] = all[id % segment.size];
  return { address, title, date, column, byline, leaf, photos, kind, regions };
}

// Names that begin with a key, by their own writing or by pinyin; the most used first.
export async function names(key, limit = 2) {
  const lists = await Promise.all(holding(manifest.names, key, true).slice(0, limit).map(each => list(each[1])));
  const found = new Map();
  for (const [begun, name, kind, address, count] of lists.flat()) {
    if (begun.startsWith(key)) found.set(address, { key: begun, name, kind, address, count });
  }
  return [...found.values()].sort((one, other) => other.count - one.count);
}
