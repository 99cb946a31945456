// Photos of one page, large, one after the other. Without scripts a tile is a link to its page.
import { token } from "./parts.js";
import { toast } from "./toasts.js";

const SWIPE_PX = 50;
let box = null;
let tiles = [];
let at = 0;
let opener = null;
let out = new Set(); // photos that are in no ideas

function build() {
  const dialog = document.createElement("dialog");
  dialog.className = "lightbox";
  dialog.setAttribute("aria-label", "Photo");
  dialog.innerHTML = `
    <figure>
      <div class="lightbox-frame"><img alt=""><label class="cover"><input type="checkbox" class="unseen"><span class="cover-words">Covered. Show it</span></label></div>
      <figcaption><div><span aria-live="polite"></span><span class="lightbox-why"></span></div><button class="lightbox-out" type="button">Not in ideas</button><a>Details</a></figcaption>
    </figure>
    <button class="shut round" aria-label="Close" autofocus></button>
    <button class="flip flip-back" aria-label="Previous photo"></button>
    <button class="flip flip-on" aria-label="Next photo"></button>`;
  const [shut, back, on] = dialog.querySelectorAll("button.round, button.flip");
  dialog.querySelector(".lightbox-out").addEventListener("click", () => leaveOut(tiles[at].dataset.photo));
  shut.append(glyph("m6 6 12 12M18 6 6 18"));
  back.append(glyph("m14.5 5-7 7 7 7"));
  on.append(glyph("m9.5 5 7 7-7 7"));
  shut.addEventListener("click", () => dialog.close());
  back.addEventListener("click", () => show(at - 1));
  on.addEventListener("click", () => show(at + 1));
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") show(at - 1);
    if (event.key === "ArrowRight") show(at + 1);
    if (event.key === "Home") show(0);
    if (event.key === "End") show(tiles.length - 1);
    if (event.key === "x") leaveOut(tiles[at].dataset.photo);
  });
  dialog.addEventListener("close", () => {
    document.body.append(document.querySelector(".toasts"));
    if (!history.state?.large) return toTile();
    addEventListener("popstate", toTile, { once: true });
    history.back();
  });
  dialog.querySelector("a").addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    location.replace(event.currentTarget.href); // in place of the large photo: back leads to its page
  });
  swipes(dialog);
  document.body.append(dialog);
  return dialog;
}

function toTile() {
  (tiles[at] || opener)?.focus();
}

/** Take a photo out of all ideas, or let it back where it is out already. */
async function leaveOut(name) {
  const leaves = !out.has(name);
  const body = new URLSearchParams({ stays: leaves ? "out" : "in" });
  const headers = { "X-CSRF-Token": token(), "X-Part": "photo" };
  const answer = await fetch(`/photo/${name}/ideas`, { method: "POST", body, headers }).catch(() => null);
  if (!answer?.ok) return toast("Safelight could not keep that. Is it still running?");
  if (leaves) out.add(name);
  else out.delete(name);
  mark();
  toast(leaves ? "This photo is in no ideas from now on." : "It may be in ideas again.", () => {
    box.querySelector(".lightbox-out").focus();
    leaveOut(name);
  });
}

function mark() {
  box.querySelector(".lightbox-out").setAttribute("aria-pressed", String(out.has(tiles[at].dataset.photo)));
}

async function learnWhatIsOut() {
  const answer = await fetch("/ideas/hidden/photos").catch(() => null);
  if (!answer?.ok) return;
  out = new Set(await answer.json());
  mark();
}

function glyph(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({ width: 24, height: 24, viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": 1.8, "stroke-linecap": "round", "aria-hidden": "true" })) {
    svg.setAttribute(name, value);
  }
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

function swipes(dialog) {
  let start = null;
  dialog.addEventListener("pointerdown", (event) => {
    start = event.pointerType === "mouse" ? null : { x: event.clientX, y: event.clientY };
  });
  dialog.addEventListener("pointerup", (event) => {
    if (!start) return;
    const [dx, dy] = [event.clientX - start.x, event.clientY - start.y];
    start = null;
    if (Math.abs(dx) > SWIPE_PX && Math.abs(dx) > 2 * Math.abs(dy)) show(at + (dx < 0 ? 1 : -1));
    else if (dy > 2 * SWIPE_PX && Math.abs(dx) < SWIPE_PX) dialog.close();
  });
}

function show(index) {
  if (index < 0 || index >= tiles.length) return;
  at = index;
  const tile = tiles[at];
  const name = tile.dataset.photo;
  const image = box.querySelector("img");
  const large = new Image();
  box.querySelector(".lightbox-frame").classList.toggle("covered", tile.classList.contains("covered"));
  box.querySelector(".cover input").checked = false; // each sensitive picture is asked for by itself
  image.src = `/previews/${name}.jpg`;
  image.alt = tile.querySelector("img").alt;
  large.src = `/pictures/${name}.jpg?edge=${Math.max(innerWidth, innerHeight) * devicePixelRatio > 1700 ? 2560 : 1600}`;
  large.addEventListener("load", () => {
    if (tiles[at] === tile) image.src = large.src;
  });
  large.addEventListener("error", () => {
    if (tiles[at] === tile) toast("The large picture cannot be shown now; this is the preview.");
  });
  box.querySelector("figcaption span").textContent = `${tile.dataset.caption} (${at + 1} of ${tiles.length})`;
  box.querySelector(".lightbox-why").textContent = tile.dataset.why ?? "";
  box.querySelector("figcaption a").href = tile.href;
  mark();
  box.querySelector(".flip-back").hidden = at === 0;
  box.querySelector(".flip-on").hidden = at === tiles.length - 1;
  const following = tiles[at + 1];
  if (following) new Image().src = `/previews/${following.dataset.photo}.jpg`;
}

export function startLightbox() {
  addEventListener("popstate", () => box?.close());
  document.addEventListener("click", (event) => {
    const tile = event.target.closest("[data-lightbox] [data-photo]");
    if (!tile || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    box ??= build();
    opener = tile;
    tiles = [...tile.closest("[data-lightbox]").querySelectorAll("[data-photo]")];
    box.append(document.querySelector(".toasts")); // what is said is seen above the photo
    box.showModal();
    history.pushState({ large: true }, ""); // the way back closes the photo, as phones do
    show(tiles.indexOf(tile));
    learnWhatIsOut();
  });
}
