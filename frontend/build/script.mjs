import { join } from "node:path";
import { build } from "esbuild";

export async function buildScript(root, dist) {
  await build({
    entryPoints: ["soar", "studio"].map((name) => join(root, `src/js/${name}.js`)),
    outdir: dist,
    bundle: true,
    minify: true,
    format: "esm",
    target: ["chrome109", "firefox115", "safari15.6"],
    logLevel: "warning",
  });
}
