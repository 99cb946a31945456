// The keyboard: "g" and a letter goes places, "?" tells, arrows turn.
const PLACES = { i: "/", l: "/library", c: "/compose", m: "/creations", s: "/settings" };
const WAIT_MS = 1200;

function typing(target) {
  return target.closest?.("input, textarea, select, [contenteditable]");
}

export function startKeys() {
  let since = 0;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "?") {
      document.getElementById("keys")?.showModal();
    } else if (event.key === "g") {
      since = event.timeStamp;
    } else if (PLACES[event.key] && event.timeStamp - since < WAIT_MS) {
      location.assign(PLACES[event.key]);
    } else {
      document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
    }
  });
}
