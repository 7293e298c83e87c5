// The index as it lies on the host: the manifest, chunks of terms with their postings, cards and names.
export class Gone extends Error {}

// Who shows how reading goes puts functions in here.
export const watch = { asked: 0, done: 0, step() {}, again() {} };

const texts = new TextDecoder();
const kept = new Map();
let base;
let manifest;
let opened;
// As long as hosts are told that a manifest is good.
const lasting = 300_000;

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

const data = async name => unzipped(await bytes(new URL(`data/${name}`, base)));

// Some hosts unpack what they serve.
async function unzipped(read) {
  if (read[0] !== 0x1f || read[1] !== 0x8b) return read;
  const stream = new Blob([read]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const list = name => once(name, async () => JSON.parse(texts.decode(await data(name))));

// The manifest of the index at an address; `fresh` where the one at hand names files that are no more.
export async function open(address, fresh = false) {
  if (manifest && !fresh && Date.now() - opened < lasting) return manifest;
  base = address;
  opened = Date.now();
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

export const bits = Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll("0", "").length);

function fill(set, { isMap, bytes: posting }) {
  if (isMap) {
    for (let at = 0; at < posting.length; at += 1) set[at] |= posting[at];
    return;
  }
  let id = 0;
  let step = 0;
  let shift = 0;
  for (let at = 0; at < posting.length; at += 1) {
    const byte = posting[at];
    step |= (byte & 127) << shift;
    shift += 7;
    if (byte > 127) continue;
    id += step;
    set[id >> 3] |= 1 << (id & 7);
    step = shift = 0;
  }
}

// Those of a segment's terms that begin with a key (or are it), with their postings.
async function ranged(segment, key, isPrefix, limit = Infinity) {
  let chunks = holding(segment.terms, key, isPrefix);
  if (segment.listed) chunks = holding((await Promise.all(chunks.map(each => list(each[1])))).flat(), key, isPrefix);
  if (chunks.length > limit) return [];
  return (await Promise.all(chunks.map(each => chunk(each[1])))).flatMap(each => {
    const from = before(each.terms, key);
    const to = isPrefix ? before(each.terms, past(key)) : from + (each.terms[from] === key);
    return each.terms.slice(from, to).map((term, at) => ({ term, posting: each.postings[from + at] }));
  });
}

function filled(segment, postings) {
  const set = new Uint8Array(segment.bytes);
  postings.forEach(each => fill(set, each));
  return set;
}

// Which documents of a segment have a term, or one that begins with a key: bits for all, and for those in whose head it is.
export async function posting(segment, key, isPrefix = false) {
  const short = key.replace("\x02", "");
  const found = isPrefix && segment.ready.includes(short)
    ? await ranged(segment, `\x04${short}`) // so many terms begin with it that the answer lies ready
    : await ranged(segment, key, isPrefix);
  return { all: filled(segment, found.map(each => each.posting[0])), title: filled(segment, found.map(each => each.posting[1])) };
}

// The values of a filter in a segment, each with its documents; none where that would read too much.
export async function values(segment, letter, limit = 8) {
  const found = await ranged(segment, `\x01${letter}`, true, limit);
  return found.map(({ term, posting: [all] }) => ({ value: term.slice(1 + letter[0].length), all: filled(segment, [all]) }));
}

// How many documents of a segment have a date before a bound; those of its own month are told by the filter of days.
export async function until(segment, bound) {
  const at = before(segment.months, bound, first);
  const past = at < segment.months.length ? segment.months[at][1] : segment.docs;
  const month = segment.months[at - 1];
  if (bound.length < 10 || !month || !bound.startsWith(month[0])) return past;
  const days = await values(segment, `d${month[0]}`, Infinity);
  return days.filter(each => compare(each.value, bound) < 0)
    .reduce((total, { all }) => total + all.reduce((sum, byte) => sum + bits[byte], 0), month[1]);
}

export async function card(segment, id) {
  const { cards, size, listed } = segment;
  const at = Math.floor(id / size);
  const all = await list(listed ? (await list(cards[Math.floor(at / listed)]))[at % listed] : cards[at]);
  const [address, title, date, column, byline, leaf, photos, kind, regions] = all[id % size];
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
