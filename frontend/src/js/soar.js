import { autosave } from "./autosave.js";
import { enterKey } from "./enter.js";
import { errorSummary } from "./error-summary.js";
import { exitThisPage } from "./exit.js";
import { keepPlace } from "./language-switch.js";
import { partial } from "./partial.js";
import { poll } from "./poll.js";
import { printLinks } from "./print.js";
import { seen } from "./seen.js";
import { disclosures } from "./disclosures.js";

// Leaving comes first: it must work even if another feature fails.
for (const start of [exitThisPage, disclosures, enterKey, keepPlace, errorSummary, autosave, partial, seen, poll, printLinks]) {
  try {
    start();
  } catch (error) {
    console.error(error);
  }
}
