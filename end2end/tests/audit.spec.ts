// Audit: what was done in plain words, filters, one call in full, files, and whose calls are seen.
import { readFile } from "node:fs/promises";
import { ADA, CONSOLE, EMMY, expect, signIn, test } from "../support/test.ts";
import { card, fitsTheWidth, heading, news, rows } from "../support/ui.ts";

const CALLS = "Calls";

test("what was done stands there in plain words, and leads to the whole of it", async ({ page, steward }) => {
  const world = await steward.signedIn({ names: ["Blue", "Green"] });
  const { ref } = world.project("Blue");
  await steward.open(`/projects/${ref}/settings`);
  await page.getByLabel("Project name").fill("Harbour");
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(news(page, "Harbour")).toBeVisible();

  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("link", { name: "Audit" }).last().click();
  await expect(heading(page, "Audit")).toBeVisible();
  // The same person meets the worlds of other tests.
  const call = rows(page, CALLS).filter({ hasText: "renamed" }).filter({ hasText: ref });
  await expect(call).toContainText(`ada@example.com renamed the project Blue (${ref}) to Harbour`);
  await expect(call).toContainText("Done");
  await expect(call).toContainText("Console");
  await call.locator("a.row-cover").click();

  // The call stands beside its list, and has a page of its own.
  const beside = page.getByRole("complementary");
  await expect(beside).toContainText(`PATCH /v1/projects/${ref}`);
  await fitsTheWidth(page);
  await beside.getByRole("link", { name: "Open as a page" }).click();
  await expect(heading(page, "Call")).toBeVisible();
  const asked = card(page, "What was asked");
  await expect(asked).toContainText(`PATCH /v1/projects/${ref}`);
  await expect(asked).toContainText('"name": "Harbour"');
  await expect(card(page, "What came of it")).toContainText(/Answer\s*200/);
  await fitsTheWidth(page);
  await page.getByRole("navigation", { name: "Breadcrumbs" }).getByRole("link", { name: "Audit" }).click();
  await expect(heading(page, "Audit")).toBeVisible();
  await fitsTheWidth(page);
});

test("choices narrow the list and stand in the address", async ({ page, steward }) => {
  const world = await steward.signedIn({ organizations: 1, projects: 2 });
  for (const { ref } of world.projects) await steward.open(`/projects/${ref}`);
  await steward.open("/audit");
  const calls = rows(page, CALLS);
  await expect(calls.filter({ hasText: world.projects[1]!.ref }).first()).toBeVisible();

  await page.getByLabel("Place").selectOption(world.projects[0]!.ref);
  await steward.apply();
  await expect(calls.filter({ hasText: world.projects[1]!.ref })).toHaveCount(0);
  await expect(calls.filter({ hasText: world.projects[0]!.ref }).first()).toBeVisible();
  await expect(page).toHaveURL(`${CONSOLE()}/audit?${new URLSearchParams({ place: world.projects[0]!.ref })}`);

  await page.getByLabel("Outcome").selectOption("Outcome unknown");
  await steward.apply();
  await expect(page.getByText("No call fits")).toBeVisible();
  await page.getByRole("link", { name: "Show all" }).click();
  await expect(calls.first()).toBeVisible();
});

test("the choices hold for the files as well", async ({ page, steward }) => {
  await steward.signedIn({ organizations: 1, projects: 1 });
  await steward.open("/audit?area=organizations");
  for (const [link, name] of [["CSV", /^steward-audit-\d{4}-\d\d-\d\d\.csv$/], ["JSON lines", /\.jsonl$/]] as const) {
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: link, exact: true }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(name);
    const text = await readFile(await file.path(), "utf8");
    expect(text).toContain("listed the organizations");
    expect(text).not.toContain("v1-list-all-projects");
  }
});

test("nobody sees the calls of people with whom they share nothing", async ({ browser, page, steward }) => {
  const world = await steward.signedIn({ organizations: 1, projects: 1 }, EMMY);
  const other = await browser.newContext();
  await other.addCookies([{ name: "sandbox_world", value: world.id, domain: "127.0.0.1", path: "/" }]);
  await signIn(other.request, world, ADA);
  await other.request.get(`${CONSOLE()}/projects/${world.projects[0]!.ref}`);
  await other.close();

  await steward.open("/audit");
  await expect(rows(page, CALLS).first()).toContainText("emmy@example.com");
  await expect(rows(page, CALLS).filter({ hasText: "ada@example.com" })).toHaveCount(0);
});

test("when Supabase does not tell what can be seen, the own calls are there all the same", async ({ page, steward }) => {
  const world = await steward.world({ organizations: 1, projects: 1 });
  // Signing in asks for the projects already.
  await world.fault("v1-list-all-projects", { kind: "status", code: 400, message: "Not now" });
  await signIn(page.context().request, world);
  await steward.open("/audit");
  await expect(news(page, "Calls of others may be missing")).toContainText("Not now");
  await expect(rows(page, CALLS).first()).toContainText("ada@example.com");
});

test("a call that is not there is not found", async ({ page, steward }) => {
  await steward.signedIn({ organizations: 1 });
  await steward.open("/audit/0");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Not found");
});
