// faults.mjs <binary> [fault...]: what befalls several instances, and what people notice of it.
//
// Three instances on one PostgreSQL behind nginx, and 200 people who use them; all of it is of this program, on loopback, in
// a directory that goes away with it. Each fault is tried in turn (or those that are named), and a table says what was
// seen, what was lost, and after how many seconds all was as before. It exits with 1 where something went wrong that must not.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";

import { FAULTS } from "./faults-list.mjs";
import { Many } from "./many.mjs";
import { People } from "./many-people.mjs";
import { whole } from "./whole.mjs";

const INSTANCES = 3;
const PEOPLE = Number(process.env.STEWARD_FAULTS_PEOPLE ?? 200);
/** The whole run, in milliseconds, if something hangs. */
const AT_MOST = 20 * 60_000;

const [binary, ...chosen] = process.argv.slice(2);
const dir = fs.mkdtempSync(path.join(os.tmpdir(), "steward-faults-"));
const wrong = [];
let many;

async function run() {
  const cpus = os.cpus();
  console.log(`${cpus.length} x ${cpus[0].model.trim()}, ${os.type()} ${os.release()}, Node ${process.versions.node}; everything on the same machine`);
  many = await Many.start(binary, dir, INSTANCES);
  const people = await People.signIn(many.url, many.sandbox, PEOPLE);
  console.log(`${INSTANCES} instances, ${PEOPLE} people are signed in after ${(performance.now() / 1000).toFixed(0)} s\n`);
  const faults = chosen.length ? chosen.map((name) => FAULTS.find((fault) => fault.name === name)) : FAULTS;
  if (faults.includes(undefined)) throw new Error(`faults are: ${FAULTS.map(({ name }) => name).join(", ")}`);
  const rows = [["fault", "seen", "lost", "recovered after"]];
  for (const { name, what, happens } of faults) {
    const { seen, lost, after, bad } = await happens({ many, people, dir });
    rows.push([what, seen, lost, after === null ? "never" : typeof after === "number" ? `${after.toFixed(1)} s` : after]);
    wrong.push(...bad.map((words) => `${name}: ${words}`));
    console.log(`${name}: ${seen}; lost: ${lost}; recovered after ${rows.at(-1)[3]}${bad.length ? `\n    WRONG: ${bad.join("\n    WRONG: ")}` : ""}`);
  }
  console.log(`\n${rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n").replace("\n", "\n|---|---|---|---|\n")}`);
}

async function clean() {
  await many?.stop();
  if (process.env.STEWARD_KEEP) console.log(`logs are in ${dir}`);
  else fs.rmSync(dir, { recursive: true, force: true });
}

await whole({ run, clean, wrong, atMost: AT_MOST });
