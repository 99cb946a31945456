// Watches a film that is being made, while the page is seen.
import { fetchPart } from "./parts.js";

const EVERY_MS = 1000;

async function look() {
  const place = document.getElementById("film");
  if (!place || place.dataset.state !== "running") return;
  if (!document.hidden) {
    const content = await fetchPart(place.dataset.film, "film").catch(() => null);
    const fresh = content?.querySelector("#film");
    if (fresh?.dataset.state === "running") {
      // Only the figures change, so that the focus stays on “Stop”.
      place.querySelector("p").textContent = fresh.querySelector("p").textContent;
      place.querySelector("progress").value = fresh.querySelector("progress").value;
    } else if (fresh) {
      place.replaceWith(fresh);
      fresh.querySelector("video, a")?.focus({ preventScroll: true });
    }
  }
  setTimeout(look, EVERY_MS);
}

export function startFilm() {
  setTimeout(look, EVERY_MS);
}
