// What may be searched for instead where nothing is found: the same in other characters, names in pinyin, less, a near name.
import * as archive from "./archive.js";
import { find } from "./find.js";
import { parse, words } from "./query.js";

const latin = /^[a-z][a-z' -]*$/;
const most = 5;

// Queries that mean the same, the likeliest first: with all traditional characters known, then with names for their pinyin.
export async function near(query) {
  const found = [{ typed: query.typed, told: "" }];
  for (const atom of words(query)) {
    if (!latin.test(atom.text)) continue;
    const key = atom.text.replace(/[' -]/g, "");
    const names = (await archive.names(key)).filter(each => each.key === key);
    const unique = [...new Set(names.map(each => each.name))].slice(0, most);
    if (!unique.length) continue;
    const typed = query.typed.replace(atom.said, unique.map(each => `"${each}"`).join(" OR "));
    found.push({ typed, told: { said: atom.said, name: unique.join("、") } });
  }
  return found;
}

// Queries that find something: without one of the words or filters, a word shorter, a name that differs by one character.
export async function shorter(query, manifest) {
  const { typed, tokens } = query;
  const swap = (token, said) => (typed.slice(0, token.from) + said + typed.slice(token.to)).trim();
  const tried = [];
  for (const token of tokens) {
    if (!token.atom || token.atom.not) continue;
    const { text } = token.atom;
    if (text) {
      const names = text.length > 1 ? await archive.names([...text][0]) : [];
      names.filter(each => each.name !== text && isNear(each.name, text)).slice(0, 2).forEach(each => tried.push(swap(token, each.name)));
    }
    if (tokens.length > 1) tried.push(swap(token, ""));
    const signs = [...text ?? ""];
    const half = Math.ceil(signs.length / 2);
    const cuts = signs.length > 2 ? [[0, -1], [1], [0, half], [-half]] : [];
    cuts.forEach(cut => tried.push(swap(token, signs.slice(...cut).join(""))));
  }
  const found = [];
  for (const each of new Set(tried.slice(0, 12))) {
    if (found.length === most) break;
    const told = await find(parse(each), manifest);
    if (each && told.total) found.push({ typed: each, count: told.total });
  }
  return found;
}

// Whether two names differ by one character.
export function isNear(one, other) {
  const [a, b] = [[...one], [...other]];
  if (Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < 2) return false;
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  const rest = (all, skip) => all.slice(same + skip).join("");
  return [[1, 1], [1, 0], [0, 1]].some(([x, y]) => rest(a, x) === rest(b, y));
}
