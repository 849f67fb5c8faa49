// Several instances on one PostgreSQL behind nginx, all of them on loopback and of this program: what faults and soak are
// tried on. nginx runs as the example in server/packages/ has it.
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { randomBytes } from "node:crypto";

import { Steward } from "./bench-steward.mjs";
import { freePort, Postgres } from "./many-postgres.mjs";
import { Relay } from "./many-relay.mjs";

const ROOT = path.dirname(import.meta.dirname);
/** The sandbox's own OAuth app: server/sandbox/src/settings.rs. */
const APP = { SUPABASE_CLIENT_ID: "5eed0a11-0000-4000-8000-57e1a4d00001", SUPABASE_CLIENT_SECRET: "sba_5eed57e1a4d0c0ffee00000000000000000000d1" };

/** What people change. */
export const RENAME = "v1-update-a-project";

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Whether `condition()` comes true within so many seconds; how many it took, or null. */
export async function within(seconds, condition) {
  const began = performance.now();
  for (;;) {
    if (await condition()) return (performance.now() - began) / 1000;
    if (performance.now() - began > seconds * 1000) return null;
    await pause(100);
  }
}

function nginxProgram() {
  const places = [path.join(ROOT, ".tools/proxies/usr/sbin"), "/usr/sbin", ...(process.env.PATH ?? "").split(":")];
  const found = places.map((place) => path.join(place, "nginx")).find((file) => fs.existsSync(file));
  if (!found) throw new Error("there is no nginx; .make/proxies brings it where packages can be had");
  return found;
}

export class Many {
  /** `count` instances of `binary` with everything they need, in `dir`. `settings`: more of their environment; `databases`: where PostgreSQL lies. */
  static async start(binary, dir, count, { settings = {}, databases = path.join(dir, "postgres") } = {}) {
    const many = new Many();
    Object.assign(many, { binary, dir, settings, databases, instances: [], others: [] });
    try {
      await many.#start(count);
    } catch (error) {
      await many.stop();
      throw error;
    }
    return many;
  }

  async #start(count) {
    // PostgreSQL runs as somebody else, who must get there.
    fs.mkdirSync(this.dir, { recursive: true });
    fs.chmodSync(this.dir, 0o711);
    this.postgres = await Postgres.make(path.join(this.databases, "first"), { max_connections: 200 });
    this.relay = await Relay.to(this.postgres.port);
    await this.#sandbox();
    this.port = await freePort();
    this.url = `http://127.0.0.1:${this.port}`;
    this.key = randomBytes(32).toString("hex");
    for (let at = 0; at < count; at++) {
      this.instances.push({ at, port: await freePort(), steward: null });
      await this.begin(at);
    }
    await this.#nginx();
  }

  async #sandbox() {
    const port = await freePort();
    this.sandbox = `http://127.0.0.1:${port}`;
    const log = fs.openSync(path.join(this.dir, "sandbox.log"), "a");
    const env = { PATH: process.env.PATH, STEWARD_SANDBOX_ADDR: `127.0.0.1:${port}`, STEWARD_DATA_DIR: path.join(this.dir, "sandbox"), RUST_LOG: "warn" };
    this.upstream = spawn(this.binary, ["sandbox"], { env, stdio: ["ignore", log, log] });
    fs.closeSync(log);
    const up = await within(20, () => fetch(this.sandbox).then(() => true, () => false));
    if (up === null) throw new Error("the sandbox does not start");
  }

  async #nginx() {
    const dir = path.join(this.dir, "nginx");
    fs.mkdirSync(dir);
    const one = "server 127.0.0.1:3000 fail_timeout=2s;";
    const servers = this.instances.map(({ port }) => one.replace("3000", port)).join("\n    ");
    const example = fs.readFileSync(path.join(ROOT, "server/packages/nginx.conf"), "utf8")
      .replace(one, servers)
      .replace("listen 80;", `listen 127.0.0.1:${await freePort()};`)
      .replace("listen 443 ssl http2;", `listen 127.0.0.1:${this.port};`)
      // By which the people here know who has answered them.
      .replace("location / {", "location / {\n        add_header x-answered-by $upstream_addr always;")
      .split("\n").filter((line) => !line.trim().startsWith("ssl_")).join("\n");
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${dir}/${kind};`).join("\n");
    const file = path.join(dir, "nginx.conf");
    fs.writeFileSync(file, `daemon off; master_process off; error_log stderr; pid ${dir}/pid;
events { worker_connections 4096; }
http {
access_log off;
${temporary}
${example}
}
`);
    const log = fs.openSync(path.join(this.dir, "nginx.log"), "a");
    this.proxy = spawn(nginxProgram(), ["-p", dir, "-e", "stderr", "-c", file], { stdio: ["ignore", log, log] });
    fs.closeSync(log);
    const up = await within(10, () => fetch(`${this.url}/healthz`).then((answer) => answer.ok, () => false));
    if (up === null) throw new Error(`nginx does not lead to an instance:\n${fs.readFileSync(path.join(this.dir, "nginx.log"), "utf8").slice(-1500)}`);
  }

  /** Starts an instance, or starts it again, at the address that nginx knows. `more`: settings of this one alone. */
  async begin(at, more = {}) {
    const { env, dir } = this.#settings(at);
    this.instances[at].steward = await Steward.start(this.binary, dir, { ...env, ...more });
  }

  /** What an instance is started with, and its directory. */
  #settings(at) {
    const env = {
      ...APP,
      SUPABASE_API_URL: this.sandbox,
      STEWARD_ADDR: `127.0.0.1:${this.instances[at].port}`,
      STEWARD_PUBLIC_URL: this.url,
      STEWARD_DATABASE_URL: this.postgres.urlAt(this.relay.port),
      STEWARD_SECRET_KEY: this.key,
      STEWARD_TRUSTED_PROXY_HEADER: "x-forwarded-for",
      STEWARD_SIGN_INS_A_MINUTE: "1000000",
      RUST_LOG: "warn,server=info",
      ...this.settings,
    };
    return { env, dir: path.join(this.dir, `instance-${at}`) };
  }

  /** Ends one at once, as when its machine loses power. */
  async kill(at) {
    const { child } = this.instances[at].steward;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
  }

  /** The names that the audit holds of changes, and what came of each, as `steward audit export` tells them. */
  changes() {
    const { env, dir } = this.#settings(0);
    const lines = execFileSync(this.binary, ["audit", "export"], { env: { STEWARD_DATA_DIR: path.join(dir, "data"), ...env, RUST_LOG: "off" }, encoding: "utf8", maxBuffer: 1e9 });
    const calls = lines.split("\n").filter(Boolean).map((line) => JSON.parse(line));
    return new Map(calls.filter(({ operation }) => operation === RENAME).map(({ parameters, outcome }) => [parameters.name, outcome]));
  }

  /** The library that gives a program another time; undefined where it was not unpacked. */
  faketime() {
    const lib = path.join(ROOT, ".tools/proxies/usr/lib");
    if (!fs.existsSync(lib)) return undefined;
    const found = fs.readdirSync(lib, { recursive: true }).find((file) => path.basename(file) === "libfaketimeMT.so.1");
    return found && path.join(lib, found);
  }

  async stop() {
    this.proxy?.kill("SIGKILL");
    for (const { steward } of this.instances) steward?.child.kill("SIGCONT");
    await Promise.all(this.instances.map(({ steward }) => steward?.stop()));
    this.upstream?.kill("SIGKILL");
    this.relay?.close();
    await Promise.all([this.postgres, ...this.others].map((postgres) => postgres?.stop()));
  }
}
