// pack.mjs <frontend.wasm> [--dev]: turns the compiled WASM, style/ and public/ into target/site/, where
//   pkg/manifest.json names the files that pages ask for: { "js", "wasm", "css", "sheets": { name: … }, "modules": { name: … } },
//   each a path from "/"; the sheets and modules are those of some pages only;
//   every file in pkg/ has its content's hash in its name, so it may be cached for ever;
//   beside each compressible file lie its .br and .gz (not with --dev, which also skips all minifying).
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(here);
const [wasm, flag] = process.argv.slice(2);
const dev = flag === "--dev";
const site = path.join(root, "target/site");
const started = process.env.STEWARD_START ?? Math.floor(Date.now() / 1000);
const say = (text) => console.log(`[${String(Math.floor(Date.now() / 1000) - started).padStart(4)} s] ${text}`);
const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");
const filesIn = (dir) =>
  (fs.existsSync(dir) ? fs.readdirSync(dir, { recursive: true, withFileTypes: true }) : [])
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort();

/** Everything the outcome depends on, as one hash: equal to the last run's, there is nothing to do. */
function fingerprint() {
  const inputs = [
    wasm,
    fileURLToPath(import.meta.url),
    path.join(here, "package-lock.json"),
    ...filesIn(path.join(root, "style")),
    ...filesIn(path.join(root, "frontend/editor")),
    ...filesIn(path.join(root, "frontend/settings")),
    ...filesIn(path.join(root, "frontend/reveal")),
    ...filesIn(path.join(root, "public")),
  ];
  const lines = inputs.map((file) => `${path.relative(root, file)} ${hash(fs.readFileSync(file))}`);
  return hash([dev, fs.readlinkSync(path.join(root, ".tools/wasm-bindgen")), ...lines].join("\n"));
}

/** The WASM and its JavaScript glue, as small as they get. */
async function bindgen(work) {
  const command = path.join(root, ".tools/wasm-bindgen/bin/wasm-bindgen");
  execFileSync(command, ["--target", "web", "--no-typescript", "--out-name", "steward", "--out-dir", work, wasm]);
  const bare = path.join(work, "steward_bg.wasm");
  if (!dev) {
    say("shrinking the WASM");
    // It reads from the file which WASM features rustc has used, and keeps to them.
    const wasmOpt = path.join(here, "node_modules/.bin/wasm-opt");
    const strip = ["--strip-debug", "--strip-producers", "--strip-target-features"];
    execFileSync(wasmOpt, ["-Oz", "--converge", ...strip, bare, "-o", bare], { stdio: "inherit" });
  }
  const { build } = await import("esbuild");
  // Bundled, because crates may bring snippets of JavaScript that the glue imports by relative paths.
  const glue = await build({
    entryPoints: [path.join(work, "steward.js")], bundle: true, format: "esm", target: "es2022", minify: !dev,
    legalComments: "none", write: false, logLevel: "warning",
  });
  return { js: glue.outputFiles[0].contents, wasm: fs.readFileSync(bare) };
}

/** The style sheets, by name: style/main.scss is every page's, each other one beside it some pages'. */
async function sheets() {
  const sass = await import("sass");
  const style = dev ? "expanded" : "compressed";
  const names = fs.readdirSync(path.join(root, "style")).filter((file) => /^[a-z].*\.scss$/.test(file)).sort();
  const compile = (file) => Buffer.from(sass.compile(path.join(root, "style", file), { style, sourceMap: false }).css);
  return Object.fromEntries(names.map((file) => [path.basename(file, ".scss"), compile(file)]));
}

/** By the name under which pages ask for them; see `Module` in the app. */
const MODULES = [
  ["env", "editor/env.js"], ["reveal", "reveal/reveal.js"], ["settings", "settings/settings.js"],
  ["sql", "editor/sql.js"], ["workbench", "editor/workbench.js"],
];

/** The scripts of some pages only. What is imported as it is needed lies in files of its own beside them. */
async function modules(folder) {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: Object.fromEntries(MODULES.map(([name, file]) => [name, path.join(root, "frontend", file)])),
    bundle: true, splitting: true, format: "esm",
    target: "es2022", minify: !dev, legalComments: "none", write: false, logLevel: "warning", outdir: folder,
    entryNames: "[name].[hash]", chunkNames: "[name].[hash]", nodePaths: [path.join(here, "node_modules")],
  });
  for (const { path: file, contents } of outputFiles) fs.writeFileSync(file, contents);
  const files = outputFiles.map(({ path: file }) => path.basename(file));
  return Object.fromEntries(MODULES.map(([name]) => [name, `/pkg/${files.find((file) => file.startsWith(`${name}.`))}`]));
}

function compress(file) {
  const bytes = fs.readFileSync(file);
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT, BROTLI_PARAM_LGWIN } = zlib.constants;
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: bytes.length };
  fs.writeFileSync(`${file}.br`, zlib.brotliCompressSync(bytes, { params }));
  fs.writeFileSync(`${file}.gz`, zlib.gzipSync(bytes, { level: 9 }));
}

const stamp = path.join(root, "target/site.stamp");
const print = fingerprint();
if (fs.existsSync(path.join(site, "pkg/manifest.json")) && fs.existsSync(stamp) &&
    fs.readFileSync(stamp, "utf8") === print) {
  say("the site is up to date");
  process.exit(0);
}

// Built beside the old one and then put in its place, so that nobody ever sees half a site.
const next = `${site}.next`;
const work = `${site}.work`;
for (const dir of [next, work]) fs.rmSync(dir, { recursive: true, force: true });
fs.mkdirSync(path.join(next, "pkg"), { recursive: true });
if (fs.existsSync(path.join(root, "public"))) fs.cpSync(path.join(root, "public"), next, { recursive: true });

const written = (stem, kind, bytes) => {
  const name = `${stem}.${hash(bytes).slice(0, 12)}.${kind}`;
  fs.writeFileSync(path.join(next, "pkg", name), bytes);
  return `/pkg/${name}`;
};
const { js, wasm: bare } = await bindgen(work);
const { main, ...others } = await sheets();
const manifest = {
  js: written("steward", "js", js),
  wasm: written("steward_bg", "wasm", bare),
  css: written("steward", "css", main),
  sheets: Object.fromEntries(Object.entries(others).map(([name, bytes]) => [name, written(name, "css", bytes)])),
  modules: await modules(path.join(next, "pkg")),
};
if (!dev) filesIn(next).filter((file) => /\.(js|css|wasm|svg|ico|txt|json|webmanifest|xml|html)$/.test(file)).forEach(compress);
fs.writeFileSync(path.join(next, "pkg/manifest.json"), JSON.stringify(manifest, null, 2) + "\n");

fs.rmSync(stamp, { force: true });
fs.rmSync(site, { recursive: true, force: true });
fs.renameSync(next, site);
fs.rmSync(work, { recursive: true, force: true });
fs.writeFileSync(stamp, print);

const kib = (file) => (fs.existsSync(file) ? `${(fs.statSync(file).size / 1024).toFixed(1)} KiB` : "-");
for (const file of Object.values(manifest).flatMap((of) => (typeof of === "string" ? of : Object.values(of)))) {
  const full = path.join(site, file);
  say(`  ${file}: ${kib(full)}, brotli ${kib(`${full}.br`)}, gzip ${kib(`${full}.gz`)}`);
}
