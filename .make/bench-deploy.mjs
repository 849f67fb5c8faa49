// What a deployment of 20 MB costs in memory. The console is a process of its own here, on the sandbox of the one that is
// measured otherwise: a sandbox keeps what it is sent.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const LARGE = 20_000_000;
/** Deployments before those that are measured, until every thread of the console has made one and has its buffers. */
const FIRST = 8;
const SMALL = 1_000_000;
const ROUNDS = 3;
/** What may come on top while the files pass through. */
const GROWTH = 5_000_000;
/** Milliseconds between two looks at the memory. */
const PACE = 2;

/** Memory that is the process' own, without what is mapped of its program, in bytes. */
const memory = (pid) => Number(/RssAnon:\s+(\d+) kB/.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))[1]) * 1024;

async function start(binary, dir, api) {
  // Pages that are freed go back at once, so that what is looked at is what is held.
  const env = { PATH: process.env.PATH, RUST_LOG: "off", MIMALLOC_PURGE_DELAY: "0" };
  const flags = ["--addr", "127.0.0.1:0", "--supabase-api-url", api, "--data-dir", path.join(dir, "deploying")];
  const child = spawn(binary, flags, { env, stdio: ["ignore", "pipe", "ignore"] });
  const url = await new Promise((resolve, reject) => {
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (part) => {
      said += part;
      const found = /Steward is at (http:\/\/[^\s,]+)/.exec(said);
      if (found) resolve(new URL(found[1]).origin);
    });
    child.once("exit", (code) => reject(new Error(`the console on its own ended with ${code}: ${said}`)));
  });
  return { child, url };
}

async function signIn(url, pat) {
  const answer = await fetch(`${url}/sign-in/token`, {
    method: "POST", redirect: "manual", body: new URLSearchParams({ token: pat, return_to: "/healthz" }),
  });
  if (answer.status !== 303) throw new Error(`the token was answered with ${answer.status}`);
  return answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]).join("; ");
}

async function deploy(url, cookie, project, slug, content) {
  const form = new FormData();
  const fields = {
    ref: project, slug, _version: "", "metadata.name": slug, "metadata.entrypoint_path": "index.ts", "metadata.verify_jwt": "true",
  };
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", new Blob(["Deno.serve(() => new Response());"]), "index.ts");
  form.append("file", new Blob([content]), "assets/large.bin");
  const answer = await fetch(`${url}/do/v1-deploy-a-function`, {
    method: "POST", body: form, redirect: "manual",
    headers: { cookie, accept: "text/html", "sec-fetch-site": "same-origin", "steward-in-place": "1" },
  });
  if (!answer.ok) throw new Error(`the deployment answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
}

/** Bytes before, at most and after; and whether that is little. */
export async function deployment(steward, binary, dir, aim) {
  const world = await steward.world(1);
  const { child, url } = await start(binary, dir, steward.sandbox);
  try {
    const cookie = await signIn(url, world.people[0].pat);
    const project = world.projects[0].ref;
    for (let at = 0; at < FIRST; at++) await deploy(url, cookie, project, `first-${at}`, Buffer.alloc(SMALL, 120));
    const content = Buffer.from(Array.from({ length: LARGE }, (_, at) => (at * 2_654_435_761) >>> 24));
    const mb = (count) => `${(count / 1e6).toFixed(1)} MB`;
    const growths = [];
    console.log("\nA function of 20 MB, deployed through a console of its own; memory without the program.");
    for (let round = 0; round < ROUNDS; round++) {
      const before = memory(child.pid);
      let most = before;
      const watch = setInterval(() => (most = Math.max(most, memory(child.pid))), PACE);
      await deploy(url, cookie, project, `large-${round}`, content);
      clearInterval(watch);
      growths.push(most - before);
      console.log(`${"before, at most, after".padEnd(36)}${mb(before)}, ${mb(most)}, ${mb(memory(child.pid))}`);
    }
    const grown = growths.sort((one, other) => one - other)[Math.floor(ROUNDS / 2)];
    console.log(`${"grown by, median".padEnd(36)}${mb(grown)} of ${mb(GROWTH)}: ${aim("memory of a deployment", grown, GROWTH)}`);
  } finally {
    child.kill("SIGTERM");
    await new Promise((resolve) => child.exitCode === null ? child.once("exit", resolve) : resolve());
  }
}
