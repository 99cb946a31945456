// Moving a border between two parts of a collage: the server says where everything lies meanwhile.

const PAUSE_MS = 320;
const KEY_STEP = 0.01;

const collage = () => document.getElementById("collage");

/** Show the collage with a border elsewhere. One question at a time; the newest place counts. */
function previewer() {
  let asked = "";
  let busy = false;
  return async function preview(grip, share) {
    asked = `${grip.dataset.border}:${share.toFixed(4)}`;
    if (busy) return;
    busy = true;
    let shown = "";
    while (asked !== shown && grip.isConnected) {
      shown = asked;
      const answer = await fetch(`/collage/plan?${collage().dataset.query}&do=border:${shown}`).catch(() => null);
      if (answer?.ok && grip.isConnected) place(await answer.json());
    }
    busy = false;
  };
}

function put(element, [x, y, width, height]) {
  for (const [name, value] of Object.entries({ x, y, width, height })) element.setAttribute(name, value);
}

function place(plan) {
  const sheet = collage().querySelector(".sheet-of");
  sheet.querySelector(".drawn").classList.add("waiting");
  for (const cell of plan.cells) {
    const shown = sheet.querySelector(`[data-shows="${CSS.escape(cell.asset)}"]`);
    put(shown, cell.placed);
    shown.setAttribute("viewBox", cell.source.join(" "));
    put(sheet.querySelector(`.handles [data-cell="${CSS.escape(cell.asset)}"] rect`), cell.placed);
  }
  if (plan.map) put(sheet.querySelector("[data-map]"), plan.map);
}

export function startBorders(change, perPixel) {
  const preview = previewer();
  let held = null;
  let pause = 0;

  function within(grip, share) {
    return Math.min(Math.max(share, Number(grip.dataset.low)), Number(grip.dataset.high));
  }

  async function settle(grip, share) {
    const name = grip.dataset.border;
    const focused = document.activeElement === grip;
    const fresh = await change(`border:${name}:${share.toFixed(4)}`);
    if (focused) fresh?.querySelector(`[data-border="${CSS.escape(name)}"]`)?.focus({ preventScroll: true });
  }

  function ready() {
    for (const grip of collage().querySelectorAll(".grip")) grip.setAttribute("tabindex", "0");
  }

  ready();
  document.addEventListener("part-shown", ready);
  document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest?.(".grip");
    if (!grip || event.button > 0 || !event.isPrimary) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    grip.classList.add("held");
    held = { grip, from: grip.classList.contains("upright") ? event.clientX : event.clientY, share: Number(grip.dataset.at) };
    held.start = held.share;
  });
  document.addEventListener("pointermove", (event) => {
    if (!held) return;
    const { grip } = held;
    const upright = grip.classList.contains("upright");
    const by = ((upright ? event.clientX : event.clientY) - held.from) * perPixel(grip.ownerSVGElement);
    const share = within(grip, held.start + by / Number(grip.dataset.span));
    const shift = (share - held.start) * Number(grip.dataset.span);
    grip.setAttribute("transform", upright ? `translate(${shift} 0)` : `translate(0 ${shift})`);
    held.share = share;
    preview(grip, share);
  });
  for (const kind of ["pointerup", "pointercancel"]) {
    document.addEventListener(kind, () => {
      if (!held) return;
      const { grip, share, start } = held;
      held = null;
      grip.classList.remove("held");
      if (share !== start) settle(grip, share);
    });
  }
  document.addEventListener("keydown", (event) => {
    const grip = event.target.closest?.(".grip");
    const upright = grip?.classList.contains("upright");
    const by = grip && { [upright ? "ArrowLeft" : "ArrowUp"]: -1, [upright ? "ArrowRight" : "ArrowDown"]: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    grip.dataset.at = within(grip, Number(grip.dataset.at) + by * KEY_STEP);
    preview(grip, Number(grip.dataset.at));
    clearTimeout(pause);
    pause = setTimeout(() => settle(grip, Number(grip.dataset.at)), PAUSE_MS);
  }, { capture: true });
}
