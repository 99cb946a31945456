// Watches what is being made (a film, a picture of a generator), while the page is seen.
import { fetchPart } from "./parts.js";

const EVERY_MS = 1000;

async function look() {
  const place = document.querySelector("[data-making]");
  if (!place || place.dataset.state !== "running") return;
  if (!document.hidden) {
    const content = await fetchPart(place.dataset.making, place.id).catch(() => null);
    const fresh = content?.querySelector("[data-making]");
    if (fresh?.dataset.state === "running") {
      // Only the figures change, so that the focus stays on “Stop”.
      place.querySelector("p").textContent = fresh.querySelector("p").textContent;
      place.querySelector("progress").replaceWith(fresh.querySelector("progress"));
    } else if (fresh) {
      place.replaceWith(fresh);
      fresh.querySelector("video, a")?.focus({ preventScroll: true });
    }
  }
  setTimeout(look, EVERY_MS);
}

export function startMaking() {
  setTimeout(look, EVERY_MS);
}
