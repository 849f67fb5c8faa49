// Pages in a real browser whose processor is slowed: when the page can be used, and what was downloaded for it. Printed against the
// sign-ins page, which is nearly nothing but the frame. Left out where the browser tests were not set up (`make test` does that).
import fs from "node:fs";
import { createRequire } from "node:module";

/** How many times slower than this machine. */
const SLOWER = 4;
const VIEWS = 5;
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

const median = (values) => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];

function chromium() {
  try {
    return createRequire(new URL("../end2end/package.json", import.meta.url))("@playwright/test").chromium;
  } catch {
    return null;
  }
}

/** One view: from the navigation until islands answer and all that streams is there, and the bytes of the HTML. */
async function view(page, address) {
  await page.goto(address);
  await page.waitForFunction(() => document.documentElement.dataset.hydrated !== undefined);
  return page.evaluate(async () => {
    const now = performance.now();
    // What is still to be done before an input could be answered.
    await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
    const [navigation] = performance.getEntriesByType("navigation");
    return { usable: Math.max(performance.now(), now) - navigation.startTime, html: navigation.encodedBodySize };
  });
}

export async function browser(steward) {
  console.log(`\nIn Chromium on a processor that is ${SLOWER} times slower, scripts and styles in its cache. Medians of ${VIEWS} views.`);
  const found = chromium();
  if (!found) {
    console.log("Left out: the packages of end2end are not installed. `make test` installs them.");
    return;
  }
  const executablePath = process.env.STEWARD_CHROMIUM ?? [found.executablePath(), "/usr/bin/chromium"].find((path) => fs.existsSync(path));
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
  } finally {
    await chrome.close();
  }
}
