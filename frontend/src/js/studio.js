import { follow } from "./studio/follow.js";
import { markdown } from "./studio/markdown.js";
import { saveParts } from "./studio/save-parts.js";

// What only the studio needs. Every page works without it.
const features = [saveParts, markdown, follow];

for (const start of features) {
  try {
    start();
  } catch (error) {
    console.error(error);
  }
}
