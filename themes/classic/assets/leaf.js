// The picture of a leaf: an area and its headline light up together; larger, smaller and moved by buttons, keys, wheel and mouse.
// Where it is larger than its frame the frame scrolls, so a finger and the arrow keys move it as they move anything.
const frame = document.querySelector(".frame");
const sheet = frame.querySelector(".sheet");
const most = 5;
let scale = 1;

function light(event) {
  const link = event.target.closest?.(".desk a[href]");
  const address = link && link.getAttribute("href");
  document.querySelectorAll(".facsimile svg a, .titles a").forEach(each =>
    each.classList.toggle("lit", each.getAttribute("href") === address));
}
["pointerover", "focusin"].forEach(each => addEventListener(each, light));

// `x` and `y` are the point of the frame that stays where it is.
function zoom(factor, x = frame.clientWidth / 2, y = frame.clientHeight / 2) {
  const next = factor ? Math.min(Math.max(scale * factor, 1), most) : 1;
  const left = (frame.scrollLeft + x) * next / scale - x;
  const top = (frame.scrollTop + y) * next / scale - y;
  scale = next < 1.05 ? 1 : next;
  // The frame keeps its size while the sheet grows in it.
  if (!frame.style.height) frame.style.height = `${Math.min(frame.offsetHeight, innerHeight * .9)}px`;
  if (scale === 1) frame.style.height = "";
  sheet.style.width = scale === 1 ? "" : `${scale * 100}%`;
  frame.classList.toggle("large", scale > 1);
  frame.scrollTo(left, top);
  sharpen();
}

// The sheet wants as many pixels as it covers now; where no variant has them, the picture's own file does.
function sharpen() {
  const wanted = Math.round(sheet.offsetWidth * (visualViewport?.scale ?? 1));
  sheet.querySelectorAll("source").forEach(each => {
    const widest = Number(each.srcset.match(/(\d+)w$/)[1]);
    if (wanted * devicePixelRatio > widest * 1.2 && sheet.querySelector("img").getAttribute("width") > widest) each.remove();
    else if (wanted > frame.clientWidth) each.sizes = `${wanted}px`;
  });
}
visualViewport?.addEventListener("resize", sharpen);

document.querySelectorAll("[data-zoom]").forEach(each =>
  each.addEventListener("click", () => zoom(Number(each.dataset.zoom))));

frame.tabIndex = 0;
frame.addEventListener("keydown", event => {
  const factor = { "+": 1.5, "=": 1.5, "-": 1 / 1.5, "0": 0 }[event.key];
  if (factor === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  zoom(factor);
});

frame.addEventListener("wheel", event => {
  if (!event.ctrlKey) return;
  event.preventDefault();
  const box = frame.getBoundingClientRect();
  zoom(1.002 ** -event.deltaY, event.clientX - box.left, event.clientY - box.top);
}, { passive: false });

// A mouse drags the sheet; that is no click on what lies under it.
let held = null;
frame.addEventListener("pointerdown", event => {
  if (scale === 1 || event.pointerType === "touch" || event.button) return;
  held = { x: event.clientX + frame.scrollLeft, y: event.clientY + frame.scrollTop, far: false };
});
addEventListener("pointermove", event => {
  if (!held) return;
  const left = held.x - event.clientX;
  const top = held.y - event.clientY;
  held.far ||= Math.abs(left - frame.scrollLeft) + Math.abs(top - frame.scrollTop) > 4;
  if (held.far) frame.scrollTo(left, top);
});
addEventListener("pointerup", () => {
  if (held?.far) {
    const refuse = event => event.preventDefault();
    addEventListener("click", refuse, true);
    setTimeout(() => removeEventListener("click", refuse, true));
  }
  held = null;
});
frame.addEventListener("dragstart", event => event.preventDefault());
