// What the preview adds to a page: it tells the server which page it is and how old, marks what is not published yet,
// and shows what is wrong. It stands in no file of the site.
(() => {
  const given = JSON.parse(document.getElementById("gongbao-preview").textContent);
  const KEPT = "gongbao-preview-hidden";

  const element = (name, text, kind) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };

  // The panel of findings, in a tree of its own: no style of the theme reaches it, none of it reaches the theme.

  const STYLE = `
    :host { all: initial; color-scheme: inherit; position: fixed; inset: auto 0 0 0; z-index: 2147483647;
      display: block; pointer-events: none; }
    * { box-sizing: border-box; }
    section, .badge { pointer-events: auto; font: 15px/1.6 system-ui, "Noto Sans CJK SC", "PingFang SC",
      "Microsoft YaHei", sans-serif; color: light-dark(#1b1b1b, #f2f2f2); background: light-dark(#fff, #242424);
      border: 1px solid light-dark(#8a8a8a, #8a8a8a); box-shadow: 0 0 1.5rem rgb(0 0 0 / .3); }
    section { display: flex; flex-direction: column; max-height: min(50vh, 30rem); margin: 0 auto; max-width: 64rem;
      border-width: 4px 1px 0; border-top-color: light-dark(#6b5600, #e0b93a); border-radius: .5rem .5rem 0 0; }
    section.error { border-top-color: light-dark(#b3261e, #f2837b); }
    header { display: flex; gap: 1rem; align-items: center; justify-content: space-between; padding: .5rem 1rem; }
    h2 { font-size: 1rem; margin: 0; }
    p { margin: 0; }
    .stale { padding: 0 1rem .5rem; font-weight: 600; }
    ol { list-style: none; margin: 0; padding: 0 1rem 1rem; overflow: auto; overscroll-behavior: contain; }
    li { padding: .5rem 0; border-top: 1px solid light-dark(#d0d0d0, #4a4a4a); overflow-wrap: anywhere; }
    .place { font-family: ui-monospace, "Noto Sans Mono CJK SC", monospace; font-size: .8125rem; }
    .kind { font-weight: 600; color: light-dark(#6b5600, #e0b93a); }
    .error .kind { color: light-dark(#b3261e, #f2837b); }
    li.warning .kind { color: light-dark(#6b5600, #e0b93a); }
    .hint { color: light-dark(#4a4a4a, #c4c4c4); }
    button { font: inherit; color: inherit; background: none; border: 1px solid currentcolor; border-radius: .25rem;
      padding: .25rem .75rem; min-height: 2.25rem; cursor: pointer; white-space: nowrap; }
    .badge { display: block; margin: 0 1rem 1rem auto; min-height: 2.75rem; border-radius: 1.375rem; padding: .25rem 1rem;
      font-weight: 600; border-width: 2px; border-color: light-dark(#6b5600, #e0b93a); }
    .badge.error { border-color: light-dark(#b3261e, #f2837b); }
    button:focus-visible { outline: 3px solid light-dark(#0b57d0, #a8c7fa); outline-offset: 2px; }
    .said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    [hidden] { display: none !important; }
    @media print { :host { display: none; } }`;

  const host = element("gongbao-preview");
  const root = host.attachShadow({ mode: "open" });
  const said = element("p", "", "said");
  said.setAttribute("role", "status");
  const place = element("div");
  root.append(element("style", STYLE), place, said);

  const hidden = () => sessionStorage.getItem(KEPT) || "";

  const item = (each) => {
    const made = element("li", "", each.severity);
    const where = [each.file, each.place].filter(Boolean).join(" ");
    const what = element("p");
    what.append(element("span", `${each.kind} ${each.code} `, "kind"), element("span", each.message, "message"));
    if (where) made.append(element("p", where, "place"));
    made.append(what, element("p", each.hint, "hint"));
    return made;
  };

  const show = (state) => {
    const { words, findings } = state;
    const sign = JSON.stringify([state.built, findings]);
    const kind = state.errors ? "error" : "warning";
    place.replaceChildren();
    host.lang = state.language;
    said.textContent = findings.length ? words.counted : "";
    if (!findings.length) return;

    const panel = element("section", "", kind);
    panel.setAttribute("aria-label", words.title);
    const header = element("header");
    const hide = element("button", words.hide);
    header.append(element("h2", words.counted), hide);
    const list = element("ol");
    list.tabIndex = 0;
    list.append(...findings.map(item));
    if (words.more) list.append(element("li", words.more));
    panel.append(header, ...(words.stale && given.paths[0] !== "*" ? [element("p", words.stale, "stale")] : []), list);

    const badge = element("button", words.counted, `badge ${kind}`);
    badge.setAttribute("aria-expanded", "false");
    const turn = (open, focus) => {
      panel.hidden = !open;
      badge.hidden = open;
      if (focus) (open ? hide : badge).focus();
    };
    hide.onclick = () => { sessionStorage.setItem(KEPT, sign); turn(false, true); };
    badge.onclick = () => { sessionStorage.removeItem(KEPT); turn(true, true); };
    panel.onkeydown = (event) => { if (event.key === "Escape") hide.click(); };
    place.append(panel, badge);
    turn(state.errors > 0 && hidden() !== sign, false);
  };

  // What is not published yet is marked where it stands and wherever something leads to it.

  const MARK = "font:600 .8125rem/1.5 system-ui,sans-serif;color:#1b1b1b;background:#ffd54a;border:1px solid #6b5600;"
    + "border-radius:.2rem;padding:0 .4em;text-indent:0;letter-spacing:normal;writing-mode:horizontal-tb;";
  const BAR = MARK + "display:block;position:sticky;top:0;z-index:2147483646;text-align:center;border-width:0 0 1px;"
    + "border-radius:0;margin:0;font-size:1rem;padding:.4em;";

  const addressOf = (path, base) => {
    const told = decodeURI(path);
    return base && told.startsWith(`${base}/`) ? told.slice(base.length) : told;
  };

  const mark = (name, text, style) => {
    const made = element(name, text, "gongbao-mark");
    made.style.cssText = style;
    return made;
  };

  const markAll = ({ marks, base }) => {
    for (const each of document.querySelectorAll(".gongbao-mark")) each.remove();
    if (!Object.keys(marks).length) return;
    const here = marks[addressOf(location.pathname, base)];
    if (here) document.body.prepend(mark("p", here, BAR));
    for (const link of document.querySelectorAll("a[href]")) {
      const text = link.host === location.host && marks[addressOf(link.pathname, base)];
      if (text && !link.hash && link.textContent.trim()) link.append(mark("span", text, MARK + "margin-inline-start:.4em;"));
    }
  };

  const update = (state) => {
    show(state);
    markAll(state);
  };

  // The server's library follows the server and loads the page anew; it lets a plugin say more about the page.

  window.LiveReloadPluginGongbao = class {
    static identifier = "gongbao";
    static version = "1";

    constructor(window, library) {
      library._livereload.performAlert = (message) => update(message.state);
    }

    analyze() {
      return { number: given.number, paths: given.paths };
    }
  };

  document.body.append(host);
  update(given.state);
})();
