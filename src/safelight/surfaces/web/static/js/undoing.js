// Undo and redo of a collage: the addresses it has had in this tab. They survive a reload.
import { showPart } from "./parts.js";

const MOST = 200;
const ONE_GESTURE_MS = 1200;

const collage = () => document.getElementById("collage");
const name = () => `collage ${collage().dataset.action}`;

let last = { about: "", at: 0 };

function read() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(name()));
    if (Array.isArray(kept?.steps) && kept.steps.every((step) => typeof step === "string")) return kept;
  } catch {
    // nothing readable is kept: the history begins here
  }
  return { steps: [], at: -1 };
}

function write(past) {
  try {
    sessionStorage.setItem(name(), JSON.stringify(past));
  } catch {
    // a full or forbidden store only costs the undo
  }
  showButtons(past);
}

function showButtons(past) {
  for (const button of collage().querySelectorAll("[data-undo], [data-redo]")) {
    button.hidden = false;
    button.disabled = "undo" in button.dataset ? past.at < 1 : past.at >= past.steps.length - 1;
  }
}

/** What a change was made to, so that many small ones to the same are undone as one. */
function aboutOf(href) {
  const step = new URL(href, location.href).searchParams.get("do") || "";
  const [kind, subject] = step.split(":");
  return ["crop", "nudge", "border"].includes(kind) ? `${kind === "border" ? kind : "crop"} ${subject}` : "";
}

function remember(href) {
  const past = read();
  const query = collage().dataset.query;
  if (past.steps[past.at] !== query) {
    const about = aboutOf(href);
    const same = about && about === last.about && performance.now() - last.at < ONE_GESTURE_MS && past.at > 0;
    const before = past.steps.slice(0, same ? past.at : past.at + 1);
    past.steps = [...before, query].slice(-MOST);
    past.at = past.steps.length - 1;
    last = { about, at: performance.now() };
  }
  write(past);
}

async function go(by) {
  const past = read();
  const at = past.at + by;
  if (at < 0 || at >= past.steps.length) return;
  last = { about: "", at: 0 };
  write({ ...past, at });
  const label = document.activeElement?.getAttribute("aria-label");
  const { action } = collage().dataset;
  const chosen = collage().querySelector(".handles [aria-current]")?.dataset.cell;
  const fresh = await showPart("collage", `${action}?${past.steps[at]}${chosen ? `&swap=${chosen}` : ""}`);
  if (label) fresh?.querySelector(`[aria-label="${CSS.escape(label)}"]`)?.focus({ preventScroll: true });
}

export function startUndoing() {
  if (!collage()?.dataset.query) return;
  remember(location.href);
  document.addEventListener("part-shown", (event) => {
    if (event.detail.part.id === "collage") remember(event.detail.href);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-undo], [data-redo]");
    if (button) go("undo" in button.dataset ? -1 : 1);
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.closest?.("textarea, input, select")) return;
    const key = event.key.toLowerCase();
    const by = key === "z" ? (event.shiftKey ? 1 : -1) : key === "y" ? 1 : 0;
    if (!by) return;
    event.preventDefault();
    go(by);
  });
}
