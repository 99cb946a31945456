// A photo in its cell while a hand moves it: which part would be shown, and whether a face is cut.
// Only arithmetic on one rectangle; where cells lie is the server's business.

const AIR = 0.1; // of a rectangle to be kept, on each side: as the engine has it

const numbers = (text) => text.trim().split(/\s+/).map(Number);

/** What is known of a cell: its handle, its sketch, and the rectangle of the photo that it shows. */
export function cellOf(handle) {
  const shown = handle.closest(".sheet-of").querySelector(`[data-shows="${CSS.escape(handle.dataset.cell)}"]`);
  const [x, y, width, height] = numbers(shown.getAttribute("viewBox"));
  const [fullWidth, fullHeight] = numbers(handle.dataset.size);
  const rect = handle.querySelector("rect");
  const placed = { width: Number(rect.getAttribute("width")), height: Number(rect.getAttribute("height")) };
  const cover = Math.min(fullWidth, (fullHeight * placed.width) / placed.height);
  return {
    handle, shown, placed, fullWidth, fullHeight, cover,
    source: { x, y, width, height },
    most: Number(handle.dataset.most),
    angle: (Number(handle.dataset.angle || 0) * Math.PI) / 180,
    keep: handle.dataset.keep.split(";").filter(Boolean).map(numbers),
  };
}

/** Zoom by a factor about a point of the cell (fractions), and move by pixels of the canvas. */
export function adjust(cell, factor, right, down, at = { x: 0.5, y: 0.5 }) {
  const old = cell.source;
  const zoom = Math.min(Math.max((cell.cover / old.width) * factor, 1), cell.most);
  const width = cell.cover / zoom;
  const height = (width * cell.placed.height) / cell.placed.width;
  const [cos, sin] = [Math.cos(-cell.angle), Math.sin(-cell.angle)];
  const perPixel = width / cell.placed.width;
  const x = old.x + (old.width - width) * at.x - (right * cos - down * sin) * perPixel;
  const y = old.y + (old.height - height) * at.y - (right * sin + down * cos) * perPixel;
  cell.source = {
    x: Math.min(Math.max(x, 0), cell.fullWidth - width),
    y: Math.min(Math.max(y, 0), cell.fullHeight - height),
    width, height,
  };
  show(cell);
}

function show(cell) {
  const { x, y, width, height } = cell.source;
  cell.shown.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
  cell.handle.classList.toggle("cuts", cell.keep.some((box) => isCut(box, cell.source)));
}

function isCut([x, y, width, height], source) {
  const [airX, airY] = [width * AIR, height * AIR];
  const inside = source.x <= x + airX && x + width - airX <= source.x + source.width;
  return !(inside && source.y <= y + airY && y + height - airY <= source.y + source.height);
}

/** The change, as the server reads it. */
export function stepOf(cell) {
  const { x, y, width, height } = cell.source;
  const crop = [cell.cover / width, (x + width / 2) / cell.fullWidth, (y + height / 2) / cell.fullHeight];
  return ["crop", cell.handle.dataset.cell, ...crop.map((each) => each.toFixed(4))].join(":");
}
