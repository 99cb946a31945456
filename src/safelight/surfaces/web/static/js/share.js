// The question before sharing: what is said follows what is chosen. On a phone the file goes to
// its share sheet, elsewhere it is saved.
import { fetchPart, token } from "./parts.js";
import { toast } from "./toasts.js";

const PAUSE_MS = 120;

/** Whether this browser hands files to other apps. */
function sharesFiles() {
  const probe = new File([new Uint8Array(1)], "photo.jpg", { type: "image/jpeg" });
  return Boolean(navigator.canShare?.({ files: [probe] })) && matchMedia("(pointer: coarse)").matches;
}

function save(file) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  toast("Saved. It is recorded in the ledger.");
}

async function fetchFile(form, address) {
  const answer = await fetch(address, {
    method: "POST",
    body: new FormData(form),
    headers: { "X-CSRF-Token": token() },
  });
  if (!answer.ok) {
    location.reload();
    return null;
  }
  const name = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition"))?.[1] || "photo.jpg";
  return new File([await answer.blob()], name, { type: answer.headers.get("content-type") });
}

async function hand(file, label) {
  try {
    await navigator.share({ files: [file] });
    return true;
  } catch (problem) {
    if (problem.name === "AbortError") return true;
    label.textContent = "Ready: share it now"; // the tap was too long ago for the phone
    return false;
  }
}

export function startShare() {
  const form = document.querySelector("form[data-share]");
  if (!form) return;
  const label = form.querySelector("[data-share-label]");
  const phone = sharesFiles();
  const set = form.dataset.share; // a post: it holds words, which belong in no address
  const words = set ? "Save all as a ZIP" : phone ? "Share…" : "Save the file";
  label.textContent = words;
  let timer = 0;
  let turn = 0;
  let ready = null;

  async function refresh() {
    const mine = ++turn;
    const body = new FormData(form);
    const query = new URLSearchParams(body);
    query.delete("csrf");
    const asked = set ? fetchPart(set, "share", { method: "POST", body }) : fetchPart(`${form.getAttribute("action")}?${query}`, "share");
    document.getElementById("share-told").classList.add("busy");
    const content = await asked.catch(() => null);
    const fresh = content?.querySelector("#share-told");
    if (fresh && mine === turn) document.getElementById("share-told").replaceWith(fresh);
  }

  form.addEventListener("change", () => {
    ready = null;
    label.textContent = words;
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE_MS);
  });
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.hasAttribute("data-plain")) return;
    event.preventDefault();
    const button = event.submitter || form.querySelector(".primary");
    const alone = button.hasAttribute("formaction");
    button.disabled = true;
    try {
      const file = (!alone && ready) || (await fetchFile(form, alone ? button.formAction : form.action));
      if (!file) return;
      if (!phone || set) save(file);
      else ready = (await hand(file, label)) ? null : file;
      if (!ready) label.textContent = words;
    } catch {
      toast("Safelight does not answer. Is it still running?");
    } finally {
      button.disabled = false;
    }
  });
}
