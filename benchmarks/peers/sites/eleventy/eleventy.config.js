// Eleventy's settings: articles are Markdown, everything that lists them is one collection, made in one pass.
import { lists } from "./lists.js";

export default function (config) {
  config.addPassthroughCopy({ static: "." });
  config.addCollection("lists", (api) => lists(api.getFilteredByTag("articles").reverse()));
}

export const config = {
  dir: { input: "content", includes: "../_includes", output: "output" },
  templateFormats: ["md", "11ty.js"],
  markdownTemplateEngine: false,
};
