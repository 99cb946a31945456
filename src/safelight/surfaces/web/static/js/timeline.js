// The library: older photos come as they are reached, and the rail of months can be dragged.
import { fetchPart } from "./parts.js";

function merge(days, content) {
  for (const month of [...content.querySelectorAll(".month")]) {
    const last = days.querySelector(".month:last-of-type");
    if (last?.dataset.month !== month.dataset.month) {
      days.append(month);
      continue;
    }
    const lastDay = last.querySelector(".day:last-of-type");
    for (const day of [...month.querySelectorAll(".day")]) {
      if (lastDay?.dataset.day === day.dataset.day) {
        lastDay.querySelector(".justified").append(...day.querySelectorAll(".tile"));
      } else {
        last.append(day);
      }
    }
  }
  const older = content.querySelector(".older");
  if (older) days.append(older);
}

function continueOnReach(days) {
  const watcher = new IntersectionObserver(
    async (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      const older = days.querySelector(".older");
      const link = older?.querySelector("a[data-more]");
      if (!link) return;
      watcher.disconnect();
      const content = await fetchPart(link.href, "days").catch(() => null);
      if (!content) return;
      older.remove();
      merge(days, content);
      watch();
    },
    { rootMargin: "1500px" },
  );
  function watch() {
    const older = days.querySelector(".older");
    if (older) watcher.observe(older);
    days.querySelectorAll(".month").forEach((month) => places.observe(month));
  }
  const places = new IntersectionObserver(
    (entries) => {
      const seen = entries.find((entry) => entry.isIntersecting);
      if (seen) markHere(seen.target.dataset.month);
    },
    { rootMargin: "-20% 0px -75% 0px" },
  );
  watch();
}

function markHere(month) {
  for (const link of document.querySelectorAll(".rail-month")) {
    link.classList.toggle("here", link.dataset.month === month);
  }
  // Coming back from a photo starts where one was.
  const here = new URL(location.href);
  if (here.searchParams.get("month") === month) return;
  const first = document.querySelector(".month")?.dataset.month === month && !here.search;
  if (!first) history.replaceState(null, "", `/library?month=${month}`);
}

function dragRail(rail) {
  let bubble = null;
  const aim = (event) => {
    const links = [...rail.querySelectorAll(".rail-month")];
    const middle = (link) => {
      const box = link.getBoundingClientRect();
      return Math.abs((box.top + box.bottom) / 2 - event.clientY);
    };
    const nearest = links.reduce((best, link) => (middle(link) < middle(best) ? link : best));
    links.forEach((link) => link.classList.toggle("aimed", link === nearest));
    return nearest;
  };
  const showBubble = (event) => {
    const link = aim(event);
    bubble ??= document.body.appendChild(Object.assign(document.createElement("div"), { className: "rail-bubble" }));
    bubble.textContent = link.textContent;
    bubble.style.top = `${event.clientY}px`;
  };
  const hide = () => {
    bubble?.remove();
    bubble = null;
    rail.querySelectorAll(".aimed").forEach((link) => link.classList.remove("aimed"));
  };
  rail.addEventListener("pointermove", showBubble);
  rail.addEventListener("pointerleave", hide);
  rail.addEventListener("dragstart", (event) => event.preventDefault());
  rail.addEventListener("pointerup", (event) => {
    if (event.button !== 0 || event.target.closest(".rail-label")) return;
    location.assign(aim(event).href);
  });
}

export function startTimeline() {
  const days = document.getElementById("days");
  if (!days) return;
  continueOnReach(days);
  const rail = document.querySelector(".rail");
  if (rail?.querySelector(".rail-month")) dragRail(rail);
}
