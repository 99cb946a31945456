// A page shows what was allowed when it was loaded. What was turned off or narrowed since, in another
// tab, in the terminal or on another device, must not stay on it: then it is loaded anew.

const EVERY_MS = 4000;
const LEAVING_MS = 10000;

let leaving = 0;

function read(words) {
  return new Map(words.split(" ").filter(Boolean).map((each) => each.split("=")));
}

/** Whether something that was on is off now, or not what it was. */
function over(shown, now) {
  return [...shown].some(([purpose, changes]) => now.get(purpose) !== changes);
}

async function look(shown) {
  if (Date.now() - leaving < LEAVING_MS) return; // another page comes: it must not be cut off
  const answer = await fetch("/standing", { redirect: "error" }).catch(() => null);
  if (!answer?.ok || Date.now() - leaving < LEAVING_MS) return;
  if (over(shown, read(await answer.text()))) location.reload();
}

export function startStanding() {
  const words = document.body.dataset.standing;
  const channel = new BroadcastChannel("safelight-standing");
  channel.postMessage(words); // other tabs may show what a moment ago was on
  if (!words) return;
  const shown = read(words);
  channel.addEventListener("message", (event) => {
    if (event.data !== words) look(shown);
  });
  addEventListener("beforeunload", () => { leaving = Date.now(); });
  addEventListener("pageshow", (event) => { if (event.persisted) look(shown); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(shown); });
  setInterval(() => { if (!document.hidden) look(shown); }, EVERY_MS);
}
