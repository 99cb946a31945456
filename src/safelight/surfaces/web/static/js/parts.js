// Links and forms that change one part of the page fetch that part alone; without scripts they
// load the page.
import { toast } from "./toasts.js";

const SWIPE_PX = 50;
const SETTLED_MS = 450;

export function token() {
  return document.querySelector('meta[name="csrf-token"]').content;
}

/** Say what the server said; where the page itself is out of date, it is loaded anew. */
export async function complain(answer) {
  if ([401, 403, 404].includes(answer.status)) {
    location.reload();
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const words = page.querySelector("main p")?.textContent || "That did not work.";
  const said = [...document.querySelectorAll(".toast span")].some((each) => each.textContent === words);
  if (!said) toast(words); // who asks every second hears it once
}

/** Fetch a part of a page as an element; null when the server has said why not. */
export async function fetchPart(address, name, options = {}) {
  const headers = { "X-Part": name, "X-CSRF-Token": token() };
  const answer = await fetch(address, { ...options, headers });
  if (!answer.ok) {
    await complain(answer);
    return null;
  }
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  return holder.content;
}

/** Show the quick sketch of a collage until its real picture is there. */
export function awaitDrawings(root) {
  for (const image of root.querySelectorAll("img.drawn")) {
    if (image.complete || !image.hasAttribute("src")) continue;
    image.classList.add("waiting");
    image.addEventListener("load", () => image.classList.remove("waiting"), { once: true });
  }
}

/** The address of a link, also of one inside an SVG. */
function address(link) {
  return new URL(link.getAttribute("href"), location.href).href;
}

/** Show another address of a part in its place. Answers with the fresh part, or null. */
export async function showPart(name, href, label = "") {
  const part = document.getElementById(name);
  part.classList.add("busy");
  const content = await fetchPart(href, name).catch(() => null);
  part.classList.remove("busy");
  const fresh = content?.querySelector(`#${CSS.escape(name)}`);
  if (!fresh || !part.isConnected) return null;
  drawLater(fresh);
  part.replaceWith(fresh);
  awaitDrawings(fresh);
  history.replaceState(null, "", fresh.dataset.here ? `${fresh.dataset.here}#${name}` : href);
  const again = [...fresh.querySelectorAll("a[data-part]")].find((other) => labelOf(other) === label);
  if (label) (again || fresh.querySelector("a, button"))?.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("part-shown", { detail: { part: fresh, href } }));
  return fresh;
}

/** Who changes much quickly gets the sketch at once, and the drawing after the last change. */
function drawLater(part) {
  for (const image of part.querySelectorAll("img.drawn")) {
    const source = image.getAttribute("src");
    image.removeAttribute("src");
    image.classList.add("waiting");
    setTimeout(() => {
      if (!image.isConnected) return;
      image.addEventListener("load", () => image.classList.remove("waiting"), { once: true });
      image.src = source;
    }, SETTLED_MS);
  }
}

function labelOf(link) {
  return link.getAttribute("aria-label") || link.textContent.trim();
}

function replacePart(link) {
  return showPart(link.dataset.part, address(link), labelOf(link));
}

async function keep(form) {
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const content = await fetchPart(form.action, "kept", { method: "POST", body: new FormData(form) });
    if (!content) {
      button.disabled = false;
      return;
    }
    form.replaceWith(content);
    toast("Kept under Creations.");
  } catch {
    button.disabled = false;
    toast("Safelight does not answer. Is it still running?");
  }
}

/** On a phone a swipe over the collage turns to the next layout. */
function swipes() {
  let start = null;
  document.addEventListener("pointerdown", (event) => {
    const stage = event.pointerType === "mouse" ? null : event.target.closest?.(".maker-stage");
    start = stage && !event.target.closest("[aria-current], .grip") && { x: event.clientX, y: event.clientY };
  });
  document.addEventListener("pointerup", (event) => {
    if (!start) return;
    const [dx, dy] = [event.clientX - start.x, event.clientY - start.y];
    start = null;
    if (Math.abs(dx) < SWIPE_PX || Math.abs(dx) < 2 * Math.abs(dy)) return;
    const link = document.querySelector(dx < 0 ? ".maker-stage .flip-on" : ".maker-stage .flip-back");
    if (link) replacePart(link);
  });
}

export function startParts() {
  swipes();
  awaitDrawings(document);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-part]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    replacePart(link);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-keep]");
    if (!form) return;
    event.preventDefault();
    keep(form);
  });
}
