// With an upstream that takes two seconds for everything, the frame of every page is there at once, and the page is
// complete as soon as the slowest call allows. Measured with a bare HTTP client, which has no scripts either, and in the
// project `alone`: milliseconds tell of Steward only where no other suite has the processor.
import type { PlaywrightWorkerArgs } from "@playwright/test";
import { type Arrival, load, median } from "../support/http.ts";
import { PAGES, type Stop } from "../support/pages.ts";
import { World } from "../support/sandbox.ts";
import { ADA, CONSOLE, GRACE, SANDBOX, expect, signIn, test } from "../support/test.ts";

const SLOW = 2_000;
const SAMPLES = 5;
/** So many pages are waited for at once. */
const AT_ONCE = 6;

/** What is asked as soon as somebody signs in. */
const AHEAD = ["v1-list-all-projects", "v1-list-organization-members", "v1-get-organization-entitlements"];

/** A page in a world of its own, in which everything is slow. */
interface Visit extends Stop {
  world: World;
  url: string;
  heading: RegExp;
  /** Of somebody who has just signed in, for the whole page, and of one more sign-in for the beginnings of it. */
  cookies: [whole: string, beginnings: string];
  /** Calls made before. */
  before: Record<string, number>;
}

async function prepare(stop: Stop, playwright: PlaywrightWorkerArgs["playwright"]): Promise<Visit> {
  const world = await World.make(SANDBOX());
  const cookie = async (person: string) => {
    const request = await playwright.request.newContext();
    await signIn(request, world, person);
    const jar = (await request.storageState()).cookies;
    await request.dispose();
    return jar.map(({ name, value }) => `${name}=${value}`).join("; ");
  };
  const url = CONSOLE() + stop.path(world);
  const heading = new RegExp(`<h1[^>]*><bdi[^>]*>${stop.h1}<`);
  // Answers are kept for a moment for each sign-in, so the whole page is for one who has seen none yet: somebody else
  // warms the server up. Beginnings of a page wait for no answer, and ask once, since what is on its way is not asked for
  // again: so they leave little behind that runs on.
  const cookies: Visit["cookies"] = [await cookie(ADA), await cookie(ADA)];
  await load(url, await cookie(GRACE), heading);
  const before = await rested(world);
  await world.fault("*", { kind: "slow", ms: SLOW });
  return { ...stop, world, url, heading, cookies, before };
}

/** The calls of a world once nothing is asked of it any more: a sign-in asks some ahead, beside everything else. */
async function rested(world: World): Promise<Record<string, number>> {
  for (let last = ""; ; await new Promise((next) => setTimeout(next, 200))) {
    const { calls } = (await world.now()).counters;
    if (JSON.stringify(calls) === last) return calls;
    last = JSON.stringify(calls);
  }
}

async function judge(visit: Visit, whole: Arrival): Promise<void> {
  const { name, world, url, heading, cookies, before, content, rounds, many, calls } = visit;
  const seen = (await world.now()).counters.calls;
  const made = Object.entries(seen).reduce((sum, [call, count]) => sum + count - (before[call] ?? 0), 0);
  const samples = [whole];
  while (samples.length < SAMPLES) samples.push(await load(url, cookies[1], heading, true));

  const shell = samples.at(-1)!.html;
  for (const part of ['aria-label="Main"', 'aria-label="Breadcrumbs"', 'aria-label="Account', "</header>"]) {
    expect(shell, `${name}: the frame`).toContain(part);
  }
  expect(whole.status, name).toBe(200);
  expect(whole.html, name).toContain(content(world));
  const [head, mark] = [median(samples.map(({ head }) => head)), median(samples.map(({ mark }) => mark))];
  console.log(
    `${name}: first byte ${head.toFixed(0)} ms, heading ${mark.toFixed(0)} ms, complete ${whole.end.toFixed(0)} ms, ${made} calls${many ? `: ${many}` : ""}`,
  );
  if (made > 6) expect(many, `${name}: why it makes ${made} calls`).toBeTruthy();
  expect(mark, `${name}: milliseconds until the heading can be read`).toBeLessThan(100);
  expect(whole.end, `${name}: milliseconds until the page is complete`).toBeLessThan(rounds * SLOW + 500);
  const asked = calls.filter((call) => !AHEAD.includes(call));
  if (asked.length > 0) {
    expect(whole.end, `${name}: it did wait for Supabase`).toBeGreaterThan(SLOW);
    expect(whole.html.indexOf("skeleton"), `${name}: a skeleton stands for what is missing`).toBeGreaterThan(0);
    expect(shell, name).not.toContain(content(world));
  }
  // All within the time of one: they ran side by side.
  const after = (await world.now()).counters.calls;
  for (const call of asked) expect(after[call]! - (before[call] ?? 0), `${name}: ${call}`).toBeGreaterThan(0);
}

// The sandbox makes logs up, which takes the processor from whatever is loaded beside: such pages are loaded alone.
const makesLogs = ({ calls }: (typeof PAGES)[number]) => calls.includes("v1-get-project-logs");
const others = PAGES.filter((stop) => !makesLogs(stop));
// Neighbours are of a kind, and those over all projects make a dozen calls each: apart, no group has all of the busy ones.
const count = Math.ceil(others.length / AT_ONCE);
const groups: Stop[][] = Array.from({ length: count }, (_, group) => others.filter((_, at) => at % count === group));
groups.push(...PAGES.filter(makesLogs).map((stop) => [stop]));

for (const stops of groups) {
  test(`${stops.map(({ name }) => name).join("; ")}: readable at once, complete in time`, async ({ playwright }) => {
    const visits = await Promise.all(stops.map((stop) => prepare(stop, playwright)));
    const wholes = await Promise.all(visits.map(({ url, cookies, heading }) => load(url, cookies[0], heading)));
    for (const [index, visit] of visits.entries()) await judge(visit, wholes[index]!);
  });
}
