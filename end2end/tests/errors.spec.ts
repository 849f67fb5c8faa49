// When Supabase says no, or nothing: the page says what to do, and comes back when the trouble is over.
import type { Fault } from "../support/sandbox.ts";
import { CONSOLE, KATHERINE, expect, test } from "../support/test.ts";
import { card, facts, heading, services } from "../support/ui.ts";

const PASSING: [string, Fault, string, RegExp][] = [
  ["500", { kind: "status", code: 500, message: "Out of order" }, "Supabase has a problem", /Out of order \(status 500/],
  ["503", { kind: "status", code: 503 }, "Supabase has a problem", /status 503/],
  ["402", { kind: "status", code: 402, message: "Too small" }, "The plan does not allow this", /Too small/],
  ["a body that is cut off", { kind: "cut-off" }, "No connection", /Try again/],
  ["a dropped connection", { kind: "drop-connection" }, "No connection", /Try again/],
  ["no JSON", { kind: "wrong-json" }, "An answer that Steward cannot read", /v1-get-project: the answer/],
  ["another shape", { kind: "wrong-shape" }, "An answer that Steward cannot read", /v1-get-project: the answer/],
];

for (const [what, fault, title, why] of PASSING) {
  test(`${what}: the page says so, and trying again helps once it is over`, async ({ page, steward }) => {
    const world = await steward.signedIn({ names: ["Alpha"] });
    await world.fault("v1-get-project", fault);
    await steward.open(`/projects/${world.project().ref}`);
    const error = page.getByRole("main").getByRole("alert");
    await expect(error.getByRole("heading", { name: title })).toBeVisible();
    await expect(error).toContainText(why);
    await world.clearFaults();
    await error.getByRole("link", { name: "Try again" }).click();
    await expect(facts(page)).toContainText(world.project().ref);
    await expect(page.getByRole("alert")).toHaveCount(0);
  });
}

test("what did arrive is shown beside what did not", async ({ page, steward }) => {
  const world = await steward.signedIn({ names: ["Alpha"] });
  await world.fault("v1-get-services-health", { kind: "status", code: 500 });
  await steward.open(`/projects/${world.project().ref}`);
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Supabase has a problem");
  await expect(facts(page)).toContainText(world.project().ref);
  await expect(card(page, "API requests").getByRole("img")).toBeVisible();
});

test("401: the page offers to reconnect, and leads back", async ({ page, steward }) => {
  const world = await steward.signedIn({ names: ["Alpha"] });
  await world.fault("v1-get-project", { kind: "status", code: 401, message: "Unauthorized" });
  await steward.open(`/projects/${world.project().ref}`);
  const error = page.getByRole("main").getByRole("alert");
  await expect(error).toContainText("Reconnect to Supabase");
  const link = error.getByRole("link", { name: "Sign in again" });
  const back = encodeURIComponent(`/projects/${world.project().ref}`);
  await expect(link).toHaveAttribute("href", `/sign-in?problem=revoked&return_to=${back}`);
});

test("403: the page names the missing scope and permission", async ({ page, steward }) => {
  const world = await steward.signedIn({ names: ["Alpha"], scopes: ["organizations:read"] });
  await steward.open(`/projects/${world.project().ref}`);
  const error = page.getByRole("main").getByRole("alert");
  await expect(error).toContainText("You may not do this");
  await expect(error).toContainText("An OAuth app needs the scope projects:read.");
  await expect(error).toContainText(/It needs the permission \w+/);
});

test("what somebody may not do is closed, and says who may", async ({ page, steward }) => {
  const world = await steward.signedIn({ names: ["Alpha"] }, KATHERINE);
  // What is found out behind the back of one page is on the next.
  await steward.open("/organizations");
  await steward.open(`/projects/${world.project().ref}`);
  await steward.open(`/projects/${world.project().ref}/settings`);
  const rename = page.getByRole("button", { name: "Rename" });
  await expect(rename).toHaveAttribute("aria-disabled", "true");
  await expect(card(page, "Name")).toContainText(/Needs the permission \w+, which Administrators and Owners have\./);
  await expect(card(page, "Name")).toContainText("Ask Grace Hopper (Administrator) or Ada Lovelace (Owner).");
  await page.getByLabel("Project name").fill("Mine now");
  await rename.click({ force: true });
  expect((await world.now()).projects[0]!.name).toBe("Alpha");
});

test("403: a form says what is missing, and nothing is lost", async ({ page, steward }) => {
  steward.problems.expect(/403/);
  const world = await steward.signedIn({ names: ["Alpha"] });
  await world.fault("v1-update-a-project", { kind: "status", code: 403, message: "Read-only" });
  await steward.open(`/projects/${world.project().ref}/settings`);
  await page.getByLabel("Project name").fill("Mine now");
  await page.getByRole("button", { name: "Rename" }).click();
  const error = card(page, "Name").getByRole("alert");
  await expect(error).toContainText("You may not do this");
  await expect(error).toContainText("Read-only");
  await expect(page.getByLabel("Project name")).toHaveValue("Mine now");
});

test("404: a project that is not there", async ({ page, steward }) => {
  await steward.signedIn({ names: ["Alpha"] });
  await steward.open("/projects/aaaaaaaaaaaaaaaaaaaa");
  const error = page.getByRole("main").getByRole("alert");
  await expect(error).toContainText("Not found");
  await error.getByRole("link", { name: "Your projects" }).click();
  await expect(heading(page, "Projects")).toBeVisible();
});

test("404: an address that no page answers to", async ({ page, steward }) => {
  steward.problems.expect(/404/);
  await steward.signedIn({ names: ["Alpha"] });
  const answer = await page.goto(`${CONSOLE()}/no/such/page`);
  expect(answer!.status()).toBe(404);
  await steward.ready();
  await expect(page.getByRole("heading", { level: 1, name: "Not found" })).toBeAttached();
  await page.getByRole("link", { name: "Your projects" }).click();
  await expect(heading(page, "Projects")).toBeVisible();
});

test("429: the page counts down and comes back by itself", async ({ page, steward }) => {
  const world = await steward.signedIn({ names: ["Alpha"] });
  await world.fault("v1-get-project", { kind: "rate-limited", seconds: 6, times: 1 });
  await steward.open(`/projects/${world.project().ref}`);
  const error = page.getByRole("main").getByRole("alert");
  await expect(error).toContainText("Too many calls for now");
  await expect(error).toContainText("Nothing to do: this comes back by itself.");
  await expect(error).toContainText(/Again in [56] s/);
  if (steward.hydrated) await expect(error).toContainText(/Again in [1234] s/);
  // No button is pressed, and the test does not reload either.
  await expect(facts(page)).toContainText("Healthy", { timeout: 15_000 });
  expect((await world.now()).counters.calls["v1-get-project"], "calls that reached Supabase").toBe(2);
});

test("an upstream that is slow shows the frame meanwhile", async ({ page, steward }) => {
  const world = await steward.signedIn({ names: ["Alpha"] });
  await world.fault("*", { kind: "slow", ms: 2_000 });
  // Signing in asks for the projects already.
  await page.goto(`${CONSOLE()}/organizations`, { waitUntil: "commit" });
  await expect(heading(page, "Organizations")).toBeVisible({ timeout: 1_000 });
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
  await expect(page.getByText("Alpha")).toHaveCount(0);
  await expect(page.getByRole("main").locator(".skeleton").first()).toBeVisible();
  await expect(page.getByRole("link", { name: "Alpha" }).first()).toBeVisible();
  await expect(page.getByRole("main").locator(".skeleton").first()).toBeHidden();
});

test("a page that is reached by a link meets errors as well", async ({ page, steward }) => {
  steward.problems.expect(/502|500/);
  const world = await steward.signedIn({ names: ["Alpha"] });
  // A page that asks nothing of Supabase: what was just answered would be answered once more.
  await steward.open("/sessions");
  await world.fault("v1-list-all-organizations", { kind: "status", code: 500 });
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Organizations", exact: true }).click();
  const error = page.getByRole("main").getByRole("alert");
  await expect(error).toContainText("Supabase has a problem");
  await world.clearFaults();
  await error.getByRole("link", { name: "Try again" }).click();
  await expect(page.getByRole("link", { name: "Alpha" }).first()).toBeVisible();
});

test("an access token that ended is renewed without anybody noticing", async ({ page, steward }) => {
  const world = await steward.signedIn({ names: ["Alpha"] });
  await world.expireTokens();
  await steward.open(`/projects/${world.project().ref}`);
  await expect(facts(page)).toContainText(world.project().ref);
  await expect(services(page).filter({ hasText: "Connection pooler" })).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  expect((await world.now()).counters.refreshes).toBe(1);
});

test("what breaks off in the browser is told without anything of the page, three times at most", async ({ page, steward }) => {
  test.skip(!steward.hydrated, "it is scripts that break off");
  steward.problems.expect(/^script: TypeError/, /nothing\.js/);
  const told: (string | null)[] = [];
  const answers: number[] = [];
  const isTold = (address: string) => new URL(address).pathname === "/faults";
  page.on("request", (request) => isTold(request.url()) && told.push(request.postData()));
  page.on("response", (answer) => isTold(answer.url()) && answers.push(answer.status()));
  await steward.open("/sign-in");
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.nonce = document.querySelector("script")!.nonce;
    script.src = "/pkg/nothing.js";
    document.head.append(script);
  });
  await expect.poll(() => told).toEqual(["part=nothing&kind=load"]);
  for (const _ of [1, 2, 3, 4]) {
    // An island that the scripts of this page do not know, as after an upgrade.
    await page.evaluate(() => {
      const island = document.createElement("leptos-island");
      island.dataset.component = "Toast_0";
      document.body.append(island);
      island.dispatchEvent(new Event("steward:awake", { bubbles: true }));
    });
  }
  const island = "part=Toast&kind=error";
  await expect.poll(() => told).toEqual(["part=nothing&kind=load", island, island]);
  await expect.poll(() => answers).toEqual([204, 204, 204]);
});
