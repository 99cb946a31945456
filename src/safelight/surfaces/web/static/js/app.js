// Each part looks for its own place on the page and does nothing where there is none.
import { startAlter } from "./alter.js";
import { startDialogs } from "./dialogs.js";
import { startKeys } from "./keys.js";
import { startLightbox } from "./lightbox.js";
import { startParts } from "./parts.js";
import { startScan } from "./scan.js";
import { startTimeline } from "./timeline.js";
import { startChoosing } from "./choosing.js";
import { startFinding } from "./finding.js";
import { startComposer } from "./composer.js";
import { startCrop } from "./crop.js";
import { startScope } from "./scope.js";
import { startFilm } from "./film.js";
import { startShare } from "./share.js";
import { startToasts } from "./toasts.js";
import { startWitness } from "./witness.js";

document.body.classList.add("scripted");
startAlter();
startDialogs();
startKeys();
startLightbox();
startParts();
startScan();
startTimeline();
startChoosing();
startFinding();
startComposer();
startCrop();
startScope();
startShare();
startFilm();
startToasts();
startWitness();

if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {});
