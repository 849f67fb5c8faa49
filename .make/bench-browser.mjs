// Pages in a real browser whose processor is slowed, and the grid of a large result while it scrolls: when the page can be used, and what was downloaded for it. Printed against the
// sign-ins page, which is nearly nothing but the frame. Left out where the browser tests were not set up (`make test` does that).
import fs from "node:fs";
import { createRequire } from "node:module";

/** How many times slower than this machine. */
const SLOWER = 4;
const VIEWS = 5;
/** Before and after each view, in milliseconds. */
const REST = 1_000;
/** What the page of the auth settings may take until it can be used, in milliseconds, and its HTML over the wire, in KB. */
const USABLE = 300;
const HTML = 60;

const PAGES = [
  ["sign-ins", () => "/sessions"],
  ["auth settings", (ref) => `/projects/${ref}/settings/auth`],
  ["Postgres settings", (ref) => `/projects/${ref}/settings/database`],
  ["branches", (ref) => `/projects/${ref}/branches`],
  ["project overview", (ref) => `/projects/${ref}`],
];

/** The result that is scrolled through, and by how many pixels at each frame: rolled, and dragged by its bar. */
const ROWS = 10_000;
const COLUMNS = 20;
const STEPS = [100, 2_000];
const FRAMES = 120;
/** What a frame may take in 95 of 100, and no task of its page in any, in milliseconds. */
const FRAME = 1000 / 60 + 1;
const TASK = 50;

const median = (values) => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];

function chromium() {
  try {
    return createRequire(new URL("../end2end/package.json", import.meta.url))("@playwright/test").chromium;
  } catch {
    return null;
  }
}

/** Notes in each page when its islands answer and what was to be done before an input could be answered is done. */
function watch() {
  new MutationObserver((_, observer) => {
    if (document.documentElement?.dataset.hydrated === undefined) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => performance.mark("usable")));
  }).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-hydrated"] });
}

/**
 * One view: from the navigation until islands answer and all that streams is there, and the bytes of the HTML. It begins on
 * a page that has been read, and is not asked while it comes: the slowed processor would work for whoever asks.
 */
async function view(page, address) {
  await page.waitForTimeout(REST);
  await page.goto(address);
  await page.waitForTimeout(REST);
  return page.evaluate(() => {
    const [navigation] = performance.getEntriesByType("navigation");
    const [usable] = performance.getEntriesByName("usable");
    return { usable: usable.startTime, html: navigation.encodedBodySize };
  });
}

/** Runs a large statement and scrolls through its rows. */
async function grid(page, devtools, address) {
  const columns = Array.from({ length: COLUMNS - 1 }, (_, at) => `'value ' || n * ${at + 2} as c${at}`);
  const sql = `select n, ${columns.join(", ")} from generate_series(1, ${ROWS}) as n`;
  await page.goto(`${address}?sql=${encodeURIComponent(sql)}`);
  await page.locator("code-editor[data-ready]").waitFor();
  await page.getByRole("button", { name: /^Run/ }).click();
  await page.locator("result-grid[data-ready]").waitFor({ timeout: 60_000 });
  console.log(`\nThe grid of ${ROWS} rows of ${COLUMNS} columns while it scrolls, ${FRAMES} frames each.`);
  console.log(`${"".padEnd(36)}${["median, ms", "95 %, ms", "longest task"].map((cell) => cell.padStart(14)).join("")}`);
  for (const rate of [1, SLOWER]) {
    await devtools.send("Emulation.setCPUThrottlingRate", { rate });
    for (const step of STEPS) {
      const { times, tasks } = await page.evaluate(async ([step, frames]) => {
        const box = document.querySelector("result-grid .grid-box");
        box.scrollTop = 0;
        await new Promise((next) => setTimeout(next, 500));
        const [times, tasks] = [[], []];
        const watch = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
        watch.observe({ type: "longtask" });
        let last = performance.now();
        for (let at = 0; at < frames; at++) {
          box.scrollTop += step;
          const now = await new Promise(requestAnimationFrame);
          times.push(now - last);
          last = now;
        }
        await new Promise((next) => setTimeout(next, 200));
        watch.disconnect();
        return { times: times.slice(1).sort((one, other) => one - other), tasks };
      }, [step, FRAMES]);
      const [slow, task] = [times[Math.floor(times.length * 0.95)], Math.max(0, ...tasks)];
      const notes = rate === 1 ? [slow > FRAME && "slower than 60 frames a second", task > TASK && `a task of more than ${TASK} ms`] : [];
      const name = `${step} px a frame${rate > 1 ? `, ${rate} times slower` : ""}`;
      const cells = [median(times).toFixed(1), slow.toFixed(1), task ? `${task.toFixed(0)} ms` : "none long"].map((cell) => cell.padStart(14));
      console.log(`${name.padEnd(36)}${cells.join("")}  ${notes.filter(Boolean).join(", ")}`);
    }
  }
}

export async function browser(steward) {
  console.log(`\nIn Chromium on a processor that is ${SLOWER} times slower, scripts and styles in its cache. Medians of ${VIEWS} views.`);
  const found = chromium();
  if (!found) {
    console.log("Left out: the packages of end2end are not installed. `make test` installs them.");
    return;
  }
  const executablePath = process.env.STEWARD_CHROMIUM ?? [found.executablePath(), "/usr/bin/chromium", "/usr/bin/chromium-headless-shell"].find((path) => fs.existsSync(path));
  if (!executablePath) {
    console.log("Left out: there is no Chromium. Set STEWARD_CHROMIUM to one.");
    return;
  }
  const chrome = await found.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const world = await steward.world();
    const cookies = (await steward.signIn(world)).split("; ").map((cookie) => {
      const [name, ...value] = cookie.split("=");
      return { name, value: value.join("="), url: steward.url };
    });
    const { ref } = world.projects.find(({ name }) => name === "Note G");
    const context = await chrome.newContext();
    await context.addCookies(cookies);
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await page.addInitScript(watch);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    console.log(`${"".padEnd(22)}${["usable, ms", "of the frame", "HTML, KB"].map((cell) => cell.padStart(14)).join("")}`);
    let frame;
    for (const [name, path] of PAGES) {
      await view(page, steward.url + path(ref));
      const views = [];
      for (let at = 0; at < VIEWS; at++) views.push(await view(page, steward.url + path(ref)));
      const [usable, html] = [median(views.map((one) => one.usable)), median(views.map((one) => one.html)) / 1000];
      frame ??= usable;
      const notes = name === "auth settings" ? [usable > USABLE && `more than ${USABLE} ms`, html > HTML && `more than ${HTML} KB`] : [];
      const cells = [usable.toFixed(0), `${(usable / frame).toFixed(2)} x`, html.toFixed(1)].map((cell) => cell.padStart(14));
      console.log(`${name.padEnd(22)}${cells.join("")}  ${notes.filter(Boolean).join(", ")}`);
    }
    await grid(page, devtools, `${steward.url}/projects/${ref}/sql`);
  } finally {
    await chrome.close();
  }
}
