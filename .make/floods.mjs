// floods.mjs <binary>: what strangers, and people who are signed in, can make a Steward take of memory, database and time.
//
// Every flood is bounded, and goes to processes that this script has started itself, on loopback addresses. The figures
// are memory (/proc/<pid>/status; the peak is set back before each flood) and the size of the database with its log.
// It exits with 1 only if a flood could not be made: whether the figures are good is for people to say.
import fs from "node:fs";
import http from "node:http";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";

import { Steward } from "./bench-steward.mjs";
import { whole } from "./whole.mjs";

const HALF_OPEN = 300;
/** How long half-open requests are held, in milliseconds. */
const HELD = 15_000;
const SIGN_INS = 2_000;
const LARGE_REQUESTS = 500;
/** A little less than a form may hold. */
const MEGABYTE = "x".repeat(1_000_000);
const LARGE_ANSWERS = 8;
/** Bytes of a large answer: many small values, which take the most room as values. */
const ANSWER = 5_000_000;
/** Requests at once, where there are many. */
const AT_ONCE = 20;
/** The whole run, in milliseconds, if something hangs. */
const AT_MOST = 5 * 60_000;

const binary = process.argv[2];
const dir = fs.mkdtempSync(path.join(os.tmpdir(), "steward-floods-"));
const started = [];
let upstream;

const number = (value, digits = 0) => value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const mb = (count) => `${number(count / 1e6, 1)} MB`;
const line = (name, value) => console.log(`  ${name.padEnd(34)}  ${value}`);
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function start(name, settings) {
  const steward = await Steward.start(binary, path.join(dir, name), settings);
  started.push(steward);
  steward.database = path.join(dir, name, "data", "steward.db");
  return steward;
}

/** Bytes of the database and its log. */
function databaseBytes({ database }) {
  const size = (file) => fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return size(database) + size(`${database}-wal`);
}

/** Rows by table, where this Node can read the file. */
async function rows({ database }) {
  const sqlite = await import("node:sqlite").catch(() => null);
  if (!sqlite) return null;
  const reader = new sqlite.DatabaseSync(database, { readOnly: true });
  const count = (table) => reader.prepare(`SELECT count(*) AS n FROM ${table}`).get().n;
  const found = Object.fromEntries(["sessions", "accounts", "sign_ins", "notices", "audit"].map((table) => [table, count(table)]));
  reader.close();
  return found;
}

/** Runs a flood and prints what it has taken. */
async function measured(title, steward, flood) {
  console.log(`\n${title}`);
  // Sets the peak back to what is resident now.
  fs.writeFileSync(`/proc/${steward.child.pid}/clear_refs`, "5");
  const before = { memory: steward.memory(), bytes: databaseBytes(steward), rows: await rows(steward) };
  const began = performance.now();
  await flood();
  const memory = steward.memory();
  line("took", `${number((performance.now() - began) / 1000, 1)} s`);
  line("resident memory", `${mb(before.memory.now)} before, ${mb(memory.now)} after, at most ${mb(memory.most)}`);
  line("database", `grew by ${number((databaseBytes(steward) - before.bytes) / 1000)} KB`);
  const after = await rows(steward);
  if (after) {
    const grown = Object.keys(after).filter((table) => after[table] !== before.rows[table]);
    line("rows", grown.map((table) => `${table} ${number(before.rows[table])} to ${number(after[table])}`).join(", ") || "none more");
  }
}

/** Sends a request and gives its status; 0 where the connection broke off, as it does when too much is refused. */
function send(origin, { method = "GET", target = "/", headers = {}, body }) {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve) => {
    const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    const request = http.request({ hostname, port, method, path: target, headers: { accept: "text/html", ...headers, ...length }, agent: false }, (answer) => {
      let size = 0;
      answer.on("data", (part) => (size += part.length));
      answer.on("close", () => resolve({ status: answer.statusCode, location: answer.headers.location, cookies: answer.headers["set-cookie"] ?? [], size, whole: answer.complete }));
    });
    request.setTimeout(60_000, () => request.destroy());
    request.on("error", () => resolve({ status: 0, cookies: [], size: 0, whole: false }));
    request.end(body);
  });
}

function form(fields) {
  return { headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" }, body: new URLSearchParams(fields).toString() };
}

/** The explorer's form is one of parts. */
function parts(fields) {
  const boundary = "----steward-floods";
  const body = Object.entries(fields).map(([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  return { headers: { "content-type": `multipart/form-data; boundary=${boundary}`, "sec-fetch-site": "same-origin" }, body: `${body.join("")}--${boundary}--\r\n` };
}

/** Does `one(n)` for each number below `count`, so many at once, and counts what they give. */
async function many(count, one) {
  const counts = new Map();
  let next = 0;
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (next < count) {
      const what = await one(next++);
      counts.set(what, (counts.get(what) ?? 0) + 1);
    }
  }));
  return [...counts].sort((a, b) => b[1] - a[1]).map(([what, times]) => `${number(times)} × ${what}`).join(", ");
}

/** A session of somebody who signs in with a token; the cookie header. */
async function tokenSignIn(steward, token) {
  const { status, location, cookies } = await send(steward.url, { method: "POST", target: "/sign-in/token", ...merged(form({ token, return_to: "/projects" })) });
  if (status !== 303 || location !== "/projects") throw new Error(`the sign-in with a token gave ${status} ${location}`);
  return cookies.map((cookie) => cookie.split(";")[0]).join("; ");
}

const merged = ({ headers, body }, cookie) => ({ headers: cookie ? { ...headers, cookie } : headers, body });

/** A token of the form that Supabase gives; nobody's. */
const madeUp = (n) => `sbp_${n.toString(16).padStart(40, "0")}`;

async function halfOpen(steward) {
  const began = performance.now();
  const sockets = [];
  const closed = [];
  const { hostname, port } = new URL(steward.url);
  for (let n = 0; n < HALF_OPEN; n++) {
    const socket = net.connect({ host: hostname, port: Number(port) });
    socket.on("connect", () => socket.write("GET /sign-in HTTP/1.1\r\nhost: here\r\nx-slow: "));
    socket.on("error", () => {});
    socket.on("close", () => closed.push((performance.now() - began) / 1000));
    sockets.push(socket);
  }
  await pause(1000);
  const asked = performance.now();
  const { status } = await send(steward.url, { target: "/sign-in" });
  line("a new request meanwhile", `${status} after ${number(performance.now() - asked, 1)} ms`);
  await pause(HELD - (performance.now() - began));
  const cut = closed.length ? `the first after ${number(Math.min(...closed), 1)} s, the last after ${number(Math.max(...closed), 1)} s` : "none";
  line(`of ${HALF_OPEN}, cut within ${HELD / 1000} s`, `${closed.length}: ${cut}`);
  for (const socket of sockets) socket.destroy();
}

async function failedSignIns(steward) {
  const told = await many(SIGN_INS, async (n) => {
    const { status, location } = await send(steward.url, { method: "POST", target: "/sign-in/token", ...merged(form({ token: madeUp(n), return_to: "/" })) });
    return location ? `${status} ${location.split("&")[0]}` : status;
  });
  line(`of ${number(SIGN_INS)}`, told);
}

async function largeParameters(steward, cookie) {
  const kinds = [
    () => ({ target: `/projects/${MEGABYTE}` }),
    () => ({ target: `/explorer/v1-get-project?ref=${MEGABYTE}` }),
    () => ({ target: `/projects/${MEGABYTE.slice(0, 30_000)}` }),
    () => ({ method: "POST", target: "/do/v1-pause-a-project", ...form({ ref: MEGABYTE }) }),
    () => ({ method: "POST", target: "/do/v1-update-a-project", ...form({ ref: "a".repeat(20), name: MEGABYTE }) }),
    () => ({ method: "POST", target: "/do/v1-create-a-project", ...form({ organization_slug: MEGABYTE, name: "a", db_pass: "a", region: "eu-central-1" }) }),
    () => ({ method: "POST", target: "/explorer/v1-get-project", ...parts({ ref: MEGABYTE }) }),
    () => ({ method: "POST", target: "/explorer/v1-list-all-snippets", ...parts({ cursor: MEGABYTE }) }),
    () => ({ method: "POST", target: "/sign-in/start", ...form({ return_to: `/${MEGABYTE}` }) }),
  ];
  const told = await many(LARGE_REQUESTS, async (n) => {
    const request = kinds[n % kinds.length]();
    return (await send(steward.url, { ...request, headers: { ...request.headers, cookie } })).status || "broken off";
  });
  line(`of ${LARGE_REQUESTS}`, told);
}

/** An API whose list of projects is large, whoever asks. */
function largeApi() {
  const large = Buffer.from(`[${"1,".repeat(ANSWER / 2)}1]`);
  const server = http.createServer((request, answer) => {
    const body = request.url.startsWith("/v1/projects") ? large : Buffer.from("[]");
    answer.writeHead(200, { "content-type": "application/json", "content-length": body.length });
    answer.end(body);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

async function largeAnswers(steward, people, more) {
  const one = async (cookie) => {
    const request = parts({ ...more });
    return send(steward.url, { method: "POST", target: "/explorer/v1-list-all-projects", headers: { ...request.headers, cookie }, body: request.body });
  };
  const answers = await Promise.all(people.map(one));
  line(`of ${people.length}`, answers.map(({ status, size, whole }) => `${status} with ${mb(size)}${whole ? "" : ", broken off"}`).join(", "));
}

async function run() {
  const cpus = os.cpus();
  console.log(`${cpus.length} x ${cpus[0].model.trim()}, ${os.type()} ${os.release()}, Node ${process.versions.node}; floods and server on the same machine`);
  const steward = await start("console");
  const cookie = await steward.signIn(await steward.world(3));
  await measured(`1. ${HALF_OPEN} requests that stop in the middle of their head`, steward, () => halfOpen(steward));
  await measured(`2. ${LARGE_REQUESTS} requests with parameters of a megabyte, from somebody who is signed in`, steward, () => largeParameters(steward, cookie));
  await measured(`3. ${number(SIGN_INS)} sign-ins with tokens that nobody has`, steward, () => failedSignIns(steward));

  upstream = await largeApi();
  const other = await start("large", { SUPABASE_API_URL: `http://127.0.0.1:${upstream.address().port}`, STEWARD_PAT_SIGN_IN: "on" });
  const people = [];
  for (let n = 0; n < LARGE_ANSWERS; n++) people.push(await tokenSignIn(other, madeUp(n + 1)));
  await measured(`4. ${LARGE_ANSWERS} answers of ${mb(ANSWER)} in the explorer at once`, other, () => largeAnswers(other, people, {}));
  await pause(6_000);
  await measured(`5. the same as files (a build without downloads shows them as pages)`, other, () => largeAnswers(other, people, { _download: "1" }));
}

async function clean() {
  await Promise.all(started.map((steward) => steward.stop()));
  upstream?.closeAllConnections();
  upstream?.close();
  fs.rmSync(dir, { recursive: true, force: true });
}

await whole({ run, clean, wrong: [], atMost: AT_MOST });
