// The newest articles for feed readers.
import { BASE, SITE, escape } from "../_includes/parts.js";

export const data = { permalink: "/feed.xml", eleventyExcludeFromCollections: true };

const entry = (article) => `  <entry>
    <id>${BASE}${article.url}</id>
    <title>${escape(article.data.title)}</title>
    <link rel="alternate" type="text/html" href="${BASE}${article.url}"/>
    <updated>${article.date.toISOString()}</updated>
${article.data.authors.map((name) => `    <author><name>${escape(name)}</name></author>\n`).join("")}    <content type="html">${escape(article.content)}</content>
  </entry>
`;

export const render = ({ collections }) => {
  const newest = collections.articles.slice(-30).reverse();
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>${BASE}/</id>
  <title>${SITE}</title>
  <updated>${newest[0].date.toISOString()}</updated>
  <link rel="self" href="${BASE}/feed.xml"/>
${newest.map(entry).join("")}</feed>
`;
};
