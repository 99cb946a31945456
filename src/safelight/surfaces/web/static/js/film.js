// The page on which a film is wished for.
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
}
