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

export function toast(words) {
  const element = document.createElement("div");
  element.className = "toast";
  element.textContent = words;
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
