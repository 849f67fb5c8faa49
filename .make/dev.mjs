// Rebuilds both halves after a change and restarts the server. In a debug build the server reads target/site/
// from disk, so what the browser reloads is always what was just built.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";

const watched = ["app", "frontend", "server", "style", "public"];
const native = process.argv[2].split(" ");
let server;
let timer;

function run(command, ...args) {
  return spawnSync(command, args, { stdio: "inherit" }).status === 0;
}

function rebuild() {
  const began = Date.now();
  const built = run(".make/site", "--dev") && run("cargo", "build", ...native);
  console.log(built ? `rebuilt in ${((Date.now() - began) / 1000).toFixed(1)} s` : "not rebuilt: see above; the old server goes on");
  if (!built) return;
  const start = () => {
    server = spawn("target/debug/steward", { stdio: "inherit" });
  };
  // The port is free only when the old process has ended.
  if (server && server.exitCode === null && server.signalCode === null) {
    server.once("exit", start);
    server.kill("SIGTERM");
  } else start();
}

for (const folder of watched) {
  fs.watch(folder, { recursive: true }, (_event, name) => {
    // Editors write a file in several steps, and leave their own files beside it.
    if (!name || /(^|\/)\.|~$|\.sw.$|\.db/.test(name)) return;
    clearTimeout(timer);
    timer = setTimeout(rebuild, 200);
  });
}
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {
  server?.kill("SIGTERM");
  process.exit(0);
});
rebuild();
