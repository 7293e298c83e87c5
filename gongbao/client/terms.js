// Which terms of the index answer a text: what a document that holds the text must have, and whether that is enough.
import { isHan } from "./fold.js";

const parts = /[0-9]+(?:\.[0-9]+)+|[\p{L}\p{N}]|[^]/gu;
const letter = /[\p{L}\p{N}]/u;
const longest = 24;
const first = unit => [...unit].slice(0, longest).join("");
const turned = unit => [...unit].reverse().slice(0, longest).join("");

// Chains of units that stand side by side: Han characters, and runs of other letters and figures.
export function chains(text) {
  const found = [];
  let chain = null;
  for (const { 0: part } of text.matchAll(parts)) {
    if (!isHan(part) && !letter.test(part)) chain = null;
    else if (!chain) found.push(chain = [part]);
    else if (isHan(part) || isHan(chain.at(-1))) chain.push(part);
    else chain.push(chain.pop() + part);
  }
  return found;
}

// The terms: each a key, and whether any term that begins with it will do. `exact`: they say it all.
export function lookups(text) {
  const all = chains(text);
  const terms = all.flatMap(of);
  return { terms, exact: terms.length === 1 && all[0].join("") === text && text.length <= longest };
}

function of(chain) {
  const [unit] = chain;
  if (chain.length === 1) return [{ key: isHan(unit) ? unit : `\x02${first(unit)}`, isPrefix: true }];
  return chain.slice(1).map((next, at) => {
    const last = chain[at];
    if (!isHan(next)) return { key: `\x05${last}${first(next)}`, isPrefix: at + 2 === chain.length };
    return isHan(last) ? { key: last + next } : { key: `\x03${next}${turned(last)}`, isPrefix: !at };
  });
}
