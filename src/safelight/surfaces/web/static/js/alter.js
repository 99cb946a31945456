// Before and after under one slider; a changed strength shows at once and goes into the address.
const WAIT_MS = 250;

function compare(box) {
  const slider = box.querySelector("input");
  const place = () => box.style.setProperty("--at", `${slider.value}%`);
  slider.addEventListener("input", place);
  place();
}

function follow(form) {
  const after = document.querySelector(".compare img:not(.compare-before)");
  const keeping = document.querySelector(".take");
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const query = new URLSearchParams(new FormData(form));
      if (!query.has("colours")) query.set("colours", "0");
      for (const [name, value] of query) keeping.elements[name].value = value;
      history.replaceState(null, "", `?${query}`);
      after.src = `${after.src.split("?")[0]}?${query}`;
    }, WAIT_MS);
  });
}

export function startAlter() {
  const box = document.querySelector("[data-compare]");
  if (box) compare(box);
  const form = document.querySelector("[data-alter]");
  if (form) follow(form);
}
