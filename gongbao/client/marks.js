// On an article that a search led to: the words are marked, and a bar leads from mark to mark.
import { learn } from "./fold.js";
import { apart, passages, places } from "./passages.js";
import { parse, words } from "./query.js";
import * as archive from "./archive.js";

export async function marks(base) {
  const asked = new URLSearchParams(location.search).get("find");
  const template = document.getElementById("find-bar");
  if (!asked || !template) return;
  await archive.open(base).then(({ pairs }) => learn(pairs), () => {}); // without it all but traditional characters are found
  const wanted = words(parse(asked)).map(each => each.text);
  const ranges = passages(document).flatMap(each => apart(places(each.folded, wanted)).map(place => range(each, place)));
  if (!ranges.length) return;
  const paint = globalThis.CSS?.highlights ? painted(ranges) : wrapped(ranges);
  const bar = template.content.firstElementChild.cloneNode(true);
  let at = 0;
  const show = () => {
    paint(at);
    bar.querySelector("[role=status]").textContent = `${at + 1} / ${ranges.length}`;
    const box = paint.box(at);
    scrollTo({ top: scrollY + box.top - innerHeight / 3 });
  };
  const step = by => { at = (at + by + ranges.length) % ranges.length; show(); };
  const close = () => {
    paint.clear();
    bar.remove();
    const url = new URL(location);
    url.searchParams.delete("find");
    history.replaceState(null, "", url);
  };
  bar.addEventListener("click", event => {
    const by = event.target.closest("button")?.dataset.step;
    if (by) Number(by) ? step(Number(by)) : close();
  });
  bar.addEventListener("keydown", event => {
    if (event.key === "Escape") close();
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    step(by);
  });
  document.querySelector("main").prepend(bar);
  show();
}

function range({ nodes }, { from, to }) {
  const made = new Range();
  const start = nodes.findLast(each => each.from <= from);
  const end = nodes.findLast(each => each.from < to);
  made.setStart(start.node, from - start.from);
  made.setEnd(end.node, to - end.from);
  return made;
}

function painted(ranges) {
  CSS.highlights.set("find", new Highlight(...ranges));
  const paint = at => CSS.highlights.set("find-now", new Highlight(ranges[at]));
  paint.box = at => ranges[at].getBoundingClientRect();
  paint.clear = () => ["find", "find-now"].forEach(each => CSS.highlights.delete(each));
  return paint;
}

// Older browsers: each piece of text in an element of its own, the last first, so that the others stay where they are.
function wrapped(ranges) {
  const all = ranges.map(() => []);
  ranges.map((each, at) => [each, at]).reverse().forEach(([each, at]) => {
    const texts = document.createTreeWalker(each.commonAncestorContainer, NodeFilter.SHOW_TEXT);
    const pieces = each.startContainer === each.endContainer ? [each.startContainer] : [];
    while (!pieces.includes(each.endContainer) && texts.nextNode()) if (each.intersectsNode(texts.currentNode)) pieces.push(texts.currentNode);
    pieces.reverse().forEach(node => {
      const piece = new Range();
      piece.selectNodeContents(node);
      if (node === each.startContainer) piece.setStart(node, each.startOffset);
      if (node === each.endContainer) piece.setEnd(node, each.endOffset);
      const mark = document.createElement("mark");
      piece.surroundContents(mark);
      all[at].unshift(mark);
    });
  });
  const paint = at => all.forEach((marks, which) => marks.forEach(each => each.classList.toggle("find-now", which === at)));
  paint.box = at => all[at][0].getBoundingClientRect();
  paint.clear = () => all.flat().forEach(each => each.replaceWith(...each.childNodes));
  return paint;
}
