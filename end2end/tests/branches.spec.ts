// Branches: from turning branching on to the merge, and everything that can be done to one on the way.
import type { Page } from "@playwright/test";
import type { World } from "../support/sandbox.ts";
import { ADA, CONSOLE, SANDBOX, expect, test } from "../support/test.ts";
import { card, facts, faultless, fitsTheWidth, heading, news, rows } from "../support/ui.ts";

const PROJECT = "Note G";
const BRANCH = "carry-lookahead";

const list = (page: Page) => rows(page, "Branches");
const row = (page: Page, name: string) => list(page).filter({ hasText: name });
const tab = (page: Page, name: string) => page.getByRole("navigation", { name: "Pages of the same" }).getByRole("link", { name });
const panel = (page: Page) => page.getByRole("complementary", { name: "Merge into production" });

/** Runs a migration on a project, as another client of the API would. */
async function migrate(world: World, project: string, query: string, name = "change"): Promise<void> {
  const answer = await fetch(`${SANDBOX()}/v1/projects/${project}/database/migrations`, {
    method: "POST",
    headers: { authorization: `Bearer ${world.person(ADA).pat}`, "content-type": "application/json" },
    body: JSON.stringify({ query, name }),
  });
  expect(answer.ok, await answer.text()).toBe(true);
}

/** SQL that is no migration. */
async function sql(world: World, project: string, query: string): Promise<unknown[]> {
  const answer = await fetch(`${SANDBOX()}/v1/projects/${project}/database/query`, {
    method: "POST",
    headers: { authorization: `Bearer ${world.person(ADA).pat}`, "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  expect(answer.ok).toBe(true);
  return (await answer.json()) as unknown[];
}

const at = (world: World, of: "" | "/changes" | "/runs" | "/settings" = "") =>
  `/projects/${world.project(PROJECT).ref}/branches/${world.project(BRANCH).ref}${of}`;

test("a branch from its creation to the merge", async ({ page, steward }) => {
  test.setTimeout(120_000);
  const world = await steward.signedIn({ coming_up_ms: 2_000 });
  const project = world.project("Difference Engine");
  await steward.open(`/projects/${project.ref}/branches`);
  await expect(page.getByText("Branching is off")).toBeVisible();
  await expect(page.getByText("Turning branching on makes no copy and costs nothing")).toBeVisible();
  await page.getByRole("checkbox", { name: "I know that this changes what the organization pays" }).check();
  await page.getByRole("button", { name: "Turn branching on" }).click();
  await expect(row(page, "main")).toContainText("Production");
  await expect(row(page, "main")).toContainText("Healthy");

  await page.getByRole("link", { name: "New branch" }).click();
  await steward.ready();
  await page.getByLabel("Name", { exact: true }).fill("rls-for-tenants");
  await page.getByLabel("Git branch").fill("grace/rls-for-tenants");
  await page.getByLabel(/^Secrets/).fill("# of the branch\nSTRIPE_KEY='sk_test_1' # a test key\nexport MODE=\"one\ntwo\"");
  await page.getByRole("checkbox", { name: "I know that this changes what the organization pays" }).check();
  await page.getByRole("button", { name: "Create branch" }).click();
  await expect(heading(page, "rls-for-tenants")).toBeVisible();
  const made = (await world.now()).projects.find(({ name }) => name === "rls-for-tenants")!;
  expect(new URL(page.url()).pathname).toBe(`/projects/${project.ref}/branches/${made.ref}`);
  await steward.appears(facts(page).getByText("Ready", { exact: true }));
  await expect(card(page, "Connection")).toContainText(`db.${made.ref}.supabase.localhost`);
  // Its database answers by now, and the rest of the page knows.
  await expect(page.getByText("The migrations could not be compared")).toBeHidden();

  await migrate(world, made.ref, "create table public.tenants (id bigint primary key, name text)", "tenants");
  await page.getByRole("link", { name: "All that differs" }).click();
  await steward.ready();
  await expect(page.getByText("1 object differs")).toBeVisible();
  await expect(page.getByText("It asks nothing: nothing is dropped")).toBeVisible();
  // Its migrations were read a moment ago, and what was read is kept for as long.
  await expect(async () => {
    await page.reload();
    await expect(panel(page)).toContainText("Run 1 migration on production", { timeout: 500 });
  }).toPass();
  await steward.ready();
  await page.getByRole("button", { name: "Merge into production" }).click();

  // A merge is a run of production.
  await expect(page).toHaveURL(new RegExp(`/projects/${project.ref}/branches/${project.ref}/runs/[0-9a-f-]{36}`));
  await expect(page.getByRole("navigation", { name: "Steps of the run" })).toContainText("migrate");
  await steward.appears(facts(page).getByText("Passed", { exact: true }));
  await expect(page.getByRole("region", { name: "Log of the run" })).toContainText("tenants");
  expect(await sql(world, project.ref, "select name from public.tenants")).toEqual([]);
});

test("a merge that loses data asks for a tick and for the project's name", async ({ page, steward }) => {
  steward.problems.expect(/422/);
  const world = await steward.signedIn({ coming_up_ms: 1_000 });
  const [project, branch] = [world.project(PROJECT), world.project(BRANCH)];
  const carries = "create table public.carries (id bigint, legacy int)";
  await migrate(world, project.ref, carries, "carries");
  await steward.open(at(world, "/changes"));

  // Production is ahead: first its migration has to get to the branch.
  await expect(panel(page)).toContainText("Production has 1 migration that the branch lacks");
  await expect(page.getByRole("button", { name: "Merge into production" })).toHaveAttribute("aria-disabled", "true");
  await page.getByRole("button", { name: "Push from production" }).click();
  await steward.appears(facts(page).getByText("Passed", { exact: true }));

  await migrate(world, branch.ref, "alter table public.carries drop column legacy", "drop_legacy");
  await steward.open(at(world, "/changes"));
  await expect(page.getByText("1 of 1 statements loses data on production")).toBeVisible();
  await expect(page.getByRole("table", { name: "Statements on public.carries" })).toContainText("Only a backup brings it back.");
  const merge = page.getByRole("button", { name: "Merge, and lose 1 thing for good" });
  await panel(page).getByRole("checkbox", { name: /I know that this drops the column legacy of public.carries on production: no values/ }).check();
  await panel(page).getByLabel(`To confirm, type ${PROJECT}`).first().fill("note g");
  await merge.click();
  await expect(panel(page).getByText(`Nothing was done: type “${PROJECT}”`).first()).toBeVisible();

  await panel(page).getByRole("checkbox", { name: /I know that this drops the column/ }).first().check();
  await panel(page).getByLabel(`To confirm, type ${PROJECT}`).first().fill(PROJECT);
  await merge.click();
  await steward.appears(facts(page).getByText("Passed", { exact: true }));
  expect(await sql(world, project.ref, "select column_name from information_schema.columns where table_name = 'carries'")).toEqual([
    { column_name: "id" },
  ]);
});

test("rows that a migration deletes are asked about one by one, with how many there are", async ({ page, steward }) => {
  steward.problems.expect(/422/);
  const world = await steward.signedIn({ coming_up_ms: 800 });
  const [project, branch] = [world.project(PROJECT), world.project(BRANCH)];
  for (const side of [project, branch]) await sql(world, side.ref, "create table public.carries (id bigint); create table public.log (id bigint)");
  await sql(world, project.ref, "insert into public.carries select generate_series(1, 38112)");
  await migrate(world, branch.ref, "delete from carries; truncate public.log", "cleared");
  await steward.open(at(world, "/changes"));
  await expect(page.getByText("No schema differs")).toBeVisible();
  const boxes = panel(page).getByRole("checkbox", { name: /on production, by the migration/ });
  await expect(boxes).toHaveCount(2);
  await expect(panel(page).getByText(/deletes every row of carries on production, .*: 38,112 rows/)).toBeVisible();
  await expect(panel(page).getByText(/empties the table public.log on production, .*: no rows/)).toBeVisible();
  const merge = page.getByRole("button", { name: "Merge, and lose 2 things for good" });
  await boxes.first().check();
  await panel(page).getByLabel(`To confirm, type ${PROJECT}`).first().fill(PROJECT);
  await merge.click();
  // The browser itself holds what is not ticked.
  expect(await sql(world, project.ref, "select count(*)::int as left from public.carries")).toEqual([{ left: 38_112 }]);
  await boxes.last().check();
  await merge.click();
  await steward.appears(facts(page).getByText("Passed", { exact: true }));
  expect(await sql(world, project.ref, "select count(*)::int as left from public.carries")).toEqual([{ left: 0 }]);
});

test("what fails in the middle is told where it is, and nothing is merged", async ({ page, steward }) => {
  steward.problems.expect(/50\d|422/);
  const world = await steward.signedIn();
  const branch = world.project(BRANCH);
  await migrate(world, branch.ref, "create table public.later (id int)", "later");
  await world.fault("v1-list-all-functions", { kind: "status", code: 503 });
  await steward.open(at(world, "/changes"));
  // The rest of the page stays.
  await expect(page.getByText("Edge Functions could not be compared")).toBeVisible();
  await expect(page.getByText("1 object differs")).toBeVisible();
  await world.clearFaults();

  await steward.open(at(world, "/changes"));
  // The list is asked for once more before the merge leaves, which then may do anything.
  await world.fault("v1-merge-a-branch", { kind: "status", code: 500, message: "Failed to merge" });
  await page.getByRole("button", { name: "Merge into production" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Not known whether it was done" })).toBeVisible();
  await world.clearFaults();
  expect(await sql(world, world.project(PROJECT).ref, "select to_regclass('public.later')::text as made")).toEqual([{ made: null }]);
});

test("a run that fails is headed by its first error, and its log is searched and kept", async ({ page, steward }) => {
  const world = await steward.signedIn({ coming_up_ms: 800 });
  const [project, branch] = [world.project(PROJECT), world.project(BRANCH)];
  // It fits the branch, and not production.
  await sql(world, branch.ref, "create table public.only_here (id int)");
  await migrate(world, branch.ref, "alter table public.only_here add column legacy_offset int", "needs_a_table");
  await steward.open(at(world, "/changes"));
  await page.getByRole("button", { name: "Merge into production" }).click();
  await steward.appears(page.getByRole("heading", { name: /^migrate failed:/ }));
  await expect(page.getByRole("region", { name: "Why it failed" })).toContainText("only_here");
  await expect(page.getByText("Migrations can fail for causes outside of SQL")).toBeVisible();
  await expect(page.locator("#seed")).toContainText("no lines");

  await page.getByRole("searchbox", { name: "Search the log" }).fill("ONLY_HERE");
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await expect(page).toHaveURL(/\?q=ONLY_HERE/);
  await expect(page.getByRole("table", { name: "Log of migrate" }).locator("mark").first()).toHaveText("only_here");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download the log" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^run-[0-9a-f-]{36}\.log$/);
  // axe itself is a script.
  if (steward.hydrated) await faultless(page);
  await page.setViewportSize({ width: 360, height: 800 });
  await fitsTheWidth(page);
  // Production's runs are listed with it.
  await steward.open(`/projects/${project.ref}/branches/${project.ref}/runs`);
  await expect(rows(page, "Runs").first()).toContainText("migrate failed");
});

test("a branch is renamed, reviewed, deleted for an hour and brought back", async ({ page, steward }) => {
  steward.problems.expect(/422/);
  const world = await steward.signedIn();
  await steward.open(at(world));
  await tab(page, "Settings").click();
  await steward.ready();
  const edit = card(page, "Branch");
  await edit.getByLabel("Name").fill("carry-select");
  await edit.getByLabel("Tell this address").fill("https://example.com/hook");
  await edit.getByRole("button", { name: "Save" }).click();
  await steward.appears(heading(page, "carry-select"));
  await card(page, "Review").getByRole("button", { name: "Ask for a review" }).click();
  await steward.appears(card(page, "Review").getByRole("button", { name: "Take the request back" }));

  const end = card(page, "Delete");
  await end.getByLabel("Name").first().fill("carry-lookahead");
  await end.getByRole("button", { name: "Delete in an hour" }).click();
  await expect(end.getByText("Nothing was done: type “carry-select”").first()).toBeVisible();
  await end.getByLabel("Name").first().fill("carry-select");
  await end.getByRole("button", { name: "Delete in an hour" }).click();
  await steward.appears(page.getByRole("button", { name: "Restore branch" }));

  await steward.open(`/projects/${world.project(PROJECT).ref}/branches`);
  await expect(row(page, "carry-select")).toContainText("Deleted");
  await row(page, "carry-select").getByRole("button", { name: "Restore" }).click();
  await steward.appears(row(page, "carry-select").getByText(/old|Review asked|\d+ (d|h|min|s)/).first());
  await expect(row(page, "carry-select")).not.toContainText("Deleted");
});

test("branches are searched and filtered, and turning branching off says which of them die", async ({ page, steward }) => {
  const world = await steward.signedIn();
  const project = world.project(PROJECT);
  await steward.open(`/projects/${project.ref}/branches`);
  await expect(list(page)).toHaveCount(2);
  await expect(list(page).first()).toContainText("main");
  await page.getByRole("searchbox", { name: "Search branches and git branches" }).fill("feat/carry");
  await steward.apply();
  await expect(list(page)).toHaveCount(1);
  await steward.open(`/projects/${project.ref}/branches?kind=Persistent`);
  await expect(page.getByText("No branch fits")).toBeVisible();

  await steward.open(`/projects/${project.ref}/branches`);
  await page.getByText("Turn branching off").first().click();
  const off = card(page, "Turn branching off");
  await expect(off).toContainText("One branch is deleted with its data");
  await expect(off.getByRole("listitem")).toHaveText([BRANCH]);
  await off.getByLabel(/Name of the project/).fill(PROJECT);
  await off.getByRole("button", { name: "Turn branching off" }).click();
  await steward.appears(page.getByText("Branching is off"));
});

test("settings that differ are compared when somebody asks, and secrets only as that", async ({ page, steward }) => {
  const world = await steward.signedIn();
  const [project, branch] = [world.project(PROJECT), world.project(BRANCH)];
  const change = async (of: string, path: string, method: string, body: object) => {
    const answer = await fetch(`${SANDBOX()}/v1/projects/${of}/${path}`, {
      method,
      headers: { authorization: `Bearer ${world.person(ADA).pat}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(answer.ok, await answer.text()).toBe(true);
  };
  await change(project.ref, "config/auth", "PATCH", { site_url: "https://engine.example.com" });
  await change(branch.ref, "config/auth", "PATCH", { site_url: "https://preview.example.com", smtp_pass: "hunter2" });
  await change(branch.ref, "postgrest", "PATCH", { max_rows: 5_000 });
  await steward.open(at(world, "/changes"));
  await page.getByRole("link", { name: "Compare the settings" }).click();
  await steward.ready();
  const settings = page.getByRole("table", { name: "Settings that differ" });
  const row = (name: string) => settings.getByRole("row").filter({ hasText: name });
  await expect(row("https://engine.example.com")).toContainText("https://preview.example.com");
  await expect(row("5,000")).toContainText("Data API");
  await expect(row("A secret is set")).toContainText("No secret is set");
  await expect(page.getByText("hunter2")).toHaveCount(0);
  // axe itself is a script.
  if (steward.hydrated) await faultless(page);
  await page.setViewportSize({ width: 360, height: 800 });
  await fitsTheWidth(page);
  await page.getByRole("link", { name: "Take settings over" }).click();
  await expect(heading(page, "Compare")).toBeVisible();
});

test("a branch's secrets are typed row by row, and refused where they cannot be", async ({ page, steward }) => {
  steward.problems.expect(/422/);
  const world = await steward.signedIn({ coming_up_ms: 500 });
  await steward.open(`/projects/${world.project(PROJECT).ref}/branches/new`);
  await page.getByLabel("Name", { exact: true }).fill("by-rows");
  await page.getByText("Secrets row by row").click();
  await page.getByLabel("Name 1").fill("SUPABASE_URL");
  await page.getByLabel("Value 1").fill("x");
  await page.getByRole("checkbox", { name: "I know that this changes what the organization pays" }).check();
  await page.getByRole("button", { name: "Create branch" }).click();
  await expect(page.getByText("Row 1 of secrets: Names that begin with SUPABASE_ belong to Supabase.").first()).toBeVisible();
  const rows = page.getByText("Secrets row by row");
  if (!(await page.getByLabel("Name 1").isVisible())) await rows.click();
  await page.getByLabel("Name 1").fill("STRIPE_KEY");
  await page.getByLabel("Value 1").fill("sk_test_1");
  await page.getByRole("checkbox", { name: "I know that this changes what the organization pays" }).check();
  await page.getByRole("button", { name: "Create branch" }).click();
  await expect(heading(page, "by-rows")).toBeVisible({ timeout: 30_000 });
});

test("a branch begins anew at a version of its own", async ({ page, steward }) => {
  const world = await steward.signedIn({ coming_up_ms: 800 });
  const branch = world.project(BRANCH);
  // A branch is made of production's history, and so begins anew by it.
  const production = world.project(PROJECT).ref;
  await migrate(world, production, "create table public.first (id int)", "first");
  await migrate(world, production, "create table public.second (id int)", "second");
  await steward.open(at(world, "/changes"));
  await page.getByText("Reset the branch").first().click();
  const choices = page.getByLabel(/^To \(/);
  const first = await choices.getByRole("option", { name: /first/ }).getAttribute("value");
  await choices.selectOption(first!);
  await page.getByRole("checkbox", { name: /I know that this empties the branch/ }).check();
  await panel(page).getByLabel(`To confirm, type ${BRANCH}`).fill(BRANCH);
  await page.getByRole("button", { name: "Reset the branch" }).click();
  await steward.appears(facts(page).getByText("Passed", { exact: true }));
  expect(await sql(world, branch.ref, "select to_regclass('public.first')::text as a, to_regclass('public.second')::text as b")).toEqual([
    { a: "first", b: null },
  ]);
  expect(page.url()).toContain(`${CONSOLE()}${at(world, "/runs")}/`);
  await expect(news(page, "Reset the branch").first()).toBeAttached();
});
