// What every page must have whatever it shows: names, headings, room, contrast, size for fingers.
() => {
  const found = [];
  const width = document.documentElement.clientWidth;
  const seen = (e) => e.checkVisibility({ contentVisibilityAuto: true, opacityProperty: true, visibilityProperty: true });
  const aside = (e) => e.closest(".unseen, .skip, dialog:not([open]), [aria-hidden=true]");
  const words = (e) => (e.textContent || "").trim().replace(/\s+/g, " ").slice(0, 40);
  const said = (e) => `${e.tagName.toLowerCase()}.${e.className} “${words(e)}”`;
  const all = (what) => [...document.querySelectorAll(what)];

  if (document.documentElement.scrollWidth > width + 1) found.push("wider than the window");
  if (all("h1").filter((e) => e.checkVisibility()).length !== 1) found.push("not one h1");
  const levels = all("h1, h2, h3, h4").filter(seen).map((e) => Number(e.tagName[1]));
  levels.forEach((n, i) => i && n > levels[i - 1] + 1 && found.push(`h${levels[i - 1]} before h${n}`));
  const ids = all("[id]").map((e) => e.id);
  found.push(...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `twice #${id}`));
  for (const e of all("[aria-labelledby], [aria-describedby]")) {
    const names = `${e.getAttribute("aria-labelledby") ?? ""} ${e.getAttribute("aria-describedby") ?? ""}`;
    for (const id of names.split(" ").filter(Boolean)) if (!document.getElementById(id)) found.push(`no #${id}`);
  }
  for (const e of all("a[href], button, summary, [role=button]").filter(seen)) {
    const alts = [...e.querySelectorAll("img")].map((image) => image.alt).join("");
    if (!(e.getAttribute("aria-label") || words(e) || alts)) found.push(`no name: ${e.outerHTML.slice(0, 90)}`);
  }
  for (const e of all("img:not([alt])")) found.push(`no alt: ${e.outerHTML.slice(0, 90)}`);
  for (const e of all("input:not([type=hidden]), select, textarea")) {
    const named = e.labels?.length || e.ariaLabel || e.getAttribute("aria-labelledby") || aside(e);
    if (!named) found.push(`no label: ${e.outerHTML.slice(0, 90)}`);
  }
  if (matchMedia("(pointer: coarse)").matches) {
    for (const e of all("a[href], button, summary, input:not([type=hidden]), select").filter(seen)) {
      if (aside(e) || e.closest("svg") || getComputedStyle(e).display === "inline") continue;
      const boxes = [e, ...(e.labels ?? [])].map((each) => each.getBoundingClientRect());
      const box = boxes.reduce((a, b) => (a.width * a.height > b.width * b.height ? a : b));
      if (box.width < 43.5 || box.height < 43.5) found.push(`small, ${Math.round(box.width)}×${Math.round(box.height)}: ${said(e)}`);
    }
  }

  // Contrast by WCAG 2: text on plain colour; text on pictures is judged by eye.
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => below.map((value, i) => top[i] * top[3] + value * (1 - top[3]));
  const light = (colour) => {
    const [r, g, b] = colour.map((v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (e) => {
    const layers = [];
    for (let each = e; each; each = each.parentElement) {
      const style = getComputedStyle(each);
      if (style.backgroundImage !== "none") return null;
      layers.push(rgba(style.backgroundColor));
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const e = texts.currentNode.parentElement;
    if (!texts.currentNode.textContent.trim() || !e || !seen(e) || aside(e) || e.matches("script, style, noscript")) continue;
    if (e.closest("svg, :disabled, .card-words, .hero-words, .mark, .strip-number, .cover-words, .compare-word")) continue;
    const below = behind(e);
    if (!below) continue;
    const style = getComputedStyle(e);
    let [r, g, b, alpha] = rgba(style.color);
    for (let each = e; each; each = each.parentElement) alpha *= Number(getComputedStyle(each).opacity);
    const [bright, dark] = [light(over([r, g, b, alpha], below)), light(below)].sort((x, y) => y - x);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
    if ((bright + 0.05) / (dark + 0.05) < (large ? 3 : 4.5)) found.push(`faint: ${said(e)}`);
  }
  return [...new Set(found)];
}
