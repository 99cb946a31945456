// The keyboard: "g" and a letter goes places, "/" searches, "?" tells, arrows turn.
const PLACES = {
  i: "/", l: "/library", p: "/people", k: "/kept-out", t: "/themes", c: "/compose", m: "/creations", s: "/settings",
};
const WAIT_MS = 1200;

function typing(target) {
  return target.closest?.("input, textarea, select, [contenteditable]");
}

function startSearch() {
  const field = [...document.querySelectorAll("[data-find]")].find((each) => each.checkVisibility());
  if (field) field.focus();
  else location.assign("/search");
}

export function startKeys() {
  let since = 0;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "?") {
      document.getElementById("keys")?.showModal();
    } else if (event.key === "/") {
      event.preventDefault();
      startSearch();
    } else if (event.key === "g") {
      since = event.timeStamp;
    } else if (PLACES[event.key] && event.timeStamp - since < WAIT_MS) {
      location.assign(PLACES[event.key]);
    } else {
      document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
    }
  });
}
