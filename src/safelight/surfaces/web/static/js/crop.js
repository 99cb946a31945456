// What of a photo its post shows: dragged, pinched, by keys or by a slider. The page holds the
// choice in a field of its form; without scripts that field is a list to choose from.
import { toast } from "./toasts.js";

const ASPECTS = { square: 1, portrait: 4 / 5, story: 9 / 16 };
const STEP = 0.04; // of what is shown, for one press of an arrow
const CLOSER = 1.12;
const SLACK = 0.002;
const WHOLE = "whole";

/** One photo in its frame, and what is shown of it. */
class Crop {
  constructor(data) {
    this.width = Number(data.w);
    this.height = Number(data.h);
    this.most = Number(data.most);
    this.aspect = ASPECTS[data.shape];
    this.faces = data.faces.split(";").filter(Boolean).map((face) => face.split(",").map(Number));
    this.take(data.shown);
  }

  take(text) {
    this.whole = text === WHOLE;
    [this.x, this.y, this.zoom] = this.whole ? [0.5, 0.5, 1] : text.split(",").map(Number);
    this.settle();
  }

  /** Width and height of what is shown, in shares of the photo's. */
  get shown() {
    const widest = Math.min(this.width, this.height * this.aspect);
    return [widest / this.zoom / this.width, widest / this.zoom / this.aspect / this.height];
  }

  settle() {
    this.zoom = Math.min(Math.max(this.zoom, 1), this.most);
    const [w, h] = this.shown;
    this.x = Math.min(Math.max(this.x, w / 2), 1 - w / 2);
    this.y = Math.min(Math.max(this.y, h / 2), 1 - h / 2);
  }

  move(right, down) {
    this.whole = false;
    this.x += right;
    this.y += down;
    this.settle();
  }

  closer(times) {
    this.whole = false;
    this.zoom *= times;
    this.settle();
  }

  get cut() {
    if (this.whole) return 0;
    const [w, h] = this.shown;
    const [left, top] = [this.x - w / 2 - SLACK, this.y - h / 2 - SLACK];
    const [right, bottom] = [this.x + w / 2 + SLACK, this.y + h / 2 + SLACK];
    return this.faces.filter(([x, y, fw, fh]) => x < left || y < top || x + fw > right || y + fh > bottom).length;
  }

  get text() {
    return this.whole ? WHOLE : [this.x.toFixed(4), this.y.toFixed(4), this.zoom.toFixed(3)].join(",");
  }
}

let dialog = null;
let crop = null;
let opener = null;

function build() {
  dialog = document.createElement("dialog");
  dialog.className = "sheet cropper";
  dialog.setAttribute("aria-labelledby", "cropper-title");
  dialog.innerHTML = `
    <h2 id="cropper-title"></h2>
    <div class="crop-frame" tabindex="0" role="group" aria-label="What is shown" aria-describedby="crop-hint"><img alt="" draggable="false"><span class="crop-thirds" aria-hidden="true"></span></div>
    <label class="crop-zoom"><span class="label">Closer</span><input type="range" min="0" max="100" step="1"></label>
    <p class="crop-said" role="status"></p>
    <p class="soft hint" id="crop-hint">Drag the photo; pinch, scroll or use the slider to come closer. Keys: arrows, + and −.</p>
    <div class="row"><button type="button" data-way="usual" title="As Safelight chose">Reset</button><button type="button" data-way="whole" aria-pressed="false">Whole photo</button></div>
    <div class="answers"><button type="button" class="primary" data-way="done">Done</button><button type="button" data-way="leave">Cancel</button></div>`;
  document.body.append(dialog);
  const frame = dialog.querySelector(".crop-frame");
  frame.addEventListener("keydown", press);
  frame.addEventListener("wheel", (event) => {
    event.preventDefault();
    change(() => crop.closer(Math.exp(-event.deltaY / 400)));
  }, { passive: false });
  drags(frame);
  dialog.querySelector("input").addEventListener("input", (event) => {
    change(() => crop.closer(crop.most ** (event.target.value / 100) / crop.zoom));
  });
  dialog.addEventListener("click", (event) => choose(event.target.closest("[data-way]")?.dataset.way));
  dialog.addEventListener("close", () => opener?.focus());
  addEventListener("resize", () => dialog.open && draw());
}

/** One finger or the mouse moves the photo, two fingers come closer. */
function drags(frame) {
  const fingers = new Map();
  const apart = () => {
    const [a, b] = [...fingers.values()];
    return b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  };
  frame.addEventListener("pointerdown", (event) => {
    frame.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    frame.classList.add("dragged");
  });
  frame.addEventListener("pointermove", (event) => {
    const last = fingers.get(event.pointerId);
    if (!last) return;
    const before = apart();
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const [w, h] = crop.shown;
    const share = 1 / fingers.size;
    change(() => {
      crop.move(
        (-(event.clientX - last.x) / frame.clientWidth) * w * share,
        (-(event.clientY - last.y) / frame.clientHeight) * h * share,
      );
      if (before && apart()) crop.closer(apart() / before);
    });
  });
  for (const kind of ["pointerup", "pointercancel"]) {
    frame.addEventListener(kind, (event) => {
      fingers.delete(event.pointerId);
      if (!fingers.size) frame.classList.remove("dragged");
    });
  }
}

function press(event) {
  const [w, h] = crop.shown;
  const far = event.shiftKey ? 4 * STEP : STEP;
  const acts = {
    ArrowLeft: () => crop.move(-far * w, 0),
    ArrowRight: () => crop.move(far * w, 0),
    ArrowUp: () => crop.move(0, -far * h),
    ArrowDown: () => crop.move(0, far * h),
    "+": () => crop.closer(CLOSER),
    "=": () => crop.closer(CLOSER),
    "-": () => crop.closer(1 / CLOSER),
  };
  const act = acts[event.key];
  if (!act || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  change(act);
}

function change(act) {
  act();
  draw();
}

function draw() {
  const frame = dialog.querySelector(".crop-frame");
  const image = frame.querySelector("img");
  const [w, h] = crop.shown;
  frame.classList.toggle("whole", crop.whole);
  const style = crop.whole
    ? { width: "100%", height: "100%", left: "0", top: "0" }
    : {
        width: `${100 / w}%`,
        height: `${100 / h}%`,
        left: `${(-100 * (crop.x - w / 2)) / w}%`,
        top: `${(-100 * (crop.y - h / 2)) / h}%`,
      };
  Object.assign(image.style, style);
  const slider = dialog.querySelector("input");
  slider.disabled = crop.most <= 1;
  slider.value = crop.most > 1 ? Math.round((100 * Math.log(crop.zoom)) / Math.log(crop.most)) : 0;
  slider.setAttribute("aria-valuetext", `${crop.zoom.toFixed(1)} times`);
  dialog.querySelector('[data-way="whole"]').setAttribute("aria-pressed", String(crop.whole));
  const said = dialog.querySelector(".crop-said");
  const cut = crop.cut;
  const words = cut ? (cut === 1 ? "A face is cut." : `${cut} faces are cut.`) : "";
  if (said.textContent !== words) said.textContent = words;
}

function choose(way) {
  if (!way) return;
  if (way === "usual") change(() => crop.take(opener.dataset.usual));
  else if (way === "whole") change(() => crop.take(crop.whole ? "0.5,0.5,1" : WHOLE));
  else {
    dialog.close();
    if (way === "done") keep(opener.dataset.crop, crop.text === opener.dataset.usual ? "" : crop.text);
  }
}

/** Put the choice into the form, which then shows how it will look. */
function keep(name, text) {
  const field = document.getElementById(`crop-${name}`);
  const before = field.value;
  if (text === before || (!text && !before)) return;
  put(name, text);
  toast("Cropped.", () => put(name, before));
}

function put(name, text) {
  const field = document.getElementById(`crop-${name}`);
  if (![...field.options].some((option) => option.value === text)) field.add(new Option("As you chose", text));
  field.value = text;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

export function startCrop() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-crop]");
    if (!button) return;
    if (!dialog) build();
    opener = button;
    crop = new Crop(button.dataset);
    dialog.querySelector("h2").textContent = `Crop photo ${button.dataset.number}`;
    const frame = dialog.querySelector(".crop-frame");
    frame.className = `crop-frame ${button.dataset.shape}`;
    frame.querySelector("img").src = `/pictures/${button.dataset.crop}.jpg?edge=1600`;
    dialog.showModal();
    draw();
    frame.focus();
  });
}
