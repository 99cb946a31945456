// Changing a collage by hand. Every change is asked of the server, which lays it out; what is shown
// meanwhile are its cells and the small pictures.
import { startBorders } from "./borders.js";
import { adjust, cellOf, stepOf } from "./crops.js";
import { showPart } from "./parts.js";
import { toast } from "./toasts.js";

const DRAG_PX = 6;
const HOLD_MS = 380;
const PAUSE_MS = 320;

const collage = () => document.getElementById("collage");
const chosen = () => collage()?.querySelector(".handles a[aria-current]");
const handleAt = (x, y) => document.elementFromPoint(x, y)?.closest?.(".handles a[data-cell]");

/** Ask for a change; the photo that is chosen stays chosen. */
export function change(step, keep = chosen()?.dataset.cell) {
  const { action, query } = collage().dataset;
  const swap = keep ? `&swap=${keep}` : "";
  return showPart("collage", `${action}?${query}${swap}&do=${step}`);
}

/** How many pixels of the canvas one of the screen is. */
export function perPixel(svg) {
  return svg.viewBox.baseVal.width / svg.getBoundingClientRect().width;
}

// Zooming and moving a photo in its place

let touched = null;
let pause = 0;

function held(handle) {
  if (touched?.handle !== handle || !handle.isConnected) touched = cellOf(handle);
  handle.closest(".sheet-of").querySelector(".drawn").classList.add("waiting");
  return touched;
}

function settle(wait = PAUSE_MS) {
  clearTimeout(pause);
  pause = setTimeout(async () => {
    if (!touched?.handle.isConnected) return;
    const asked = touched.handle.dataset.cell;
    const focused = document.activeElement === touched.handle;
    const fresh = await change(stepOf(touched));
    if (focused) handleOf(fresh, asked)?.focus({ preventScroll: true });
  }, wait);
}

function handleOf(part, asset) {
  return part?.querySelector(`.handles a[data-cell="${CSS.escape(asset)}"]`);
}

function nudge(handle, factor, right, down, at) {
  adjust(held(handle), factor, right, down, at);
  settle();
}

function startWheel() {
  document.addEventListener("wheel", (event) => {
    const handle = event.target.closest?.(".handles a[aria-current]");
    if (!handle || event.ctrlKey) return;
    event.preventDefault();
    const box = handle.getBoundingClientRect();
    const at = { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
    nudge(handle, Math.exp(-event.deltaY * 0.0016), 0, 0, at);
  }, { passive: false });
}

// Pointers: one moves or carries, two zoom

const pointers = new Map();
let gesture = null;
let carried = null;
let suppress = false;

function spread() {
  const [one, two] = [...pointers.values()];
  return Math.hypot(one.x - two.x, one.y - two.y);
}

function began(event) {
  const handle = event.target.closest?.(".handles a[data-cell]");
  if (!handle || event.button > 0 || !event.isPrimary && !gesture) return;
  pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  if (pointers.size === 2) {
    gesture = { kind: "pinch", handle: gesture.handle, wide: spread() };
    return;
  }
  const touch = event.pointerType !== "mouse";
  gesture = { kind: "still", handle, touch, x: event.clientX, y: event.clientY, mine: handle.hasAttribute("aria-current") };
  if (touch && !gesture.mine) gesture.timer = setTimeout(() => carry(gesture.x, gesture.y), HOLD_MS);
}

function moved(event) {
  if (!gesture || !pointers.has(event.pointerId)) return;
  const before = pointers.get(event.pointerId);
  const now = { x: event.clientX, y: event.clientY };
  pointers.set(event.pointerId, now);
  if (gesture.kind === "pinch" && pointers.size === 2 && gesture.handle.hasAttribute("aria-current")) {
    const wide = spread();
    nudge(gesture.handle, wide / gesture.wide, 0, 0);
    gesture.wide = wide;
    suppress = true;
    return;
  }
  const far = Math.hypot(now.x - gesture.x, now.y - gesture.y) > DRAG_PX;
  if (gesture.kind === "still" && far) {
    if (gesture.mine) gesture.kind = "move";
    else if (!gesture.touch) carry(now.x, now.y);
    else ended(event); // a swipe: layouts turn, pages scroll
  }
  if (gesture?.kind === "move") {
    const scale = perPixel(gesture.handle.ownerSVGElement);
    nudge(gesture.handle, 1, (now.x - before.x) * scale, (now.y - before.y) * scale);
  }
  if (gesture?.kind === "carry") follow(now.x, now.y);
}

function ended(event) {
  pointers.delete(event.pointerId);
  if (!gesture) return;
  clearTimeout(gesture.timer);
  const { kind } = gesture;
  if (kind !== "still") suppress = true;
  if (kind === "carry") drop(event.type === "pointerup" ? handleAt(event.clientX, event.clientY) : null);
  if (kind === "move" || kind === "pinch") settle(60);
  if (!pointers.size || kind === "still") {
    gesture = null;
    pointers.clear();
  }
  if (suppress) setTimeout(() => { suppress = false; });
}

// Carrying a photo to another place, by hand or by keys

function carry(x, y) {
  if (!gesture || "pinned" in gesture.handle.dataset) {
    if (gesture) toast("This photo is pinned. Unpin it first.");
    gesture = null;
    return;
  }
  gesture.kind = "carry";
  navigator.vibrate?.(10);
  lift(gesture.handle);
  const ghost = document.createElement("img");
  ghost.className = "carried";
  ghost.src = `/previews/${gesture.handle.dataset.cell}.jpg`;
  ghost.alt = "";
  document.body.append(ghost);
  follow(x, y);
}

function lift(handle) {
  carried = handle.dataset.cell;
  handle.classList.add("lifted");
  collage().classList.add("carrying");
}

function follow(x, y) {
  const ghost = document.querySelector("img.carried");
  ghost.style.translate = `${x}px ${y}px`;
  const over = handleAt(x, y);
  for (const each of collage().querySelectorAll(".handles a")) each.classList.toggle("over", each === over && each.dataset.cell !== carried);
}

function drop(target) {
  const from = carried;
  carried = null;
  document.querySelector("img.carried")?.remove();
  collage().classList.remove("carrying");
  for (const each of collage().querySelectorAll(".lifted, .over")) each.classList.remove("lifted", "over");
  if (!from || !target || target.dataset.cell === from) return null;
  return change(`swap:${from}:${target.dataset.cell}`, null);
}

// Keys

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function onCell(event, handle) {
  const mine = handle.hasAttribute("aria-current");
  const step = 0.04 * Number(handle.querySelector("rect").getAttribute("width"));
  const arrow = mine && ARROWS[event.key];
  if (arrow) nudge(handle, 1, arrow[0] * step, arrow[1] * step);
  else if (mine && (event.key === "+" || event.key === "=")) nudge(handle, 1.08, 0, 0);
  else if (mine && event.key === "-") nudge(handle, 1 / 1.08, 0, 0);
  else if (event.key === "p") refocus(change(`${"pinned" in handle.dataset ? "unpin" : "pin"}:${handle.dataset.cell}`), handle);
  else if (event.key === "Delete") change(`drop:${handle.dataset.cell}`, null);
  else if (event.key === " ") pick(handle);
  else return false;
  return true;
}

async function refocus(shown, handle) {
  handleOf(await shown, handle.dataset.cell)?.focus({ preventScroll: true });
}

function pick(handle) {
  if (carried) {
    refocus(drop(handle) || Promise.resolve(collage()), { dataset: { cell: handle.dataset.cell } });
  } else if ("pinned" in handle.dataset) {
    toast("This photo is pinned. Unpin it first.");
  } else {
    lift(handle);
    toast("Taken up. Go to another photo with Tab and press Space, or Esc.");
  }
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && carried) {
    drop(null);
  } else if (event.key === "Escape" && chosen() && !document.querySelector("dialog[open]")) {
    collage().querySelector("[data-done]")?.click();
  } else {
    const handle = event.target.closest?.(".handles a[data-cell]");
    if (!handle || !onCell(event, handle)) return;
  }
  event.preventDefault();
  event.stopImmediatePropagation(); // arrows turn layouts elsewhere
}

export function startArranging() {
  if (!collage()?.dataset.query) return;
  startWheel();
  startBorders(change, perPixel);
  document.addEventListener("pointerdown", began);
  document.addEventListener("pointermove", moved);
  document.addEventListener("pointerup", ended);
  document.addEventListener("pointercancel", ended);
  document.addEventListener("keydown", pressed, { capture: true });
  document.addEventListener("touchmove", (event) => {
    // What is in hand moves, the page does not: browsers ask too little of `touch-action` in an SVG.
    if (gesture?.mine || gesture?.kind === "carry" || event.target.closest?.(".grip")) event.preventDefault();
  }, { passive: false });
  document.addEventListener("click", (event) => {
    if (!suppress || !event.target.closest?.(".handles")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });
  for (const kind of ["dragstart", "contextmenu"]) {
    document.addEventListener(kind, (event) => {
      if (event.target.closest?.(".handles")) event.preventDefault();
    });
  }
}
