// People who use a console, each at their own pace: they read, and now and then rename a project of theirs. Every answer is
// looked at, and every new name is remembered, so that it can be asked afterwards what became of it.
import http from "node:http";
import { performance } from "node:perf_hooks";

import { control, signIn } from "./bench-steward.mjs";
import { RENAME } from "./many.mjs";

/** People of one world, and those of them who may rename projects: its first. The sandbox keeps 200 worlds. */
const IN_A_WORLD = 3;
const RENAMERS = 2;
/** Seconds between an answer and the next request, on average. */
const THINKS = 3;
/** Of so many requests one is a change. */
const CHANGES = 6;
/** A request without an answer for so long has failed, in milliseconds. */
const PATIENCE = 40_000;

export class People {
  /** Signs `count` people in at `url`, in as many worlds of the sandbox as it takes. */
  static async signIn(url, sandbox, count) {
    const people = new People();
    Object.assign(people, { url, sandbox, worlds: [], all: [], events: [], names: new Map(), next: 0, busy: false });
    people.agent = new http.Agent({ keepAlive: true, maxSockets: Infinity });
    for (let at = 0; at < count / IN_A_WORLD; at++) {
      people.worlds.push(await control(sandbox, "POST", "", { grant: "all", projects: 3, rate_limit: 1_000_000 }));
    }
    const waiting = people.worlds.flatMap((world) => world.people.slice(0, IN_A_WORLD).map((person, at) => ({ world, person, project: world.projects[at].ref, renames: at < RENAMERS }))).slice(0, count);
    await Promise.all(Array.from({ length: 8 }, async () => {
      for (let one = waiting.pop(); one; one = waiting.pop()) {
        people.all.push({ ...one, cookie: await signIn(url, sandbox, one.world, one.person) });
      }
    }));
    return people;
  }

  /** How many of them are of `world`. */
  of(world) {
    return this.all.filter((one) => one.world === world).length;
  }

  /** They begin to work; until `rest`. */
  work(thinks = THINKS) {
    this.busy = true;
    this.events = [];
    for (const one of this.all) one.changes = one.renames;
    this.working = Promise.all(this.all.map((one) => this.#live(one, thinks)));
  }

  /** They stop, and what they wait for is awaited. Gives what has happened since they began. */
  async rest() {
    this.busy = false;
    await this.working;
    return this.events;
  }

  async #live(one, thinks) {
    const wait = () => new Promise((resolve) => setTimeout(resolve, thinks * 1000 * (0.5 + Math.random())));
    await new Promise((resolve) => setTimeout(resolve, thinks * 1000 * Math.random()));
    while (this.busy) {
      if (one.changes && Math.random() * CHANGES < 1) await this.#rename(one);
      // Two at once, as a browser does: they meet at two instances.
      else await Promise.all([this.#read(one, "/projects"), this.#read(one, "/organizations")]);
      if (this.busy) await wait();
    }
  }

  /** One read at an instance itself; it is none of the events. */
  ask(one, url) {
    return this.#read(one, "/projects", { url });
  }

  #read(one, path, elsewhere) {
    const wanted = path === "/projects" ? one.world.projects[0].ref : one.world.organizations[0].slug;
    return this.#ask(one, "read", "GET", path, null, ({ status, text }) => status === 200 && text.includes(`/${wanted}`) && !text.includes("error-title"), elsewhere);
  }

  async #rename(one) {
    const name = `Name ${++this.next}`;
    this.names.set(name, "sent");
    const fields = { ref: one.project, name, _back: `/projects/${one.project}/settings` };
    const event = await this.#ask(one, "change", "POST", `/do/${RENAME}`, fields, ({ status, location }) => status === 303 && /[?&]notice=/.test(location ?? ""));
    this.names.set(name, event.ok ? "done" : "failed");
    // So that the project has this name still when it is asked what became of it.
    one.changes = event.ok;
  }

  /** One request; what happened is an event: times in milliseconds of `performance`, `by` the ports that nginx has asked. */
  #ask(one, kind, method, path, fields, right, elsewhere) {
    const { hostname, port } = new URL(elsewhere?.url ?? this.url);
    const body = fields && new URLSearchParams(fields).toString();
    const headers = { accept: "text/html", cookie: one.cookie };
    if (body) Object.assign(headers, { "content-type": "application/x-www-form-urlencoded", "content-length": Buffer.byteLength(body), "sec-fetch-site": "same-origin" });
    const began = performance.now();
    return new Promise((resolve) => {
      const end = ({ status = 0, text = "", location, by = "", broken = null }) => {
        const ok = !broken && right({ status, text, location });
        const event = { one, kind, began, ended: performance.now(), status, ok, by, said: ok ? "" : broken ?? said(status, text) };
        if (!elsewhere) this.events.push(event);
        resolve(event);
      };
      const request = http.request({ hostname, port, method, path, headers, agent: this.agent }, (answer) => {
        const parts = [];
        const told = { status: answer.statusCode, location: answer.headers.location, by: answer.headers["x-answered-by"] ?? "" };
        answer.on("data", (part) => parts.push(part));
        answer.on("error", () => {});
        answer.on("close", () => end({ ...told, text: Buffer.concat(parts).toString(), broken: answer.complete ? null : "broken off" }));
      });
      request.setTimeout(PATIENCE, () => request.destroy(new Error("no answer")));
      request.on("error", (error) => end({ broken: error.message }));
      request.end(body);
    });
  }

  /** All access tokens end now: who goes on has to have theirs renewed. */
  async expireTokens() {
    await Promise.all(this.worlds.map(({ id }) => control(this.sandbox, "POST", `/${id}/tokens/expire`)));
  }

  /** What the sandbox has seen of all of them: `calls`, `refreshes` by world, and the `names` that projects have. */
  async counted() {
    const contents = await Promise.all(this.worlds.map(({ id }) => control(this.sandbox, "GET", `/${id}`)));
    const calls = contents.flatMap(({ counters }) => Object.values(counters.calls));
    return {
      calls: calls.reduce((all, count) => all + count, 0),
      refreshes: contents.map(({ counters }) => counters.refreshes),
      names: new Set(contents.flatMap(({ projects }) => projects.map(({ name }) => name))),
    };
  }
}

/** What a page says went wrong: in what stands where its contents should be, with its form, or as its heading. */
function said(status, text) {
  const alert = /role="alert"[^>]*>([\s\S]{0,1500})/.exec(text)?.[1];
  const words = alert ?? /<h1[^>]*>([\s\S]{0,300})/.exec(text)?.[1] ?? /<title>([^<]*)/.exec(text)?.[1] ?? "";
  return `${status} ${words.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim().slice(0, 120)}`.trim();
}
