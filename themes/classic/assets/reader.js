// What a reader can do on every page: choose light or dark; on an article also the size of the text, print, copy, share, listen.
// Nothing here is needed to read. It runs before the page is painted, so that nothing moves or flashes.
const root = document.documentElement;

// A reader may have forbidden storage; then a choice lasts for the page.
const kept = key => { try { return localStorage.getItem(key) || ""; } catch { return ""; } };
const keep = (key, value) => { try { localStorage.setItem(key, value); } catch { /* as above */ } };

const apply = (key, value) => { if (value) root.dataset[key] = value; else delete root.dataset[key]; };
const choose = (key, value) => { apply(key, value); keep(key, value); };

apply("scheme", kept("scheme"));
apply("size", kept("size"));
root.dataset.script = navigator.share ? "share" : "";

function scheme(button) {
  const names = ["", "light", "dark"];
  const show = () => { button.lastElementChild.textContent = button.dataset[root.dataset.scheme || "auto"]; };
  button.addEventListener("click", () => {
    choose("scheme", names[(names.indexOf(root.dataset.scheme || "") + 1) % names.length]);
    show();
  });
  show();
}

function sizes(buttons) {
  const show = () => buttons.forEach(each => each.setAttribute("aria-pressed", each.dataset.size === (root.dataset.size || "")));
  buttons.forEach(each => each.addEventListener("click", () => { choose("size", each.dataset.size); show(); }));
  show();
}

// The lasting address, whatever way led here.
const address = () => document.querySelector("link[rel=canonical]")?.href || location.href;

async function copy(text) {
  try { await navigator.clipboard.writeText(text); } catch { // not allowed, or the site is not served by https
    const field = document.body.appendChild(document.createElement("textarea"));
    field.value = text;
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

const does = {
  print: () => print(),
  share: () => navigator.share({ title: document.title, url: address() }).catch(() => {}),
  async copy(button) {
    await copy(address());
    button.textContent = button.parentElement.querySelector("[role=status]").textContent = button.dataset.done;
  },
};

// Only where there is a Chinese voice: others read Chinese as nothing or as noise. Voices may come late.
function speaking(button) {
  const speech = globalThis.speechSynthesis;
  const language = root.lang.slice(0, 2);
  const voice = () => speech.getVoices().find(each => each.lang.slice(0, 2) === language);
  const look = () => { if (voice()) button.dataset.ready = ""; };
  const name = button.textContent;
  let running = false;
  const stop = () => { running = false; speech.cancel(); button.textContent = name; };
  if (!speech) return;
  look();
  speech.addEventListener?.("voiceschanged", look);
  addEventListener("pagehide", () => speech.cancel());
  button.addEventListener("click", () => {
    if (running) return stop();
    running = true;
    button.textContent = button.dataset.done;
    const parts = document.querySelectorAll("article h1, article .subtitle, .prose > *, .item > h2");
    // One by one, for browsers break off long speeches.
    const sentences = [...parts].flatMap(each => each.innerText.match(/[^。！？；\n]+[。！？；]?/g) || []);
    sentences.forEach((text, at) => {
      const said = new SpeechSynthesisUtterance(text);
      said.lang = root.lang;
      said.voice = voice();
      if (at === sentences.length - 1) said.onend = stop;
      speech.speak(said);
    });
  });
}

// What the reader has marked goes into the letter.
function mistake(link) {
  const begun = link.href;
  link.addEventListener("click", () => {
    const marked = String(getSelection()).trim().slice(0, 300);
    link.href = begun + (marked && encodeURIComponent(`\n“${marked}”\n`));
  });
}

// Searching is loaded when somebody is about to search, or comes from a search.
function searching(form) {
  const load = () => import(new URL(form.dataset.script, document.baseURI));
  form.addEventListener("focusin", load, { once: true });
  if (new URLSearchParams(location.search).has("find")) load();
}

// The key / leads to the search, except where it is a letter like others.
function shortcut(event) {
  const field = document.querySelector("form.search [name=q]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !field) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  event.preventDefault();
  field.focus();
  field.select();
}
addEventListener("keydown", shortcut);

function start() {
  document.querySelectorAll("form.search").forEach(searching);
  document.querySelectorAll(".scheme").forEach(scheme);
  const tools = document.querySelector(".tools");
  if (!tools) return;
  sizes([...tools.querySelectorAll("[data-size]")]);
  tools.querySelectorAll("[data-does]").forEach(each => each.addEventListener("click", () => does[each.dataset.does]?.(each)));
  tools.querySelectorAll("[data-does=speak]").forEach(speaking);
  tools.querySelectorAll(".mistake").forEach(mistake);
}
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
