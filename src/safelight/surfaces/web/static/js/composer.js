// The composer draws anew while one writes, chooses and moves. What is written is posted, never kept.
import { startDragging } from "./dragging.js";
import { awaitDrawings, fetchPart } from "./parts.js";

const PAUSE_MS = 450;
const SOME = ["#composer-preview", "#offer-list"];
const STRIP = [...SOME, "#composer-strip", "#companions"];

export function startComposer() {
  let timer = 0;
  let turn = 0;
  const composer = () => document.getElementById("composer");
  if (!composer()) return;

  async function refresh(submitter, places) {
    const mine = ++turn;
    const form = composer();
    const body = new FormData(form);
    if (submitter?.name) body.append(submitter.name, submitter.value);
    const content = await fetchPart("/compose", "composer", { method: "POST", body }).catch(() => null);
    const fresh = content?.querySelector("#composer");
    if (!fresh || mine !== turn) return;
    const focused = document.activeElement;
    const { id, selectionStart, selectionEnd } = focused;
    const label = focused?.getAttribute("aria-label");
    const scrolled = scrollY;
    keepWords(form, fresh);
    for (const place of places) {
      const next = place === "#composer" ? fresh : fresh.querySelector(place);
      document.querySelector(place).replaceWith(next);
      awaitDrawings(next);
    }
    scrollTo({ top: scrolled, behavior: "instant" });
    if (document.activeElement === document.body) focusAgain(composer(), id, label, selectionStart, selectionEnd);
  }

  document.addEventListener("input", (event) => {
    if (!event.target.closest("#composer") || event.target.matches(".strip-caption, .post-text")) return;
    clearTimeout(timer);
    const slow = event.target.matches("textarea");
    const month = event.target.matches("select") ? { name: "month", value: event.target.value } : null;
    const places = month ? ["#composer"] : slow ? SOME : STRIP;
    timer = setTimeout(() => refresh(month, places), slow ? PAUSE_MS : 60);
  });
  document.addEventListener("submit", (event) => {
    if (event.target !== composer() || event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    const name = event.submitter?.name;
    refresh(event.submitter, name === "move" ? STRIP : name === "layout" || !name ? SOME : ["#composer"]);
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.target.closest?.("textarea, input:not([type='checkbox'], [type='radio'])")) return; // words have their own
    const key = event.key.toLowerCase();
    const redo = (key === "z" && event.shiftKey) || (key === "y" && !event.shiftKey);
    if (!redo && key !== "z") return;
    event.preventDefault();
    document.getElementById(redo ? "strip-redo" : "strip-undo")?.click();
  });
  startDragging(composer, (photo, to) => refresh({ name: "move", value: `${photo}:${to}` }, STRIP));
}

/** Words written while the answer was on its way stay. */
function keepWords(form, fresh) {
  for (const field of form.querySelectorAll(".strip-caption, textarea")) {
    const next = fresh.querySelector(`[id="${CSS.escape(field.id)}"]`);
    if (next && field === document.activeElement) next.value = field.value;
  }
}

function focusAgain(form, id, label, start, end) {
  const known = id && document.getElementById(id);
  const other = id && document.getElementById(id.replace(/^(earlier|later)-/, (all) => (all === "later-" ? "earlier-" : "later-")));
  const named = label && form.querySelector(`[aria-label="${CSS.escape(label)}"]`);
  const beside = id?.startsWith("add-") && form.querySelector(".belongs button");
  const next = [known, other, named, beside].find((each) => each && !each.disabled);
  next?.focus({ preventScroll: true });
  if (next?.matches("textarea, .strip-caption") && start !== undefined) next.setSelectionRange(start, end);
}
