// Every page that lists articles, made in one pass over the articles, newest first.
import { readFileSync } from "node:fs";

const NEWEST = 30;
export const facts = JSON.parse(readFileSync(new URL("facts.json", import.meta.url), "utf8"));

class Lists {
  constructor() {
    this.articles = new Map();
    this.periods = new Map();
    this.children = new Map();
    this.names = new Map();
    this.pages = [];
  }

  collect(articles) {
    for (const article of articles) {
      const { issue, leaf, column, authors, region, labels } = article.data;
      this.add("archive", "往期", article, true);
      this.add(`columns/${column}`, column, article, true);
      for (const name of authors) this.add(`authors/${name}`, name, article, false);
      for (const name of labels) this.add(`tags/${name}`, name, article, false);
      let above = "regions";
      for (const name of region.split("/")) {
        push(this.children, above, `${above}/${name}`);
        this.add(`${above}/${name}`, name, article, above === "regions");
        above = `${above}/${name}`;
      }
      put(this.articles, `issues/${issue}`, article);
      put(this.articles, `issues/${issue}/${leaf}`, article);
      push(this.children, `issues/${issue}`, `issues/${issue}/${leaf}`);
      push(this.children, `archive/${issue.slice(0, 7).replace("-", "/")}`, `issues/${issue}`);
    }
  }

  add(root, name, article, monthly) {
    const year = `${root}/${article.data.issue.slice(0, 4)}`;
    this.names.set(root, name);
    put(this.articles, root, article);
    put(this.articles, year, article);
    push(this.periods, root, year);
    if (!monthly) return;
    const month = `${year}/${article.data.issue.slice(5, 7)}`;
    put(this.articles, month, article);
    push(this.periods, year, month);
  }

  write() {
    this.writeIssues();
    for (const [root, name] of this.names) this.writeList(root, name);
    for (const kind of ["authors", "tags"]) this.writeLetters(kind);
    this.page("columns", "names", "栏目", { entries: this.entries(facts.columns.map((name) => `columns/${name}`)) });
    this.page("regions", "names", "地区", { entries: this.entries([...this.children.get("regions")].sort()) });
    this.writeFront();
    return this.pages;
  }

  writeList(root, name) {
    const archive = root === "archive";
    this.page(root, archive ? "names" : "list", name, this.shown(root, archive));
    for (const year of this.periods.get(root)) {
      const period = last(year);
      this.page(year, archive ? "names" : "list", `${name} ${period}`, this.shown(year, archive));
      for (const month of this.periods.get(year) ?? []) {
        const title = `${name} ${period}-${last(month)}`;
        this.page(month, archive ? "month" : "list", title, this.shown(month, archive));
      }
    }
  }

  shown(address, archive) {
    const articles = this.articles.get(address);
    const periods = this.periods.get(address);
    const children = [...(this.children.get(address) ?? [])].sort();
    const entries = this.entries(periods ?? []);
    if (archive) return { entries, issues: children.map((issue) => [issue, [...this.children.get(issue)].sort()]) };
    const shown = periods ? articles.slice(0, NEWEST) : articles;
    return { total: articles.length, entries, children: this.entries(children), articles: shown };
  }

  entries(addresses) {
    return [...addresses].map((each) => [last(each), `/${each}/`, this.articles.get(each).length]);
  }

  leaves(issue) {
    return [...this.children.get(issue)].sort().map((leaf) => [leaf, this.articles.get(leaf)]);
  }

  writeIssues() {
    for (const [address, articles] of this.articles) {
      if (!address.startsWith("issues/")) continue;
      const { issue, leaf } = articles[0].data;
      if (address === `issues/${issue}`) this.page(address, "issue", issue, { leaves: this.leaves(address) });
      else this.page(address, "leaf", `${issue} 第 ${leaf} 版`, { articles });
    }
    this.page("issues", "names", "往期", { entries: this.entries(["archive"]) });
  }

  writeLetters(kind) {
    const letters = new Map();
    for (const [name, letter] of Object.entries(facts.letters[kind])) put(letters, letter, `${kind}/${name}`);
    const ways = [...letters.keys()].sort().map((letter) => [letter.toUpperCase(), `/${kind}/${letter}/`]);
    const used = Object.keys(facts.letters[kind]).map((name) => `${kind}/${name}`);
    used.sort((one, other) => this.articles.get(other).length - this.articles.get(one).length);
    this.page(kind, "names", kind, { letters: ways, entries: this.entries(used.slice(0, 60)) });
    for (const [letter, found] of letters) {
      this.page(`${kind}/${letter}`, "names", letter.toUpperCase(), { letters: ways, entries: this.entries(found) });
    }
  }

  writeFront() {
    const issues = [...this.children.keys()].filter((each) => each.startsWith("issues/")).sort().reverse();
    const columns = facts.columns.map((name) => [name, (this.articles.get(`columns/${name}`) ?? []).slice(0, 5)]);
    const entries = this.entries(this.periods.get("archive"));
    this.page("", "front", "", { issues, leaves: this.leaves(issues[0]), columns, entries });
  }

  page(address, template, title, shown) {
    this.pages.push({ address: address ? `/${address}/` : "/", template, title, ...shown });
  }
}

export const lists = (articles) => {
  const found = new Lists();
  found.collect(articles);
  return found.write();
};

function put(map, key, value) {
  const found = map.get(key);
  if (found) found.push(value);
  else map.set(key, [value]);
}

function push(map, key, value) {
  const found = map.get(key);
  if (found) found.add(value);
  else map.set(key, new Set([value]));
}

const last = (address) => address.slice(address.lastIndexOf("/") + 1);
