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
}
