import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import subsetFont from "subset-font";

const FONTS = {
  "public-sans/PublicSans-Regular.woff2": "public-sans-regular.woff2",
  "public-sans/PublicSans-Bold.woff2": "public-sans-bold.woff2",
  "merriweather/Latin-Merriweather-Bold.woff2": "merriweather-bold.woff2",
};

const range = (first, last) =>
  String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, index) => first + index));
// The same letters stand in unicode-range in src/scss/_fonts.scss.
const LETTERS = range(0x20, 0x7e) + range(0xa0, 0xff) + "–—‘’“”•…€→✓";

export async function buildFonts(root, dist) {
  await mkdir(join(dist, "fonts"), { recursive: true });
  for (const [source, name] of Object.entries(FONTS)) {
    const font = await readFile(join(root, "node_modules/@uswds/uswds/dist/fonts", source));
    const subset = await subsetFont(font, LETTERS, {
      targetFormat: "woff2",
      keepFeatures: ["kern", "liga", "ccmp", "locl", "mark"],
      noHinting: true,
    });
    await writeFile(join(dist, "fonts", name), subset);
  }
}
