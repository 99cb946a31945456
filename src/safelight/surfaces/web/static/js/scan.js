// Watches a scan while the page is seen; loads the page again when it is done and nothing is lost.
import { fetchPart } from "./parts.js";

const EVERY_MS = 1000;

async function look() {
  const strip = document.getElementById("scan");
  if (!strip || strip.dataset.running !== "yes") return;
  if (!document.hidden) {
    const content = await fetchPart("/scan", "scan").catch(() => null);
    const fresh = content?.querySelector("#scan");
    if (fresh) update(strip, fresh);
  }
  setTimeout(look, EVERY_MS);
}

function update(strip, fresh) {
  const back = strip.querySelector('input[name="back"]')?.value;
  const input = fresh.querySelector('input[name="back"]');
  if (back && input) input.value = back;
  const finished = fresh.dataset.running !== "yes";
  if (finished || fresh.dataset.phase !== strip.dataset.phase) {
    strip.replaceWith(fresh);
  } else {
    // Only the figures change, so that focus and the moving bar stay where they are.
    strip.querySelector("#scan-line").innerHTML = fresh.querySelector("#scan-line").innerHTML;
    const [bar, next] = [strip.querySelector("progress"), fresh.querySelector("progress")];
    if (bar && next?.hasAttribute("value")) [bar.max, bar.value] = [next.max, next.value];
  }
  if (finished) loadAgain();
}

/** Whether a field holds something that the page did not come with. */
function changed(field) {
  if (["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
  return field.value !== field.defaultValue;
}

/** Whether somebody looks at a photo, writes or chooses: then the page stays as it is. */
function occupied() {
  const at = 'dialog[open], [data-photo]:focus, form :is(input:not([type="search"]), textarea, select):focus';
  return document.querySelector(at) || [...document.querySelectorAll("form :is(input, textarea)")].some(changed);
}

function loadAgain() {
  if (occupied()) setTimeout(loadAgain, EVERY_MS);
  else location.reload();
}

export function startScan() {
  setTimeout(look, EVERY_MS);
}
