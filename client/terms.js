// Which terms of the index answer a text: what a document that holds the text must have, and whether that is enough.
import { isHan } from "./fold.js";

const parts = /[0-9]+(?:\.[0-9]+)+|[\p{L}\p{N}]|[^]/gu;
// At an end it may stand within a figure of the text.
const point = /^\.(?=[0-9])|(?<=[0-9])\.$/g;
const longest = 24;
const signs = text => [...text];
const start = text => signs(text).slice(0, longest).join("");
const turned = text => signs(text).reverse().slice(0, longest).join("");

// Units of a folded text: Han characters and runs of other letters and figures; null where something parts them.
export function units(text) {
  const found = [];
  for (const { 0: part } of text.matchAll(parts)) {
    if (isHan(part)) found.push({ text: part, isHan: true });
    else if (!/[\p{L}\p{N}]/u.test(part)) found.push(null);
    else if (found.at(-1) && !found.at(-1).isHan) found.at(-1).text += part;
    else found.push({ text: part, isHan: false });
  }
  return found;
}

// The terms: each a key, and whether any term that begins with it will do. `exact`: they say it all.
export function lookups(text) {
  const bare = text.replace(point, "");
  const all = units(bare);
  const found = all.flatMap((unit, at) => unit ? of(unit, all[at - 1], all[at + 1]) : []);
  const unique = [...new Map(found.map(each => [each.key, each])).values()];
  const exact = unique.length === 1 && bare === text && all.every(each => each && !longer(each));
  return { terms: unique, exact };
}

// `before` and `after` are the neighbours: null where something parts, undefined at the ends of the text.
function of(unit, before, after) {
  if (unit.isHan) {
    if (after?.isHan) return [{ key: unit.text + after.text }];
    if (after === null) return [{ key: unit.text }];
    return after || before ? [] : [{ key: unit.text, isPrefix: true }];
  }
  const found = [];
  const open = after === undefined;
  if (before) found.push({ key: before.text + start(unit.text), isPrefix: open || longer(unit) });
  if (after) found.push({ key: `\x03${after.text}${turned(unit.text)}`, isPrefix: before === undefined || longer(unit) });
  if (!found.length) found.push({ key: `\x02${start(unit.text)}`, isPrefix: open || longer(unit) });
  return found;
}

const longer = unit => signs(unit.text).length > longest;
