import { join } from "node:path";
import { build } from "esbuild";

export async function buildScript(root, dist) {
  await build({
    entryPoints: [join(root, "src/js/soar.js")],
    outfile: join(dist, "soar.js"),
    bundle: true,
    minify: true,
    format: "esm",
    target: ["chrome109", "firefox115", "safari15.6"],
    logLevel: "warning",
  });
}
