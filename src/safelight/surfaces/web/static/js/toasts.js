// Short messages at the foot of the page, read out by screen readers.
const STAYS_MS = 7000;

function leave(element) {
  let timer = setTimeout(go, STAYS_MS);
  function go() {
    element.classList.add("leaving");
    setTimeout(() => element.remove(), 350);
  }
  for (const kind of ["pointerenter", "focusin"]) element.addEventListener(kind, () => clearTimeout(timer));
  for (const kind of ["pointerleave", "focusout"]) {
    element.addEventListener(kind, () => {
      clearTimeout(timer);
      timer = setTimeout(go, STAYS_MS);
    });
  }
}

/** Say something; with `undo`, a button beside it takes back what was done. */
export function toast(words, undo) {
  const element = document.createElement("div");
  element.className = "toast";
  element.append(Object.assign(document.createElement("span"), { textContent: words }));
  if (undo) {
    const button = Object.assign(document.createElement("button"), { className: "toast-undo", textContent: "Undo" });
    button.addEventListener("click", () => {
      element.remove();
      undo();
    });
    element.append(button);
  }
  document.querySelector(".toasts").append(element);
  leave(element);
}

export function startToasts() {
  document.querySelectorAll(".toast").forEach(leave);
  const here = new URL(location.href);
  if (!here.searchParams.has("said")) return;
  here.searchParams.delete("said");
  here.searchParams.delete("about");
  history.replaceState(null, "", here);
}
