// What befalls the database: it is away, another takes its place, its connections are all taken, its disk is full.
import fs from "node:fs";
import path from "node:path";
import { execFileSync } from "node:child_process";
import { performance } from "node:perf_hooks";

import { count, failed, Ledger, losses, reasons, recovered, repeats } from "./faults-seen.mjs";
import { Many, pause, within } from "./many.mjs";
import { People } from "./many-people.mjs";

const BEFORE = 4;
const AFTER = 8;
/** Seconds for which it is away, or every connection waits. */
const AWAY = 10;
/** Seconds after which everything must be as before: longer than Steward waits for an answer and for a connection, one after the other. */
const RECOVERS = 30;

/** Answers that need no database, from each instance all the time. */
function independent(many) {
  const asked = { all: 0, ok: 0 };
  const timer = setInterval(async () => {
    for (const { port } of many.instances) {
      for (const path of ["/healthz", "/robots.txt"]) {
        const answer = await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(3000) }).catch(() => null);
        asked.all++;
        if (answer?.ok) asked.ok++;
      }
    }
  }, 500);
  return () => {
    clearInterval(timer);
    return asked;
  };
}

/** Failures that do not say what is the matter. */
const silent = (events) => failed(events).filter(({ said }) => !/database|could not do this|audit/i.test(said));

/** Works while `strikes` and then `mends` happen. */
async function during({ many, people }, strikes, mends, after = AFTER) {
  const ledger = await Ledger.before(many, people);
  people.work();
  await pause(BEFORE * 1000);
  await people.expireTokens();
  await pause(400);
  const finish = independent(many);
  await strikes();
  await mends();
  const moment = performance.now();
  const { all, ok } = finish();
  await pause(after * 1000);
  const events = await people.rest();
  const told = await ledger.now();
  const { words, bad } = losses(told);
  const back = recovered(events, moment);
  const mute = silent(events);
  if (mute.length) bad.push(`${count(mute.length, "request")} failed without saying why: ${reasons(mute)}`);
  if (ok < all) bad.push(`${all - ok} of ${all} answers that need no database failed`);
  if (back === null || back > RECOVERS) bad.push(`it has not recovered within ${RECOVERS} s: ${reasons(failed(events))}`);
  const dead = many.postgres.number("SELECT count(*) FROM accounts WHERE dead");
  if (dead) bad.push(`${count(dead, "grant is", "grants are")} dead`);
  bad.push(...repeats(told));
  const seen = `${count(failed(events).length, "request")} of ${events.length.toLocaleString("en")} said that the database is away; ${ok} of ${all} that need none were answered; ${count(told.refreshes, "refresh", "refreshes")} of ${people.all.length} grants`;
  return { seen, lost: words, after: back, bad };
}

function away(stand) {
  const { relay, postgres } = stand.many;
  return during(stand, async () => {
    await relay.shut();
    await pause(AWAY * 1000);
  }, () => relay.lead(postgres.port));
}

/** The machine is gone without a word, and another takes its address. */
async function failover(stand) {
  const { many } = stand;
  const [first, second] = [many.postgres, await many.postgres.follower(path.join(many.databases, "second"))];
  many.others.push(first, second);
  return during(stand, async () => {
    await many.relay.silence();
    await many.relay.lead(1);
    await first.stop("SIGKILL");
    await pause(2_000);
  }, async () => {
    await second.promote();
    many.postgres = second;
    await many.relay.lead(second.port);
  }, RECOVERS + 5);
}

/** Somebody holds a table, so that every statement waits, and with them all connections. */
function exhausted(stand) {
  const { postgres } = stand.many;
  return during(stand, async () => {
    const holding = postgres.hold(`BEGIN; LOCK TABLE accounts, sessions IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(${AWAY}); COMMIT`);
    await holding;
  }, () => {});
}

/** A file system of so many megabytes; undefined where that is not allowed. */
function small(dir, megabytes) {
  fs.mkdirSync(dir, { recursive: true });
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=711`, "tmpfs", dir], { stdio: "ignore" });
  } catch {
    return undefined;
  }
  return {
    /** Fills it, but for what is left of a page. */
    fill() {
      const file = fs.openSync(path.join(dir, "filling"), "w");
      const block = Buffer.alloc(64 * 1024);
      try {
        for (;;) fs.writeSync(file, block);
      } catch (error) {
        if (error.code !== "ENOSPC") throw error;
      }
      fs.closeSync(file);
    },
    free: () => fs.rmSync(path.join(dir, "filling"), { force: true }),
    away: () => execFileSync("umount", ["-l", dir]),
  };
}

/** One instance whose database is on a disk that fills up; `options` are those of `Many.start`, by where that disk is. */
async function full({ many: { binary }, dir }, name, options) {
  const at = path.join(dir, `${name}-disk`);
  const disk = small(at, 160);
  if (!disk) return { seen: "not tried: only root makes a file system", lost: "nothing", after: "\u2013", bad: [] };
  let one;
  try {
    one = await Many.start(binary, path.join(dir, name), 1, options(at));
    const people = await People.signIn(one.url, one.sandbox, 8);
    const names = await people.counted();
    people.work(0.4);
    await pause(2_000);
    disk.fill();
    await pause(AWAY * 1000);
    disk.free();
    const moment = performance.now();
    await pause(AFTER * 1000);
    const events = await people.rest();
    const refused = events.filter(({ kind, ok }) => kind === "change" && !ok);
    const bad = [];
    const mute = silent(events);
    if (mute.length) bad.push(`${count(mute.length, "request")} failed without saying why: ${reasons(mute)}`);
    if (!refused.length) bad.push("no change was refused: the disk was not full");
    // What was refused was not sent; what was done is written down.
    const written = one.changes();
    const after = await people.counted();
    const sent = [...people.names].filter(([name]) => after.names.has(name) && !names.names.has(name) && !written.has(name));
    if (sent.length) bad.push(`${count(sent.length, "change")} reached the API and stand nowhere`);
    const lost = [...people.names].filter(([name, state]) => state === "done" && !written.has(name));
    if (lost.length) bad.push(`${count(lost.length, "change")} that were answered stand nowhere`);
    const back = recovered(events, moment);
    if (back === null || back > RECOVERS) bad.push(`it has not recovered within ${RECOVERS} s: ${reasons(failed(events).filter(({ ended }) => ended > moment))}`);
    const reads = events.filter(({ kind }) => kind === "read");
    const seen = `${count(refused.length, "change")} refused, and not sent; ${count(failed(reads).length, "read")} of ${reads.length} failed`;
    return { seen, lost: sent.length + lost.length ? count(sent.length + lost.length, "record") : "nothing", after: back, bad };
  } finally {
    await one?.stop();
    disk.away();
  }
}

export const ofDatabase = [
  { name: "away", what: `database away for ${AWAY} s`, happens: away },
  { name: "pool", what: `every connection taken for ${AWAY} s`, happens: exhausted },
  { name: "failover", what: "database gone without a word, another at its address", happens: failover },
  { name: "disk-sqlite", what: "full disk, SQLite", happens: (stand) => full(stand, "full-sqlite", (at) => ({ settings: { STEWARD_DATA_DIR: `${at}/data`, STEWARD_DATABASE_URL: `sqlite://${at}/data/steward.db` } })) },
  { name: "disk-postgres", what: "full disk, PostgreSQL", happens: (stand) => full(stand, "full-postgres", (at) => ({ databases: at })) },
];
