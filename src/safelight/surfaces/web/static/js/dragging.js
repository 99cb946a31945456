// Photos of a story are dragged to their place. Phones and keyboards have arrows instead.

/** Call `moved` with a photo and its new place, from 0, when it was dropped there. */
export function startDragging(composer, moved) {
  let dragged = null;
  const over = (event) => (dragged ? event.target.closest?.(".strip-photo") : null);

  function clear() {
    for (const each of document.querySelectorAll(".strip-photo")) each.classList.remove("over", "after", "dragged");
  }

  function isAfter(event, target) {
    const box = target.getBoundingClientRect();
    return event.clientX > box.left + box.width / 2;
  }

  document.addEventListener("dragstart", (event) => {
    dragged = event.target.matches?.(".strip-picture img") ? event.target.closest(".strip-photo") : null;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", ""); // Firefox drags nothing without data
    dragged.classList.add("dragged");
  });
  document.addEventListener("dragover", (event) => {
    const target = over(event);
    if (!target) return;
    event.preventDefault();
    const after = isAfter(event, target);
    for (const each of composer().querySelectorAll(".over")) if (each !== target) each.classList.remove("over", "after");
    target.classList.add("over");
    target.classList.toggle("after", after);
  });
  document.addEventListener("drop", (event) => {
    const target = over(event);
    if (!target) return;
    event.preventDefault();
    const photos = [...target.parentElement.children];
    const from = photos.indexOf(dragged);
    const gap = photos.indexOf(target) + (isAfter(event, target) ? 1 : 0);
    const to = gap > from ? gap - 1 : gap;
    const name = dragged.dataset.photo;
    clear();
    dragged = null;
    if (to !== from) moved(name, to);
  });
  document.addEventListener("dragend", () => {
    clear();
    dragged = null;
  });
}
