// Every page that lists articles.
import { cards, counted, escape, leaves, link, links, page } from "../_includes/parts.js";

export const data = {
  pagination: { data: "collections.lists", size: 1, alias: "list" },
  eleventyExcludeFromCollections: true,
  permalink: ({ list }) => `${list.address}index.html`,
};

const TEMPLATES = {
  list: ({ total, children, entries, articles }) =>
    `<p>${total} 篇</p>\n${children.length ? counted(children) : ""}${entries.length ? counted(entries) : ""}${cards(articles)}`,
  leaf: ({ articles }) => cards(articles),
  issue: (list) => leaves(list.leaves),
  names: ({ letters, entries }) => (letters ? links(letters) : "") + counted(entries),
  month: ({ issues }) =>
    issues
      .map(([issue, found]) => {
        const ways = found.map((leaf) => [`第 ${leaf.split("/")[2]} 版`, `/${leaf}/`]);
        return `<h2>${link(`/${issue}/`, issue.slice(7))}</h2>\n${links(ways)}`;
      })
      .join(""),
  front: (list) => {
    const columns = list.columns.map(([name, found]) => `<h2>${link(`/columns/${name}/`, name)}</h2>\n${cards(found)}`);
    const earlier = list.issues.slice(1, 11).map((each) => [each.slice(7), `/${each}/`]);
    return leaves(list.leaves) + links(earlier) + counted(list.entries) + columns.join("");
  },
};

export const render = ({ list }) => {
  const title = list.title || list.issues[0].slice(7);
  return page(list.title, list.address, `<h1>${escape(title)}</h1>\n${TEMPLATES[list.template](list)}`);
};
