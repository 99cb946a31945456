// Choosing several: how many are chosen, Shift for a run of them, and no answer before a choice.

function count(form) {
  const place = form.querySelector("[data-count]");
  const boxes = [...form.querySelectorAll(`input[name="${place.dataset.count}"]`)];
  const chosen = boxes.filter((box) => box.checked).length;
  place.textContent = chosen ? `${chosen} chosen` : place.dataset.none;
  const least = Number(form.dataset.choose) || 1;
  for (const button of form.querySelectorAll(".action-bar button")) button.disabled = chosen < least;
}

export function startChoosing() {
  const form = document.querySelector("form[data-choose]");
  if (!form) return;
  const place = form.querySelector("[data-count]");
  place.dataset.none = place.textContent;
  let last = null;
  form.addEventListener("click", (event) => {
    const box = event.target.closest(`input[name="${place.dataset.count}"]`);
    if (!box) return;
    if (event.shiftKey && last) {
      const boxes = [...form.querySelectorAll(`input[name="${place.dataset.count}"]`)];
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const each of boxes.slice(from, to + 1)) each.checked = box.checked;
    }
    last = box;
    count(form);
  });
  form.addEventListener("change", (event) => {
    if (event.target.matches("select[data-reload]")) form.requestSubmit(form.querySelector("button[name=show]"));
  });
  count(form);
}
