// Every address for search engines.
import { BASE, escape } from "../_includes/parts.js";

export const data = { permalink: "/sitemap.xml", eleventyExcludeFromCollections: true };

export const render = ({ collections }) => {
  const addresses = [...collections.articles.map((each) => each.url), ...collections.lists.map((each) => each.address)];
  return `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${addresses.map((each) => `  <url><loc>${BASE}${escape(each)}</loc></url>\n`).join("")}</urlset>
`;
};
