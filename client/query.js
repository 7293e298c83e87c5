// What a reader types, as groups of atoms: each group must be met by one of its atoms, and none of `not` may be.
import { fold } from "./fold.js";

const keys = {
  column: "c", 栏目: "c", author: "a", 作者: "a", region: "r", 地区: "r", leaf: "l", 版: "l", 版次: "l", kind: "k", 体裁: "k",
  tag: "t", 标签: "t", series: "s", 专题: "s", photo: "p", 图片: "p", date: "date", 日期: "date",
};
const token = new RegExp(
  `([-－](?=\\S))?(?:(${Object.keys(keys).join("|")})[:：](?=\\S))?(?:["“”„＂]([^"“”„＂]*)["“”„＂]?|(\\S+))`, "giu",
);
const either = new Set(["OR", "|", "｜", "或"]);
const yes = new Set(["yes", "1", "有", "是"]);
const no = new Set(["no", "0", "无", "否"]);

export function parse(typed) {
  const tokens = [...typed.matchAll(token)].map(read);
  const groups = [];
  const not = [];
  let joins = false;
  tokens.forEach(({ atom, joined }, at) => {
    if (joined) joins = tokens[at - 1]?.atom && !tokens[at - 1].atom.not;
    else if (!atom) joins = false;
    else if (atom.not) not.push(atom);
    else if (joins) groups.at(-1).push(atom);
    else groups.push([atom]);
    if (!joined) joins = false;
  });
  return { typed, tokens, groups, not };
}

// The words of a query that are to be seen in a text.
export const words = query => query.groups.flat().filter(atom => atom.text);

function read({ 0: said, 1: minus, 2: key, 3: phrase, 4: plain, index }) {
  const place = { said, from: index, to: index + said.length };
  if (either.has(said)) return { ...place, joined: true };
  const value = phrase ?? plain;
  const atom = (key && filter(keys[key.toLowerCase()], value)) || text(key ? said.slice(minus?.length ?? 0) : value);
  return { ...place, atom: atom && { ...atom, said, not: Boolean(minus) !== Boolean(atom.lacks) } };
}

function text(said) {
  const folded = fold(said).text.trim();
  return folded && folded !== "-" ? { text: folded } : null;
}

function filter(letter, said) {
  const value = fold(said).text.trim();
  if (letter === "date") return dates(value);
  if (letter !== "p") return value ? { letter, value } : null;
  if (yes.has(value)) return { letter, value: "1" };
  return no.has(value) ? { letter, value: "1", lacks: true } : null;
}

// `from` and `to` bound the dates as texts: from <= date < to.
function dates(value) {
  const [first, last = first, more] = value.split(/\.\.|…+|~|至|到/u).map(each => each.trim());
  const from = first && day(first);
  const to = last && day(last);
  if (more !== undefined || from === null || to === null || !(from || to)) return null;
  return { from, to: to && `${to}~` };
}

function day(said) {
  const found = /^(\d{4})(?:[-/.年](?:(\d{1,2})(?:[-/.月](?:(\d{1,2})日?)?)?)?)?$/u.exec(said);
  return found && found.slice(1).filter(Boolean).map(each => each.padStart(2, "0")).join("-");
}
