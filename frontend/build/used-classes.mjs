import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

const SKIPPED = new Set(["node_modules", "frontend", "content", "var"]);

async function* sources(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name) && !entry.name.startsWith(".")) yield* sources(path);
    } else if (/\.(html|py)$/.test(entry.name)) {
      yield path;
    }
  }
}

// Every USWDS class named in a template or a widget. A name that ends in a hyphen was cut off by a template variable
// ("usa-alert--{{ level }}") and stands for all that begin so.
export async function usedClasses(project) {
  const found = new Set();
  for await (const path of sources(project)) {
    for (const [name] of (await readFile(path, "utf8")).matchAll(/\busa-[a-z0-9_-]+/g)) found.add(name);
  }
  return new Set([...found].sort());
}
