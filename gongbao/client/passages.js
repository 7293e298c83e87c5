// The passages of an article's page: the texts marked `data-search`, cut where paragraphs, cells and the like begin and end.
import { fold } from "./fold.js";

const blocks = new Set(
  "P LI H1 H2 H3 H4 H5 H6 TD TH DT DD FIGCAPTION BLOCKQUOTE PRE DIV SECTION FIGURE TABLE TR UL OL DL HR ARTICLE".split(" "),
);

// Each passage has its text as said and folded, whether it belongs to the head, and the nodes that it stands in.
export function passages(page) {
  const found = [];
  const marked = [...page.querySelectorAll("[data-search]")].filter(each => !each.parentElement.closest("[data-search]"));
  let open = null;
  const add = (text, node, head) => {
    if (!open) found.push(open = { said: "", head, nodes: [] });
    open.nodes.push({ node, from: open.said.length });
    open.said += text;
  };
  const walk = (node, head) => {
    if (node.nodeType === 3) return add(node.data, node, head);
    if (node.nodeType !== 1) return;
    if (node.tagName === "BR") return add("\n", node, head);
    const own = node.getAttribute("data-search");
    const cuts = own !== null || blocks.has(node.tagName);
    if (cuts) open = null;
    node.childNodes.forEach(each => walk(each, own ? own === "head" : head));
    if (cuts) open = null;
  };
  (marked.length ? marked : page.querySelectorAll("main")).forEach(each => walk(each, false));
  return found.map(each => ({ ...each, folded: fold(each.said) })).filter(each => each.folded.text);
}

// Where words stand in a folded text, in order, none within another: begin, end, and which word.
export function places(folded, words) {
  const found = words.flatMap((word, which) => {
    const all = [];
    for (let at = folded.text.indexOf(word); at >= 0; at = folded.text.indexOf(word, at + word.length)) {
      all.push({ from: folded.from[at], to: folded.to[at + word.length - 1], at, which });
    }
    return all;
  });
  return found.sort((one, other) => one.at - other.at || other.to - one.to);
}

export function apart(found) {
  let end = -1;
  return found.filter(({ from, to }) => from >= end && (end = to));
}
