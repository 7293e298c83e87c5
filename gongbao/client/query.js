// What a reader types, as groups of atoms: each group must be met by one of its atoms, and none of `not` may be.
import { fold } from "./fold.js";

const letters = {
  column: "c", 栏目: "c", author: "a", 作者: "a", region: "r", 地区: "r", date: "d", 日期: "d", leaf: "l", 版: "l", 版次: "l",
  kind: "k", 体裁: "k", tag: "t", 标签: "t", series: "s", 专题: "s", photo: "p", 图片: "p",
};
const quote = "[\"“”„＂]";
const bare = "[^\\s\"“”„＂]";
const token = new RegExp(
  `([-－−](?=\\S))?(?:(${bare.replace("^", "^:：")}+)[:：](?=\\S))?(?:${quote}([^"“”„＂]*)(?:${quote}|$)|(${bare}+))`, "gu",
);
const either = ["OR", "|", "或"];
const yes = ["yes", "有", "是", "1"];
const no = ["no", "无", "否", "0"];

export function parse(typed) {
  const tokens = [...typed.matchAll(token)].map(read);
  const groups = [];
  const not = [];
  let joins = false;
  let canJoin = false;
  for (const { atom, joined } of tokens) {
    if (joined) joins = canJoin;
    if (!atom) continue;
    if (atom.not) not.push(atom);
    else if (joins) groups.at(-1).push(atom);
    else groups.push([atom]);
    joins = false;
    canJoin = !atom.not;
  }
  return { typed, tokens, groups, not };
}

// The words of a query that are to be seen in a text.
export const words = query => query.groups.flat().filter(atom => atom.text);

const folded = said => fold(said).text.trim();

// What was typed, where, and what it asks for.
function read({ 0: said, 1: minus, 2: key, 3: phrase, 4: plain, index }) {
  const token = { said, from: index, to: index + said.length };
  if (either.includes(said)) return { ...token, joined: true };
  const value = phrase ?? plain;
  const text = folded(key ? `${key}:${value}` : value);
  const atom = (key && filter(letters[folded(key)], value)) || (text && text !== "-" && { text });
  return { ...token, atom: atom && { ...atom, said, not: Boolean(minus) !== Boolean(atom.lacks) } };
}

function filter(letter, said) {
  const value = folded(said);
  if (letter === "d") return dates(value);
  if (letter !== "p") return letter && value && { letter, value };
  return yes.includes(value) || no.includes(value) ? { letter, value: "1", lacks: no.includes(value) } : null;
}

// `from` and `to` bound the dates as texts: from <= date < to.
function dates(value) {
  const [first, last = first, more] = value.split(/\.\.\.?|…+|~|至|到/u).map(each => each.trim());
  const [from, to] = [first && day(first), last && day(last)];
  return more !== undefined || from === null || to === null || !(from || to) ? null : { from, to: to && `${to}~` };
}

// A year, a month or a day as the index writes it; null for what is none.
function day(said) {
  const found = /^([12]\d{3})(?:年?|[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?)$/u.exec(said);
  if (!found) return null;
  const [, year, month, date] = found;
  if (month > 12 || month < 1 || date < 1 || date > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
  return [year, month, date].filter(Boolean).map(each => each.padStart(2, "0")).join("-");
}
