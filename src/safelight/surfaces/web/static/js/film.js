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

// One button plays the mood that is chosen; choosing another one while it plays goes over to it.
function offerHearing() {
  const button = document.querySelector("[data-hear]");
  if (!button) return;
  const form = button.closest("form");
  const words = button.querySelector("span");
  const player = new Audio();
  const chosen = () => new FormData(form).get("music");
  const say = () => {
    const playing = !player.paused && !player.ended;
    button.setAttribute("aria-pressed", String(playing));
    words.textContent = playing ? "Stop" : "Listen";
    button.hidden = chosen() === "own";
  };
  const play = () => {
    player.src = `/film/music/${chosen()}`;
    player.play().catch(say);
  };
  button.addEventListener("click", () => (player.paused || player.ended ? play() : player.pause()));
  form.addEventListener("change", (event) => {
    if (event.target.name !== "music") return;
    if (chosen() === "own") player.pause();
    else if (!player.paused) play();
    say();
  });
  for (const event of ["play", "pause", "ended", "error"]) player.addEventListener(event, say);
  say();
}

export function startFilm() {
  offerHearing();
  setTimeout(look, EVERY_MS);
}
