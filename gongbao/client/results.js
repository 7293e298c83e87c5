// The search page: the address holds the whole query; here it is answered and shown.
import * as archive from "./archive.js";
import { better, find, ordered, read } from "./find.js";
import { learn } from "./fold.js";
import { parse, words } from "./query.js";
import { facets } from "./facets.js";
import { near, shorter } from "./instead.js";
import { hit } from "./hit.js";
import { number, say } from "./words.js";
import { years } from "./years.js";

const size = 20;
// So few are all read, so that their number is known.
const few = 40;
const orders = ["best", "new", "old"];

export function results(page, form, base) {
  const part = name => page.querySelector(name);
  const made = name => part(`[data-part=${name}]`).content.firstElementChild.cloneNode(true);
  const [status, progress, list, pager, narrow] = [".found-said", "progress", ".entries", ".found-pages", ".facets"].map(part);
  const help = document.querySelector(".search-help");
  const ask = () => {
    const asked = new URLSearchParams(location.search);
    return { q: (asked.get("q") ?? "").trim(), sort: orders.includes(asked.get("sort")) ? asked.get("sort") : "best", page: Number(asked.get("page")) || 1 };
  };
  const address = changes => {
    const { q, sort, page: at } = { ...ask(), page: 1, ...changes };
    const told = new URLSearchParams({ q });
    if (sort !== "best") told.set("sort", sort);
    if (at > 1) told.set("page", at);
    return `?${told}`;
  };
  let turn = 0;

  function go(to) {
    history.pushState(null, "", to);
    run();
  }

  const link = (to, ...said) => {
    const made = document.createElement("a");
    made.href = to;
    made.append(...said);
    return made;
  };

  const tell = (...said) => status.replaceChildren(...said);

  // What will be there keeps its place while the index is read, so that nothing moves when it comes.
  function wait(asked) {
    archive.watch.asked = archive.watch.done = 0;
    page.setAttribute("aria-busy", "true");
    [".found", ".found-sort", ".found-years"].forEach(name => { part(name).hidden = false; });
    list.replaceChildren(...Array.from({ length: 6 }, () => made("waiting")));
    pager.hidden = true;
    sorts(asked);
    filters(parse(asked.q), asked);
    tell();
  }

  function ready() {
    page.removeAttribute("aria-busy");
    progress.hidden = true;
  }

  // Said only where it takes long, so that it does not flicker.
  archive.watch.step = () => {
    if (page.getAttribute("aria-busy") !== "true") return;
    progress.max = archive.watch.asked;
    progress.value = archive.watch.done;
    progress.hidden = false;
    progress.title = say(page, "reading", archive.watch);
  };
  archive.watch.again = () => page.getAttribute("aria-busy") && tell(say(page, "again"));

  async function run() {
    const now = turn += 1;
    const asked = ask();
    form.elements.q.value = asked.q;
    help.hidden = Boolean(asked.q);
    [".found", ".found-sort", ".found-filters", ".found-years"].forEach(name => { part(name).hidden = true; });
    tell();
    ready();
    if (!asked.q) return;
    if (location.protocol === "file:") return tell(say(page, "file"));
    if (!globalThis.DecompressionStream) return tell(say(page, "old"));
    wait(asked);
    try {
      await answer(asked, () => now === turn).catch(async error => {
        if (!(error instanceof archive.Gone)) throw error;
        await archive.open(base, true); // the site was built anew while this page was open
        return answer(asked, () => now === turn);
      });
    } catch (error) {
      if (now !== turn) return;
      [".found", ".found-sort", ".found-years"].forEach(name => { part(name).hidden = true; });
      const again = document.createElement("button");
      again.type = "button";
      again.append(say(page, "retry"));
      again.addEventListener("click", run);
      tell(say(page, "failed"), " ", again);
    }
    if (now === turn) ready();
  }

  async function answer(asked, isNow) {
    const manifest = await archive.open(base);
    learn(manifest.pairs);
    let query = parse(asked.q);
    let found = await find(query, manifest);
    let shown = await hits(found, asked);
    let told = "";
    if (!shown.total) {
      // Characters that the archive's own texts never write, then names in pinyin.
      learn(JSON.parse(await archive.table()));
      const other = await instead(query, manifest, asked);
      if (other) ({ query, found, shown, told } = other);
    }
    if (!isNow()) return;
    show({ ...shown, query, found, told }, asked);
    if (!shown.total) return nothing(query, manifest, isNow);
    // Counting reads more of the index: where there is room for it, or when somebody asks.
    const count = () => narrow.open && facets(narrow.lastElementChild, made, page, found, filter => address({ q: `${asked.q} ${filter}` }), link);
    narrow.ontoggle = count;
    narrow.open ||= matchMedia("(width >= 64rem)").matches;
    count();
  }

  async function instead(query, manifest, asked) {
    for (const { typed, told } of await near(query)) {
      const other = parse(typed);
      const found = await find(other, manifest);
      const shown = found.total ? await hits(found, asked) : { total: 0 };
      if (shown.total) return { query: other, found, shown, told };
    }
    return null;
  }

  // The hits of a page. Few are read all and put in order; of many those of the page, as far as they hold the words.
  async function hits(found, { sort, page: at }) {
    const whole = found.total <= few;
    const from = (at - 1) * size;
    const chosen = ordered(found, sort, whole ? 0 : from, whole ? few : from + size);
    const held = (await Promise.all(chosen.map(each => read(each, found.query)))).filter(Boolean);
    if (sort === "best") held.sort(better);
    const total = whole ? held.length : found.total;
    return { hits: whole ? held.slice(from, from + size) : held, total, exact: whole || found.exact };
  }

  function show({ hits: shown, total, exact, query, found, told }, asked) {
    const pages = Math.max(Math.ceil(total / size), 1);
    const said = total ? say(page, exact ? "total" : "about", { n: number(total) }) : say(page, "none");
    const where = pages > 1 ? ` · ${say(page, "page", { page: number(asked.page), pages: number(pages) })}` : "";
    tell(told ? say(page, "instead", told) : "", told ? " " : "", said + where);
    if (total && !shown.length) tell(said, " ", say(page, "bare"));
    const finding = words(query).map(({ text }) => /^-|\s|^[|或]$/.test(text) ? `"${text}"` : text).join(" ");
    list.replaceChildren(...shown.map(each => hit(made("hit"), each, query, finding, page)));
    part(".found").hidden = !total;
    help.hidden = Boolean(total);
    [".found-sort", ".found-years"].forEach(name => { part(name).hidden = !total; });
    turnings(pages, asked.page);
    if (total) years(part(".found-years"), page, found, query, date => {
      const rest = without(query, token => token.atom?.from !== undefined && !token.atom.not);
      return address({ q: `${rest} ${date ? `${page.dataset.date}:${date}` : ""}`.trim() });
    }, go);
  }

  function sorts(asked) {
    part(".found-sort").replaceChildren(...orders.map(sort => {
      const made = link(address({ sort }), say(page, { best: "best", new: "new", old: "first" }[sort]));
      if (sort === asked.sort) made.setAttribute("aria-current", "true");
      return made;
    }));
  }

  const without = ({ typed, tokens }, goes) =>
    tokens.filter(token => !goes(token)).map(({ from, to }) => typed.slice(from, to)).join(" ");

  function filters(query, asked) {
    const all = query.tokens.filter(({ atom }) => atom && !atom.text);
    part(".found-filters").hidden = !all.length;
    part(".found-filters").replaceChildren(...all.map(token => {
      const item = document.createElement("li");
      const made = link(address({ q: without(parse(asked.q), each => each.said === token.said) }), token.said, " ×");
      made.setAttribute("aria-label", say(page, "without", { said: token.said }));
      item.append(made);
      return item;
    }));
  }

  function turnings(pages, at) {
    const shown = [...new Set([1, at - 2, at - 1, at, at + 1, at + 2, pages])].filter(each => each >= 1 && each <= pages);
    pager.hidden = pages < 2;
    pager.replaceChildren(...shown.flatMap((each, which) => {
      const made = link(address({ page: each }), number(each));
      made.setAttribute("aria-label", say(page, "page", { page: number(each), pages: number(pages) }));
      if (each === at) made.setAttribute("aria-current", "page");
      return which && each > shown[which - 1] + 1 ? ["…", made] : [made];
    }));
  }

  async function nothing(query, manifest, isNow) {
    const ways = await shorter(query, manifest, base);
    if (!isNow() || !ways.length) return;
    status.append(" ", say(page, "try"));
    ways.forEach(({ typed, count }) => status.append(" ", link(address({ q: typed, sort: "best" }), `${typed}（${count}）`)));
  }

  // Whoever comes with a scope has it in the query from now on.
  const scope = new URLSearchParams(location.search).getAll("in").filter(Boolean);
  if (scope.length) history.replaceState(null, "", address({ q: [ask().q, ...scope].join(" ").trim() }));
  form.addEventListener("submit", event => {
    event.preventDefault();
    go(address({ q: form.elements.q.value.trim() }));
  });
  page.addEventListener("click", event => {
    const to = event.target.closest("a")?.getAttribute("href");
    if (!to?.startsWith("?") || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(to);
    scrollTo({ top: 0 });
    form.elements.q.closest("main").querySelector("h1")?.focus();
  });
  addEventListener("popstate", run);
  run();
}
