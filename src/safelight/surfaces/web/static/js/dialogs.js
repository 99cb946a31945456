// Native dialogs for what would otherwise be a page of its own, and a question before deleting.

function ask(form) {
  const dialog = document.createElement("dialog");
  dialog.className = "sheet";
  const question = document.createElement("p");
  question.textContent = form.dataset.confirm;
  question.id = "asked-question";
  dialog.setAttribute("aria-labelledby", question.id);
  const answers = document.createElement("form");
  answers.method = "dialog";
  answers.className = "answers";
  for (const [value, label] of [["yes", "Yes"], ["no", "No"]]) {
    const button = document.createElement("button");
    button.value = value;
    button.textContent = label;
    answers.append(button);
  }
  dialog.append(question, answers);
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "yes") form.submit();
    dialog.remove();
  });
  dialog.showModal();
}

const MENUS = "details.menu[open], details.jump[open], details.rename[open]";

export function startDialogs() {
  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.("details.rename[open], details.retitle[open]")) {
      event.target.querySelector('input:not([type="hidden"])')?.select();
    }
  }, true); // a toggle does not bubble
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog) {
      event.preventDefault();
      dialog.showModal();
    } else if (event.target instanceof HTMLDialogElement && event.target.matches(".sheet")) {
      event.target.close();
    }
    for (const menu of document.querySelectorAll(MENUS)) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    const opener = event.target.closest?.('a[role="button"]');
    if (event.key === " " && opener) {
      event.preventDefault();
      opener.click();
    }
    if (event.key === "Escape") {
      for (const menu of document.querySelectorAll(MENUS)) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    }
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-confirm]")) return;
    event.preventDefault();
    ask(event.target);
  });
  document.querySelector("[autofocus]")?.focus();
}
