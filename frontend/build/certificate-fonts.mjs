import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";

// Whole faces: a name may hold any letter. Which of them are used, and how, stands in certificates/faces.py.
const FACES = {
  merriweather: [
    "latin-700",
    "latin-ext-700",
    "vietnamese-700",
    "cyrillic-700",
    "cyrillic-ext-700",
    "latin-700-italic",
  ],
  "public-sans": [
    "latin-400",
    "latin-ext-400",
    "latin-700",
    "latin-ext-700",
    "latin-400-italic",
    "latin-700-italic",
  ],
};

export async function copyCertificateFonts(root, dist) {
  const folder = join(dist, "fonts/certificate");
  await mkdir(folder, { recursive: true });
  for (const [family, faces] of Object.entries(FACES)) {
    for (const face of faces) {
      const source = face.endsWith("-italic") ? face : `${face}-normal`;
      await cp(
        join(root, "node_modules/@fontsource", family, "files", `${family}-${source}.woff2`),
        join(folder, `${family}-${face}.woff2`),
      );
    }
  }
}
