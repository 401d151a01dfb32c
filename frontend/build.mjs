// Builds frontend/dist/, which Django serves as /static/. Does nothing when no input has changed.
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { copyCertificateFonts } from "./build/certificate-fonts.mjs";
import { buildCss } from "./build/css.mjs";
import { buildFonts } from "./build/fonts.mjs";
import { buildIcons } from "./build/icons.mjs";
import { buildScript } from "./build/script.mjs";
import { usedClasses } from "./build/used-classes.mjs";

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, "dist");
const stampFile = join(dist, ".stamp");

async function filesUnder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

async function stampOf(classes) {
  const hash = createHash("sha256").update([...classes].join(" "));
  const inputs = ["build.mjs", "package-lock.json"].map((name) => join(root, name));
  for (const folder of ["build", "src"]) inputs.push(...(await filesUnder(join(root, folder))));
  inputs.push(join(root, "../certificates/assets/paper.css"));
  for (const file of inputs) hash.update(relative(root, file)).update(await readFile(file));
  return hash.digest("hex");
}

const classes = await usedClasses(dirname(root));
const stamp = await stampOf(classes);
if ((await readFile(stampFile, "utf8").catch(() => "")) === stamp) {
  console.log("frontend: nothing to do");
} else {
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist);
  await copyCertificateFonts(root, dist);
  await Promise.all([
    buildCss(root, dist, classes),
    buildScript(root, dist),
    buildFonts(root, dist),
    buildIcons(root, dist),
    cp(join(root, "src/img"), dist, { recursive: true }),
  ]);
  // Written last: a build that was cut short leaves no stamp.
  await writeFile(stampFile, stamp);
  for (const file of await filesUnder(dist)) {
    if (file === stampFile) continue;
    const bytes = await readFile(file);
    console.log(`${relative(dist, file)}  ${bytes.length}  br ${brotliCompressSync(bytes).length}`);
  }
}
