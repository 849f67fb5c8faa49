// People at one instance and at three, side by side: both stand at the same time and are used in turns, so
// that a machine which drifts disturbs both alike. Behind nginx, on PostgreSQL, for as long as STEWARD_SOAK_SECONDS says.
import fs from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";

import { processorTime } from "./bench-steward.mjs";
import { failed, percentile, reasons } from "./faults-seen.mjs";
import { Many, pause } from "./many.mjs";
import { People } from "./many-people.mjs";

/** Seconds of load at each, and people. */
export const SECONDS = Number(process.env.STEWARD_SOAK_SECONDS ?? 60);
const PEOPLE = Number(process.env.STEWARD_SOAK_PEOPLE ?? 300);
/** Seconds of a turn. */
const TURN = 20;
/** Milliseconds between two questions to the sandbox itself. */
const PACE = 200;
/** By how much an instance may grow, in bytes, and its open files. */
const GROWTH = 40_000_000;
const FILES = 150;
const COUNTS = [1, 3];

const fixed = (value, digits = 0) => value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const mb = (bytes) => `${fixed(bytes / 1e6)} MB`;

/** Open files of a process, and those of them that are sockets. */
function files(pid) {
  const dir = `/proc/${pid}/fd`;
  const links = fs.readdirSync(dir).map((fd) => {
    try {
      return fs.readlinkSync(path.join(dir, fd));
    } catch {
      return "";
    }
  });
  return { files: links.length, sockets: links.filter((link) => link.startsWith("socket:")).length };
}

/** Processor time in seconds of a process, of those that it has started, and of those of them that have ended. */
function cpuOfAll(pid) {
  let seconds = 0;
  for (const entry of fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const { parent, own, ended } = processorTime(entry);
      if (Number(entry) === pid) seconds += own + ended;
      else if (parent === pid) seconds += own;
    } catch {
      // It has ended meanwhile.
    }
  }
  return seconds;
}

/** Asks the sandbox itself all the time; gives the milliseconds that it took when it is told to end. */
function upstream({ sandbox }, { all }) {
  const events = [];
  let busy = true;
  const asking = (async () => {
    for (let at = 0; busy; at++) {
      const { person } = all[at % all.length];
      const began = performance.now();
      const answer = await fetch(`${sandbox}/v1/projects`, { headers: { authorization: `Bearer ${person.pat}` } });
      await answer.arrayBuffer();
      events.push({ began, ended: performance.now() });
      await pause(PACE);
    }
  })();
  return async () => {
    busy = false;
    await asking;
    return events;
  };
}

const looks = ({ instances }) => instances.map(({ steward }) => ({ memory: steward.memory().now, ...files(steward.child.pid) }));

class Side {
  static async start(binary, dir, count) {
    const side = new Side();
    side.many = await Many.start(binary, path.join(dir, `soak-${count}`), count);
    Object.assign(side, { count, events: [], upstream: [], seconds: 0, cpu: 0, database: 0 });
    return side;
  }

  async signIn() {
    this.people = await People.signIn(this.many.url, this.many.sandbox, PEOPLE);
  }

  #cpu() {
    const own = this.many.instances.reduce((all, { steward }) => all + steward.cpu(), 0);
    return { own, database: cpuOfAll(this.many.postgres.child.pid) };
  }

  async turn(seconds) {
    const [cpu, began, finish] = [this.#cpu(), performance.now(), upstream(this.many, this.people)];
    this.people.work();
    await pause(seconds * 1000);
    const events = await this.people.rest();
    this.upstream.push(...(await finish()));
    this.events.push(...events);
    this.seconds += (performance.now() - began) / 1000;
    const now = this.#cpu();
    this.cpu += now.own - cpu.own;
    this.database += now.database - cpu.database;
    for (const { steward } of this.many.instances) steward.forgetLog();
  }

  /** Forgets what was measured: of a warm-up. */
  async begin() {
    Object.assign(this, { events: [], upstream: [], seconds: 0, cpu: 0, database: 0, before: looks(this.many) });
    this.calls = (await this.people.counted()).calls;
  }

  async end() {
    this.after = looks(this.many);
    this.calls = (await this.people.counted()).calls - this.calls;
  }
}

/** Prints what both took; `missed` takes what was not kept. */
export async function soak(binary, dir, missed) {
  const sides = [];
  try {
    for (const count of COUNTS) sides.push(await Side.start(binary, dir, count));
    for (const side of sides) await side.signIn();
    for (const side of sides) await side.turn(TURN / 2);
    for (const side of sides) await side.begin();
    for (let left = SECONDS; left > 0; left -= TURN) for (const side of sides) await side.turn(Math.min(TURN, left));
    for (const side of sides) await side.end();
    tell(sides, missed);
  } finally {
    await Promise.all(sides.map(({ many }) => many.stop()));
  }
}

function tell(sides, missed) {
  console.log(`\n${PEOPLE} people at 1 and at 3 instances behind nginx on PostgreSQL, in turns of ${TURN} s, ${SECONDS} s each; all on this machine.`);
  const row = (name, cells) => console.log([name.padEnd(38), ...cells.map((cell) => String(cell).padStart(26))].join(""));
  const figure = (name, of, digits = 0) => {
    const values = sides.map(of);
    row(name, [...values.map((value) => fixed(value, digits)), `${fixed(values[1] / values[0], 2)} : 1`]);
  };
  row("", ["1 instance", "3 instances", "3 : 1"]);
  figure("requests", ({ events }) => events.length);
  row("failed", [...sides.map(({ events }) => failed(events).length), ""]);
  figure("requests/s", ({ events, seconds }) => events.length / seconds, 1);
  figure("p50 ms", ({ events }) => percentile(events, 0.5), 1);
  figure("p99 ms", ({ events }) => percentile(events, 0.99), 1);
  figure("… of the sandbox itself, p50 ms", ({ upstream }) => percentile(upstream, 0.5), 1);
  figure("… of the sandbox itself, p99 ms", ({ upstream }) => percentile(upstream, 0.99), 1);
  figure("CPU ms a request, instances", ({ cpu, events }) => (cpu * 1000) / events.length, 2);
  figure("CPU ms a request, PostgreSQL", ({ database, events }) => (database * 1000) / events.length, 2);
  figure("calls to Supabase a request", ({ calls, events }) => calls / events.length, 2);
  const span = (of) => ({ before, after }) => before.map((one, at) => `${of(one)}–${of(after[at])}`).join(", ");
  row("memory of each, MB", [...sides.map(span(({ memory }) => fixed(memory / 1e6))), ""]);
  row("open files of each", [...sides.map(span(({ files }) => files)), ""]);
  row("… of them sockets", [...sides.map(span(({ sockets }) => sockets)), ""]);
  for (const { count, events, before, after } of sides) {
    if (failed(events).length) missed.push(`${count} instances: ${failed(events).length} requests failed: ${reasons(failed(events))}`);
    for (const [at, { memory, files }] of after.entries()) {
      if (memory - before[at].memory > GROWTH) missed.push(`an instance of ${count} has grown by ${mb(memory - before[at].memory)}`);
      if (files - before[at].files > FILES) missed.push(`an instance of ${count} has opened ${files - before[at].files} files`);
    }
  }
}
