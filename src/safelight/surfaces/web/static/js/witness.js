// This browser as a witness: it keeps the last checkpoint of the record that it saw, and looks
// each time whether everything it saw then is still how the record begins.
import { isConsistent, openCheckpoint, parseKey, unbase64 } from "./tlog.js";

const PLACE = "safelight-record";

async function fetchText(address) {
  const answer = await fetch(address, { cache: "no-store" });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.text();
}

function recall() {
  try {
    return JSON.parse(localStorage.getItem(PLACE));
  } catch {
    return null;
  }
}

/** Compares with what was kept; returns words for the person, and throws when it does not hold. */
export async function look(keyLine, note, kept, growth) {
  const key = await parseKey(keyLine);
  if (kept && kept.key !== keyLine) {
    throw new Error("it knows this record under another key. It was begun anew, or replaced");
  }
  const fresh = await openCheckpoint(note, key);
  const unsigned = fresh.signed ? "" : " This browser cannot check the signature, only the entries.";
  const last = (fresh.size - 1).toLocaleString("en");
  if (!kept) {
    return `This device sees this record for the first time. It remembers it up to entry ${last}.${unsigned}`;
  }
  const old = await openCheckpoint(kept.note, key);
  const seen = (old.size - 1).toLocaleString("en");
  if (fresh.size < old.size) {
    throw new Error(`it has seen entry ${seen}, and now the record ends at ${last}. It was put back to an earlier state`);
  }
  const path = old.size < fresh.size ? await growth(old.size, fresh.size) : [];
  if (!(await isConsistent(old, fresh, path))) {
    throw new Error(`it has seen entry ${seen}, and something up to there was changed since`);
  }
  return `This device has seen entry ${seen}; nothing before it was changed.${unsigned}`;
}

async function growth(old, fresh) {
  const lines = await fetchText(`/ledger/growth?old=${old}&new=${fresh}`);
  return lines.split("\n").filter(Boolean).map(unbase64);
}

async function watch(place) {
  const words = place.querySelector("[data-words]");
  const anew = place.querySelector("button");
  const keyLine = place.dataset.key;
  const note = await fetchText("/ledger/checkpoint");
  const keep = () => localStorage.setItem(PLACE, JSON.stringify({ key: keyLine, note }));
  try {
    words.textContent = await look(keyLine, note, recall(), growth);
    place.dataset.holds = "yes";
    keep();
  } catch (problem) {
    // What was kept stays: it is the evidence.
    words.textContent = `This device does not agree: ${problem.message}.`;
    place.dataset.holds = "no";
    anew.hidden = false;
    anew.addEventListener("click", () => {
      keep();
      location.reload();
    });
  }
}

export function startWitness() {
  const place = document.getElementById("device-witness");
  if (!place) return;
  place.hidden = false;
  if (!globalThis.crypto?.subtle) {
    place.querySelector("[data-words]").textContent =
      "This browser checks nothing here: it does so only at an address of this machine, or over https.";
    return;
  }
  watch(place).catch((problem) => {
    place.querySelector("[data-words]").textContent = `This device could not look: ${problem.message}`;
  });
}
