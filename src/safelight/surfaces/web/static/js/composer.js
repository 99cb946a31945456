// The composer draws anew while one writes and chooses. What is written is posted, never kept.
import { awaitDrawings, fetchPart } from "./parts.js";

const PAUSE_MS = 450;

export function startComposer() {
  let timer = 0;
  let turn = 0;
  const composer = () => document.getElementById("composer");
  if (!composer()) return;

  async function refresh(submitter) {
    const mine = ++turn;
    const form = composer();
    const body = new FormData(form);
    if (submitter?.name) body.append(submitter.name, submitter.value);
    const content = await fetchPart("/compose", "composer", { method: "POST", body }).catch(() => null);
    const fresh = content?.querySelector("#composer");
    if (!fresh || mine !== turn) return;
    const part = submitter?.name === "use" || submitter?.name === "month" ? null : "some";
    const swap = part ? ["#composer-preview", "#offer-list"] : ["#composer"];
    const focused = document.activeElement?.getAttribute("aria-label");
    const scrolled = scrollY;
    for (const place of swap) {
      const next = place === "#composer" ? fresh : fresh.querySelector(place);
      document.querySelector(place).replaceWith(next);
      awaitDrawings(next);
    }
    scrollTo({ top: scrolled, behavior: "instant" });
    if (focused && document.activeElement === document.body) {
      composer().querySelector(`[aria-label="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    }
  }

  document.addEventListener("input", (event) => {
    if (!event.target.closest("#composer")) return;
    clearTimeout(timer);
    const slow = event.target.matches("textarea");
    const whole = event.target.matches("select");
    timer = setTimeout(() => refresh(whole ? { name: "month", value: event.target.value } : null), slow ? PAUSE_MS : 60);
  });
  document.addEventListener("submit", (event) => {
    if (event.target !== composer() || event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    refresh(event.submitter);
  });
}
