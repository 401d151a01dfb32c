import { cp, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { transform } from "lightningcss";
import { compile, Logger } from "sass";

const BROWSERS = { chrome: 109 << 16, firefox: 115 << 16, safari: (15 << 16) | (6 << 8) };

function classNames(selector) {
  return selector.flatMap((part) => (part.type === "class" ? [part.name] : []));
}

// The alert component draws its own icon.
const isReplaced = (selector) =>
  classNames(selector).includes("usa-alert__body") && selector.some((part) => part.kind === "before");

// The studio's own rules are not sent to learners, those of the paper only where it is shown.
export async function buildCss(root, dist, used) {
  for (const sheet of ["soar", "studio", "paper"]) await buildSheet(root, dist, used, sheet);
}

async function buildSheet(root, dist, used, sheet) {
  const uswds = join(root, "node_modules/@uswds/uswds");
  const { css } = compile(join(root, `src/scss/${sheet}.scss`), {
    loadPaths: [join(uswds, "packages")],
    logger: Logger.silent,
  });

  const prefixes = [...used].filter((name) => name.endsWith("-"));
  const isUsed = (name) =>
    !name.startsWith("usa-") || used.has(name) || prefixes.some((prefix) => name.startsWith(prefix));
  const images = new Set();

  const pruned = transform({
    filename: `${sheet}.css`,
    code: Buffer.from(css),
    targets: BROWSERS,
    visitor: {
      Rule: {
        style(rule) {
          if (!rule.value.selectors.some((selector) => classNames(selector).every(isUsed) && !isReplaced(selector))) {
            return [];
          }
        },
      },
    },
  });
  const minified = transform({
    filename: `${sheet}.css`,
    code: pruned.code,
    minify: true,
    targets: BROWSERS,
    visitor: {
      Url(url) {
        if (url.url.startsWith("img/")) images.add(url.url);
        return url;
      },
    },
  });

  for (const image of images) {
    await mkdir(dirname(join(dist, image)), { recursive: true });
    await cp(join(uswds, "dist", image), join(dist, image));
  }
  await writeFile(join(dist, `${sheet}.css`), minified.code);
}
