// A limit that is named is a limit that is meant: the choice beside it follows.

const NAMED = { since: "since", folder: "folders", album: "album" };

function follow(scope, target) {
  const chosen = scope.querySelector(`input[name="scope"][value="${NAMED[target.name]}"]`);
  if (chosen && (target.type === "checkbox" ? target.checked : target.value)) chosen.checked = true;
}

function clearOthers(scope, kind) {
  for (const limit of scope.querySelectorAll('input[name="since"], input[name="folder"], input[name="album"]')) {
    if (NAMED[limit.name] === kind) continue;
    if (limit.type === "checkbox") limit.checked = false;
    else limit.value = "";
  }
}

export function startScope() {
  document.addEventListener("input", ({ target }) => {
    const scope = target.closest?.(".scope");
    if (!scope) return;
    if (target.name in NAMED) follow(scope, target);
    const chosen = scope.querySelector('input[name="scope"]:checked');
    if (chosen) clearOthers(scope, chosen.value);
  });
}
