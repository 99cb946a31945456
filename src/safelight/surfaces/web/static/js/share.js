// The question before sharing: what is said follows what is chosen. On a phone the file goes to
// its share sheet, elsewhere it is saved.
import { complain, fetchPart, token } from "./parts.js";
import { unpack } from "./unpacking.js";
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
    await complain(answer);
    return null;
  }
  const name = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition"))?.[1] || "photo.jpg";
  return new File([await answer.blob()], name, { type: answer.headers.get("content-type") });
}

async function hand(files, label) {
  try {
    await navigator.share({ files });
    return true;
  } catch (problem) {
    if (problem.name === "AbortError") return true;
    label.textContent = "Ready: share it now"; // the tap was too long ago for the phone
    return false;
  }
}

/** What the phone hands on: one picture, or those of a post; its text goes to the clipboard. */
async function filesOf(form, address) {
  const file = await fetchFile(form, address);
  if (file?.type !== "application/zip") return file && [file];
  const inside = unpack(await file.arrayBuffer());
  const text = inside.find(({ name }) => name === "post.txt");
  if (text) {
    const copied = await navigator.clipboard?.writeText(new TextDecoder().decode(text.bytes)).then(() => true, () => false);
    if (copied) toast("The text is copied: paste it where you post.");
  }
  const files = inside.filter((each) => each !== text).map(({ name, bytes }) => new File([bytes], name, { type: "image/jpeg" }));
  if (navigator.canShare({ files })) return files;
  save(file); // more than this phone hands on at once
  return null;
}

export function startShare() {
  const form = document.querySelector("form[data-share]");
  if (!form) return;
  const label = form.querySelector("[data-share-label]");
  const phone = sharesFiles();
  const set = form.dataset.share; // a post: it holds words, which belong in no address
  const count = form.querySelectorAll(".set-look").length; // without the videos of the story
  const alone = phone ? "Share…" : "Save the file";
  const words = !set ? alone : phone ? `Share ${count === 1 ? "the photo" : `${count} photos`}…` : "Save all as a ZIP";
  label.textContent = words;
  if (set && phone) form.querySelector("[data-zip]").hidden = false;
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
    if (mine !== turn) return;
    if (!fresh) {
      document.getElementById("share-told").classList.remove("busy");
      return;
    }
    const cropped = document.activeElement?.dataset.crop;
    document.getElementById("share-told").replaceWith(fresh);
    if (cropped) fresh.querySelector(`[data-crop="${CSS.escape(cropped)}"]`)?.focus({ preventScroll: true });
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
    const single = button.hasAttribute("formaction");
    button.disabled = true;
    try {
      if (!phone || button.hasAttribute("data-zip")) {
        const file = await fetchFile(form, single ? button.formAction : form.action);
        if (file) save(file);
        return;
      }
      const files = (!single && ready) || (await filesOf(form, single ? button.formAction : form.action));
      if (!files) return;
      const gone = await hand(files, label);
      if (single) return gone || save(files[0]);
      ready = gone ? null : files;
      if (gone) label.textContent = words;
    } catch {
      toast("Safelight does not answer. Is it still running?");
    } finally {
      button.disabled = false;
    }
  });
}
