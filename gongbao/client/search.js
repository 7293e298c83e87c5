// Search: the search page, suggestions in every search field, and the marks on an article that a search led to.
import { results } from "./results.js";
import { suggest } from "./suggest.js";
import { marks } from "./marks.js";

const forms = [...document.querySelectorAll("form.search")];
if (forms.length) {
  const base = forms[0].action;
  const page = document.querySelector("[data-results]");
  forms.forEach(each => suggest(each, base));
  if (page) results(page, forms.find(each => each.closest("main")), base);
  marks(base);
  // A theme's own script may have done so before this one was loaded.
  addEventListener("keydown", event => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    event.preventDefault();
    forms[0].elements.q.select();
  });
}
