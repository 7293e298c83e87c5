// The page around everything, and the pieces that pages share.
export const SITE = "试验工报";
export const BASE = "https://bench.example";

const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
export const escape = (text) => String(text).replace(/[&<>"]/g, (sign) => SIGNS[sign]);

export const page = (title, address, main) => `<!doctype html>
<html lang="zh-CN">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title ? `${escape(title)} - ` : ""}${SITE}</title>
  <link rel="canonical" href="${BASE}${escape(address)}">
  <link rel="alternate" type="application/atom+xml" href="/feed.xml">
</head>
<body>
<header><a href="/">${SITE}</a></header>
<nav>
  <ul>
    <li><a href="/columns/">栏目</a></li>
    <li><a href="/archive/">往期</a></li>
    <li><a href="/regions/">地区</a></li>
    <li><a href="/authors/">作者</a></li>
    <li><a href="/tags/">标签</a></li>
  </ul>
</nav>
<main>
${main}
</main>
</body>
</html>
`;

export const link = (address, name) => `<a href="${escape(address)}">${escape(name)}</a>`;
const list = (items) => `<ul>\n${items.map((each) => `  <li>${each}</li>\n`).join("")}</ul>\n`;

export const cards = (articles) =>
  list(articles.map((each) => `${link(each.url, each.data.title)} <time>${each.data.issue}</time>`));

export const counted = (entries) => list(entries.map(([name, address, count]) => `${link(address, name)} ${count}`));

export const links = (pairs) => list(pairs.map(([name, address]) => link(address, name)));

export const leaves = (found) =>
  found
    .map(([leaf, articles]) => `<h2>${link(`/${leaf}/`, `第 ${articles[0].data.leaf} 版`)}</h2>\n${cards(articles)}`)
    .join("");
