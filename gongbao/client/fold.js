// One writing for all: width, case, thousands' commas, zeros, traditional characters, white space between Han characters.
// The engine folds in the same way, and tests hold both to the same cases.
const signs = /[^][\p{M}\u1160-\u11ff\u3131-\u318e\uff9e\uff9f\uffa0-\uffdc]*/gu;
const hans = "\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{323af}";
const white = "\\t-\\r\\x1c-\\x20\\x85\\u1680\\u2028\\u2029\\u200b-\\u200d\\u2060\\ufeff";
const han = new RegExp(`^[${hans}]`, "u");
const spaces = new RegExp(`[${white}]+`, "gu");
const between = new RegExp(`(?<=[${hans}]) (?=[${hans}])`, "gu");
const listed = /[0-9]+(?:,[0-9]+)+/g;
const grouped = /^[0-9]{1,3}(?:,[0-9]{3})+$/;
const same = new Map([..."〇○◯"].map(zero => [zero, "零"]).concat([["ς", "σ"]]));

// Pairs of characters, the traditional and the simplified.
export function learn(pairs) {
  const all = [...pairs];
  for (let at = 0; at < all.length; at += 2) same.set(all[at], all[at + 1]);
}

export const isHan = sign => han.test(sign);

// The folded text, and for each of its code units where what it stands for begins and ends in the given one.
export function fold(said) {
  const folded = { text: "", from: [], to: [] };
  const add = (text, from, to) => {
    folded.text += text;
    for (let unit = 0; unit < text.length; unit += 1) {
      folded.from.push(from);
      folded.to.push(to);
    }
  };
  for (const { 0: cluster, index } of said.matchAll(signs)) {
    for (const wide of cluster.normalize("NFKC")) {
      for (const sign of wide === "İ" ? "i" : wide.toLowerCase()) add(same.get(sign) ?? sign, index, index + cluster.length);
    }
  }
  for (const { 0: run, index } of folded.text.matchAll(listed)) {
    if (grouped.test(run)) [...run].forEach((sign, at) => { if (sign === ",") folded.from[index + at] = -1; });
  }
  const single = kept(folded);
  const white = [...single.text.matchAll(spaces)];
  for (const { 0: run, index } of white) single.from.fill(-1, index + 1, index + run.length);
  const spaced = kept({ ...single, text: single.text.replace(spaces, run => " ".repeat(run.length)) });
  for (const { index } of spaced.text.matchAll(between)) spaced.from[index] = -1;
  return kept(spaced);
}

// What is left where `from` says -1 of what is to go.
function kept({ text, from, to }) {
  if (!from.includes(-1)) return { text, from, to };
  const stays = (_, at) => from[at] >= 0;
  return { text: text.split("").filter(stays).join(""), from: from.filter(stays), to: to.filter(stays) };
}
