// bench.mjs <binary>: measures the release build and prints what it measured. Every figure is of this run.
//
// The load: so many keep-alive connections, each with one request at a time (a closed loop, so latencies include the
// queue in front of the server), from one Node process on the same machine. The cases take turns, round after round,
// so that a machine which drifts disturbs all of them alike; what is printed is the median of the rounds. The projects
// page is asked for by somebody who signed in through the sandbox's OAuth, and every answer must hold every project.
// It exits with 1 if an answer was wrong or an aim was missed.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";

import { fetchOnce, get, load, text } from "./bench-load.mjs";
import { browser } from "./bench-browser.mjs";
import { deployment } from "./bench-deploy.mjs";
import { commandMenu, pages } from "./bench-pages.mjs";
import { SECONDS as SOAK, soak } from "./bench-soak.mjs";
import { Steward } from "./bench-steward.mjs";
import { whole } from "./whole.mjs";

const PROJECTS = 100;
const CONNECTIONS = 16;
const ROUNDS = 5;
/** Seconds of load per case and round; the first round comes after a warm-up of the same length. */
const SECONDS = { many: 2.5, one: 1.5 };
/** Answers per case and round, at most. */
const MOST = 300_000;
/** What the upstream calls are slowed by, in milliseconds. */
const SLOW = 2_000;
/** Every browser says so; without it the page is drawn but not compressed. */
const COMPRESSED = { "accept-encoding": "gzip, deflate, br" };
const AIMS = { firstLoad: 180_000, frame: 100, complete: SLOW + 500 };
/** Every page is looked at by people of its own, and all of them sign in from one address. */
const MANY = { STEWARD_SIGN_INS_A_MINUTE: "100000" };
/** The whole run, in milliseconds, if something hangs. */
const AT_MOST = 12 * 60_000 + 3_000 * SOAK;

const binary = process.argv[2];
const dir = fs.mkdtempSync(path.join(os.tmpdir(), "steward-bench-"));
const missed = [];
let steward;

function aim(name, value, most) {
  if (value <= most) return "ok";
  missed.push(name);
  return "MISSED";
}

const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
};
const row = (cells) => console.log(cells.map((cell, at) => (at ? String(cell).padStart(14) : String(cell).padEnd(34))).join(""));
const number = (value, digits = 0) => value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const bytes = (count) => `${number(count)} bytes (${count < 1e6 ? `${number(count / 1e3, 1)} KB` : `${number(count / 1e6, 1)} MB`})`;
const line = (name, value) => console.log(`${name.padEnd(34)}  ${value}`);

/** Throws unless the answer is the page with all the world's projects, in the order of their names. */
function projectsPage(world) {
  const links = world.projects.map((project) => Buffer.from(`href="/projects/${project.ref}"`));
  return (answer) => {
    const html = text(answer);
    if (answer.status !== 200) throw new Error(`the projects page answered ${answer.status}: ${html.toString().slice(0, 300)}`);
    let at = 0;
    for (const link of links) {
      at = html.indexOf(link, at);
      if (at < 0) throw new Error(`the projects page lacks ${link} or has it out of order: …${html.toString().slice(-500)}`);
    }
  };
}

function healthz({ status, body }) {
  if (status !== 200 || body.toString() !== "ok\n") throw new Error(`/healthz answered ${status}: ${body.toString().slice(0, 100)}`);
}

/** Ticks that all processors were busy, in seconds. */
function machineBusy() {
  const [user, nice, system, , , irq, softirq] = fs.readFileSync("/proc/stat", "utf8").split("\n")[0].split(/\s+/).slice(1).map(Number);
  return (user + nice + system + irq + softirq) / 100;
}

async function measure(kase) {
  const [server, client, began] = [steward.cpu(), process.cpuUsage(), performance.now()];
  const round = await load(steward.url, kase.request, kase);
  const used = process.cpuUsage(client);
  kase.rounds.push({
    ...round,
    serverCpu: ((steward.cpu() - server) * 1000) / round.count,
    clientCpu: (used.user + used.system) / 1000 / (performance.now() - began),
  });
  steward.forgetLog();
}

async function throughput() {
  const world = await steward.world(PROJECTS);
  if (world.projects.length !== PROJECTS) throw new Error(`the world has ${world.projects.length} projects`);
  const cookie = await steward.signIn(world);
  const headers = { accept: "text/html", cookie };
  const page = { request: get(steward.url, "/projects", headers), check: projectsPage(world) };
  const packed = { ...page, request: get(steward.url, "/projects", { ...headers, ...COMPRESSED }) };
  const health = { request: get(steward.url, "/healthz"), check: healthz };
  const kase = (name, what, connections) => ({
    ...what, connections, most: MOST, rounds: [], seconds: connections > 1 ? SECONDS.many : SECONDS.one,
    name: `${name}, ${connections} connection${connections > 1 ? "s" : ""}`,
  });
  const demo = await steward.world();
  const known = await steward.signIn(demo);
  const project = demo.projects.find(({ name }) => name === "Note G").ref;
  const branch = demo.projects.find(({ name }) => name === "carry-lookahead").ref;
  const shows = (path, words) => ({
    request: get(steward.url, path, { accept: "text/html", cookie: known }),
    check: (answer) => {
      if (answer.status !== 200 || !text(answer).includes(words)) throw new Error(`${path} answered ${answer.status} without "${words}"`);
    },
  });
  const cases = [
    kase("projects page", page, CONNECTIONS), kase("… in gzip", packed, CONNECTIONS), kase("/healthz", health, CONNECTIONS),
    kase("projects page", page, 1), kase("/healthz", health, 1),
    kase("a branch", shows(`/projects/${project}/branches/${branch}`, `db.${branch}.supabase.localhost`), 1),
    kase("auth settings (235)", shows(`/projects/${project}/settings/auth`, "mailer_autoconfirm"), 1),
  ];
  for (const warm of cases.slice(0, 3)) await measure(warm);
  for (const { rounds } of cases) rounds.length = 0;

  const [machine, own, client, began] = [machineBusy(), steward.cpu(), process.cpuUsage(), performance.now()];
  for (let round = 0; round < ROUNDS; round++) for (const each of cases) await measure(each);
  const used = process.cpuUsage(client);
  const others = machineBusy() - machine - (steward.cpu() - own) - (used.user + used.system) / 1e6;
  const share = others / ((performance.now() - began) / 1000) / os.cpus().length;

  console.log(`\nLoad: ${ROUNDS} rounds, in turn, after a warm-up; ${SECONDS.many} s a round (1 connection: ${SECONDS.one} s). Medians.`);
  row(["", "requests/s", "p50 ms", "p99 ms", "server CPU ms", "client CPU %"]);
  for (const { name, rounds } of cases) {
    const of = (figure) => median(rounds.map((round) => round[figure]));
    row([name, number(of("perSecond"), 1), number(of("p50"), 2), number(of("p99"), 2), number(of("serverCpu"), 3), number(of("clientCpu") * 100)]);
  }
  // Of each round by itself, then the median: neighbours in time saw the same machine.
  const ratio = (one, other, figure) => number(median(one.rounds.map((round, at) => round[figure] / other.rounds[at][figure])), 1);
  const [pages, inGzip, healths] = cases;
  row(["/healthz : projects page", `${ratio(healths, pages, "perSecond")} : 1`, "", "", `1 : ${ratio(pages, healths, "serverCpu")}`]);
  row(["/healthz : … in gzip", `${ratio(healths, inGzip, "perSecond")} : 1`, "", "", `1 : ${ratio(inGzip, healths, "serverCpu")}`]);
  line("answers checked", number(cases.flatMap(({ rounds }) => rounds).reduce((sum, { count }) => sum + count, 0)));
  const calls = Object.entries((await steward.content(world)).counters.calls).map(([operation, count]) => `${operation} ${count}`);
  line("calls that reached the sandbox", calls.join(", "));
  line("other programs on this machine", `${number(Math.max(0, share) * 100)} % of its processors${share > 0.1 ? ": THE FIGURES ABOVE ARE DISTURBED" : ""}`);
  return { page, packed };
}

/** The page and the three files it loads, as a browser gets them. */
async function sizes({ page, packed }) {
  const plain = await fetchOnce(steward.url, page.request);
  page.check(plain);
  const sent = await fetchOnce(steward.url, packed.request);
  const encoding = /\r\ncontent-encoding: (\S+)/i.exec(sent.head)?.[1] ?? "not compressed";
  console.log("\nSizes: KB are 1,000 bytes; files as served to a browser that takes brotli.");
  line(`HTML of the projects page (${PROJECTS})`, `${bytes(plain.body.length)}, sent as ${number(sent.body.length)} (${encoding})`);

  const files = [...new Set(plain.body.toString().match(/\/pkg\/[\w.-]+\.(?:js|wasm|css)/g))];
  let sum = 0;
  for (const kind of ["wasm", "js", "css"]) {
    const [file, ...more] = files.filter((file) => file.endsWith(`.${kind}`));
    if (!file || more.length) throw new Error(`the page should load one .${kind} file; it loads: ${files.join(", ")}`);
    const { status, head, body } = await fetchOnce(steward.url, get(steward.url, file, COMPRESSED));
    if (status !== 200 || !/\r\ncontent-encoding: br\b/i.test(head) || !/\r\ncache-control: [^\r]*immutable/i.test(head)) {
      throw new Error(`${file} should be served as brotli and immutable:\n${head}`);
    }
    line(`${kind === "wasm" ? "WASM" : kind === "js" ? "JavaScript" : "CSS"}, brotli`, bytes(body.length));
    sum += body.length;
  }
  line("first load, brotli", `${bytes(sum)} of ${number(AIMS.firstLoad / 1000)} KB: ${aim("first load", sum, AIMS.firstLoad)}`);
}

/** The first view of the projects page while every upstream call is late; each time by somebody new, so from no cache. */
async function slowUpstream() {
  const views = [];
  for (let view = 0; view < 3; view++) {
    const world = await steward.world(PROJECTS);
    const cookie = await steward.signIn(world);
    await steward.fault(world, { operation: "*", kind: "slow", ms: SLOW });
    const seen = {};
    const request = get(steward.url, "/projects", { accept: "text/html", cookie, ...COMPRESSED });
    const answer = await fetchOnce(steward.url, request, (part, milliseconds) => {
      seen.first ??= milliseconds;
      const html = text(part);
      if (html.includes("<h1") && html.includes('class="skeleton"')) seen.frame ??= milliseconds;
      seen.complete = milliseconds;
    });
    projectsPage(world)(answer);
    if (seen.frame === undefined) throw new Error("the page came without a heading and a skeleton");
    views.push(seen);
  }
  const [first, frame, complete] = ["first", "frame", "complete"].map((name) => median(views.map((view) => view[name])));
  console.log(`\nUpstream slower by ${SLOW / 1000} s: a first view of the projects page, median of ${views.length}.`);
  line("first byte", `${number(first, 1)} ms`);
  line("menu, heading and skeleton", `${number(frame, 1)} ms of ${AIMS.frame} ms: ${aim("time to the frame", frame, AIMS.frame)}`);
  line("complete, all projects", `${number(complete, 1)} ms of ${number(AIMS.complete)} ms: ${aim("time to the whole page", complete, AIMS.complete)}`);
}

async function run() {
  const cpus = os.cpus();
  console.log(`${cpus.length} x ${cpus[0].model.trim()}, ${os.type()} ${os.release()}, Node ${process.versions.node}; load generator and server on the same machine`);

  steward = await Steward.start(binary, dir, MANY);
  const firstStart = steward.startedIn;
  await steward.stop();
  steward = await Steward.start(binary, dir, MANY);
  const fresh = steward.memory();

  const loads = await throughput();
  await sizes(loads);
  await slowUpstream();
  await pages(steward, binary);
  await commandMenu(steward);
  await browser(steward);
  await deployment(steward, binary, dir, aim);

  const loaded = steward.memory();
  await steward.stop();
  // PostgreSQL runs as somebody else, who must get there.
  fs.chmodSync(dir, 0o711);
  await soak(binary, dir, missed);
  console.log("\nThe process: console and sandbox together.");
  line("binary, with the site in it", bytes(fs.statSync(binary).size));
  line("from start to /healthz", `${number(firstStart, 1)} ms with an empty data directory, ${number(steward.startedIn, 1)} ms after that`);
  const mb = (count) => `${number(count / 1e6, 1)} MB`;
  line("resident memory", `${mb(fresh.now)} after the start, ${mb(loaded.now)} after the load, at most ${mb(loaded.most)}`);
}

async function clean() {
  await steward?.stop();
  fs.rmSync(dir, { recursive: true, force: true });
}

await whole({ run, clean, wrong: missed, atMost: AT_MOST });
