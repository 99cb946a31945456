// The search field: what this library has to offer, fetched when the field is first used.

export function startFinding() {
  let asked = false;
  document.addEventListener("focusin", async (event) => {
    if (asked || !event.target.matches?.("[data-find]")) return;
    asked = true;
    const answer = await fetch("/api/v1/search/suggestions").catch(() => null);
    if (!answer?.ok) return;
    const offers = await answer.json();
    const names = new Set([offers.people, offers.places, offers.themes, offers.things, offers.years].flat());
    const options = [...names].map((name) => Object.assign(document.createElement("option"), { value: name.replaceAll("-", " ") }));
    document.getElementById("find-list").replaceChildren(...options);
  });
}
