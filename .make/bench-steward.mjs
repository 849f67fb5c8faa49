// Starts and stops a Steward for the benchmark and the floods, asks its sandbox for worlds, and signs in the way a browser does.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";

/** Clock ticks per second in /proc/<pid>/stat: the same on every Linux that Rust and Node run on. */
const TICKS = 100;

export class Steward {
  /** Starts `binary` with its data in `dir` and waits until /healthz answers. Both its ports are free ones. `settings`: more of its environment. */
  static async start(binary, dir, settings = {}) {
    // A setting of the shell that `make bench` runs in must not point it at somebody's real console.
    const clean = Object.entries(process.env).filter(([name]) => !/^(STEWARD_|SUPABASE_|RUST_LOG$)/.test(name));
    const env = {
      ...Object.fromEntries(clean),
      STEWARD_ADDR: "127.0.0.1:0", STEWARD_SANDBOX_ADDR: "127.0.0.1:0", STEWARD_DATA_DIR: path.join(dir, "data"),
      ...settings,
    };
    fs.mkdirSync(dir, { recursive: true });
    const steward = new Steward();
    // It logs as it would anywhere, a line per request.
    steward.log = path.join(dir, "log");
    const log = fs.openSync(steward.log, "a");
    const began = performance.now();
    steward.child = spawn(binary, [], { env, stdio: ["ignore", "pipe", log] });
    fs.closeSync(log);
    try {
      const ready = await steward.#announcement();
      [steward.url, steward.sandbox] = ready;
      // Behind a proxy it tells the proxy's address.
      if (settings.STEWARD_PUBLIC_URL) steward.url = `http://${settings.STEWARD_ADDR}`;
      const health = await fetch(`${steward.url}/healthz`);
      if (health.status !== 200) throw new Error(`/healthz answered ${health.status}`);
    } catch (error) {
      await steward.stop();
      throw new Error(`${error.message}\n${fs.readFileSync(steward.log, "utf8").slice(-2000)}`);
    }
    steward.startedIn = performance.now() - began;
    return steward;
  }

  /** The two addresses it prints once it listens. */
  #announcement() {
    return new Promise((resolve, reject) => {
      let text = "";
      const late = setTimeout(() => reject(new Error("Steward said nothing for 30 s")), 30_000);
      this.child.stdout.setEncoding("utf8").on("data", (part) => {
        text += part;
        const addresses = text.match(/http:\/\/127\.0\.0\.1:\d+/g);
        if (!text.includes("\n") || addresses?.length !== 2) return;
        clearTimeout(late);
        resolve(addresses);
      });
      this.child.once("error", reject);
      this.child.once("exit", (code) => reject(new Error(`Steward ended with code ${code}`)));
    });
  }

  /** Ends it as a service manager would; by force if that takes too long. */
  async stop() {
    const { child } = this;
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    const force = setTimeout(() => child.kill("SIGKILL"), 15_000);
    child.kill("SIGTERM");
    await ended;
    clearTimeout(force);
  }

  /** Processor time it has used so far, in seconds. */
  cpu() {
    return processorTime(this.child.pid).own;
  }

  /** Memory in bytes: resident now, and the most it ever was. The sandbox is in the same process. */
  memory() {
    const status = fs.readFileSync(`/proc/${this.child.pid}/status`, "utf8");
    const bytes = (name) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)[1]) * 1024;
    return { now: bytes("VmRSS"), most: bytes("VmHWM") };
  }

  /** Forgets what was logged; a few seconds of load write megabytes. */
  forgetLog() {
    fs.truncateSync(this.log);
  }

  /** A new world of the sandbox with so many projects, in a few organizations; without a number it is filled like the demo. */
  world(projects) {
    // The budget counts calls per person, and every world has the same people: no measure may use up another's. And one
    // sign-in opens a whole world.
    const amount = projects ? { projects, organizations: 4 } : { rate_limit: 1_000_000 };
    return control(this.sandbox, "POST", "", { grant: "all", ...amount });
  }

  /** What the sandbox tells of a world now. */
  content(world) {
    return control(this.sandbox, "GET", `/${world.id}`);
  }

  fault(world, fault) {
    return control(this.sandbox, "POST", `/${world.id}/faults`, fault);
  }

  /** Signs the world's first person in; see `signIn`. */
  signIn(world) {
    return signIn(this.url, this.sandbox, world);
  }
}

/** Processor time that a process has used so far, and those that it has started and that have ended, in seconds; and who has started it. */
export function processorTime(pid) {
  const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ").map(Number);
  const seconds = (at) => (fields[at] + fields[at + 1]) / TICKS;
  return { parent: fields[1], own: seconds(11), ended: seconds(13) };
}

/** Asks a sandbox's control API for something. */
export async function control(sandbox, method, what, body) {
  const answer = await fetch(`${sandbox}/sandbox/worlds${what}`, {
    method, headers: { "content-type": "application/json" }, body: body && JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`the sandbox answered ${answer.status} to ${method} ${what}: ${await answer.text()}`);
  return answer.status === 204 ? null : answer.json();
}

/** Signs one of the world's people in, by the whole OAuth dance, and gives the cookie header of their browser. */
export async function signIn(url, sandbox, world, person = world.people[0]) {
  const jar = new Map([["sandbox_world", world.id]]);
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const visit = async (url, fields) => {
    const answer = await fetch(url, {
      method: fields ? "POST" : "GET", redirect: "manual", body: fields && new URLSearchParams(fields),
      headers: { accept: "text/html", cookie: cookies() },
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      jar.set(name, value);
    }
    return { status: answer.status, location: answer.headers.get("location"), text: await answer.text() };
  };
  const redirected = ({ status, location, text }, from) => {
    if (status !== 303 || !location) throw new Error(`the sign-in stopped at ${new URL(from).pathname} with ${status}: ${text.slice(0, 300)}`);
    return new URL(location, from).href;
  };
  const start = `${url}/sign-in/start`;
  const consent = redirected(await visit(start, { return_to: "/projects" }), start);
  const form = (await visit(consent)).text;
  const fields = Object.fromEntries([...form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name, text(value)]));
  fields.person = person.id;
  fields.decision = "authorize";
  const decide = `${sandbox}/v1/oauth/authorize`;
  const callback = redirected(await visit(decide, fields), decide);
  const home = redirected(await visit(callback), callback);
  if (home !== `${url}/projects`) throw new Error(`the sign-in led to ${home}`);
  return cookies();
}

/** The text of an attribute that the sandbox has escaped. */
function text(attribute) {
  const named = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"' };
  return attribute.replace(/&(?:amp|lt|gt|quot);|&#x([0-9a-f]+);/gi, (all, hex) => (hex ? String.fromCodePoint(parseInt(hex, 16)) : named[all]));
}
