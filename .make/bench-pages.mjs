// Every page of a project, and the command menu, as somebody new to them sees them: how long each takes while every call
// to Supabase takes a while, and how many calls it makes. Pages are those that the binary itself tells of.
import { execFileSync } from "node:child_process";
import { performance } from "node:perf_hooks";

import { fetchOnce, get, text } from "./bench-load.mjs";

/** What each call is slowed by, in milliseconds, and what a page may take: so many times that. */
const SLOW = 200;
const TIMES = 1.3;
/** Views of a page; what is printed is their median. */
const VIEWS = 3;
/** More calls than this want a reason. */
const CALLS = 6;
/** Projects that the command menu knows of. */
const KNOWN = 200;

const median = (values) => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
const fixed = (value, digits = 0) => value.toFixed(digits);

/** The pages of one project and of one organization, with what stands in the place of `:ref` and the like. */
function paths(binary, world) {
  const project = world.projects.find(({ name }) => name === "Note G");
  const branch = world.projects.find(({ name }) => name === "carry-lookahead");
  const named = { ref: project.ref, branch: branch.ref };
  const pages = JSON.parse(execFileSync(binary, ["pages"], { encoding: "utf8" }));
  const fill = ({ route, title }) => {
    const slug = route.startsWith("/organizations") ? world.organizations[0].slug : "hello-world";
    const path = route.replace(/:(\w+)/g, (whole, name) => ({ ...named, slug })[name] ?? whole);
    return { title, route, path };
  };
  return pages.map(fill).filter(({ path }) => !path.includes(":"));
}

const sum = (calls) => Object.values(calls).reduce((all, count) => all + count, 0);

async function view(steward, path) {
  const world = await steward.world();
  const cookie = await steward.signIn(world);
  await steward.fault(world, { operation: "*", kind: "slow", ms: SLOW });
  const before = sum((await steward.content(world)).counters.calls);
  const own = paths.of(world).find((one) => one.route === path.route);
  const began = performance.now();
  const answer = await fetchOnce(steward.url, get(steward.url, own.path, { accept: "text/html", cookie }));
  const took = performance.now() - began;
  if (answer.status !== 200) throw new Error(`${own.path} answered ${answer.status}: ${text(answer).toString().slice(0, 200)}`);
  return { took, calls: sum((await steward.content(world)).counters.calls) - before, bytes: answer.body.length };
}

export async function pages(steward, binary) {
  paths.of = (world) => paths(binary, world);
  console.log(`\nEvery page while each call takes ${SLOW} ms, for somebody who has just signed in. Medians of ${VIEWS} views.`);
  console.log(`${"".padEnd(54)}${["ms", "of the call", "calls"].map((cell) => cell.padStart(12)).join("")}`);
  for (const page of paths.of(await steward.world())) {
    const views = [];
    for (let at = 0; at < VIEWS; at++) views.push(await view(steward, page));
    const [took, calls] = [median(views.map(({ took }) => took)), median(views.map(({ calls }) => calls))];
    const notes = [calls && took > SLOW * TIMES && "waits for more than one round", calls > CALLS && `more than ${CALLS} calls`];
    const cells = [fixed(took), calls ? `${fixed(took / SLOW, 2)} x` : "", String(calls)].map((cell) => cell.padStart(12));
    console.log(`${page.route.padEnd(54)}${cells.join("")}  ${notes.filter(Boolean).join(", ")}`);
  }
}

/** What the command menu takes to answer, with many projects known. */
export async function commandMenu(steward) {
  const world = await steward.world(KNOWN);
  const cookie = await steward.signIn(world);
  await fetchOnce(steward.url, get(steward.url, "/projects", { accept: "text/html", cookie }));
  const ask = async (words) => {
    const began = performance.now();
    const answer = await fetch(`${steward.url}/api/find`, {
      method: "POST", headers: { cookie, "content-type": "application/json", "sec-fetch-site": "same-origin" },
      body: JSON.stringify({ words, here: "/projects", most: 20 }),
    });
    const hits = await answer.json();
    if (!answer.ok || !hits.length) throw new Error(`the command menu answered ${answer.status} with ${JSON.stringify(hits).slice(0, 200)}`);
    return performance.now() - began;
  };
  const words = ["", "p", "pro", "project 1", "secr", "brn"];
  for (const each of words) await ask(each);
  const times = [];
  for (let round = 0; round < 20; round++) for (const each of words) times.push(await ask(each));
  const health = [];
  for (let round = 0; round < times.length; round++) {
    const began = performance.now();
    await (await fetch(`${steward.url}/healthz`)).text();
    health.push(performance.now() - began);
  }
  console.log(`\nThe command menu with ${KNOWN} projects known, by its server function.`);
  console.log(`${"answers".padEnd(36)}${fixed(median(times), 1)} ms (a bare /healthz by the same client: ${fixed(median(health), 1)} ms)`);
}
