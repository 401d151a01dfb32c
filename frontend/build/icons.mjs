import { readFile, readdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

const STROKE = 'fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"';

// One sprite from src/icons/*.svg: those files hold a viewBox, a stroke width and shapes, nothing else.
export async function buildIcons(root, dist) {
  const folder = join(root, "src/icons");
  const symbols = [];
  for (const file of (await readdir(folder)).sort()) {
    const [, attributes, shapes] = (await readFile(join(folder, file), "utf8")).match(/<svg ([^>]*)>([\s\S]*)<\/svg>/);
    const kept = attributes.replace('xmlns="http://www.w3.org/2000/svg" ', "").replace(STROKE, "").trim();
    symbols.push(`<symbol id="${basename(file, ".svg")}" ${kept} ${STROKE}>${shapes.replace(/\s*\n\s*/g, "")}</symbol>`);
  }
  await writeFile(join(dist, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}
