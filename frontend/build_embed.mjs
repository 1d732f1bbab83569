// Builds the classic scripts of the embedding, which pages other than Reflex's load: `embed/` → `assets/`.
// What is built is committed, so that running needs none of these tools; `--check` says whether it is up to date.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "vite";

const SCRIPTS = {
  "frame.ts": "embed-frame.js",
  "services.ts": "embed-services.js",
  "window.ts": "embed-window.js",
  "element.ts": "embed.js",
};

const at = (path) => new URL(path, import.meta.url);

async function built(source) {
  const [bundle] = await build({
    configFile: false,
    logLevel: "warn",
    build: {
      lib: { entry: at(`embed/${source}`).pathname, formats: ["iife"], name: "dimoslive" },
      target: "es2022",
      // Younger than all that our styles use: nothing is rewritten.
      cssTarget: ["chrome123", "firefox120", "safari17.5"],
      minify: true,
      write: false,
    },
  });
  return `${bundle.output[0].code.trim()}\n`;
}

const isCheck = process.argv.includes("--check");
for (const [source, name] of Object.entries(SCRIPTS)) {
  if (!existsSync(at(`embed/${source}`))) continue;
  const file = at(`../assets/${name}`);
  const code = await built(source);
  const isSame = existsSync(file) && readFileSync(file, "utf8") === code;
  if (isSame) continue;
  if (isCheck) {
    process.stderr.write(`assets/${name} is not what frontend/embed/${source} builds: run \`make embed\`\n`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, code);
    process.stdout.write(`assets/${name}: ${code.length} bytes\n`);
  }
}
