// Organizations: list, create, overview, members, projects page by page, entitlements.
import { EMMY, CONSOLE, expect, test } from "../support/test.ts";
import { card, facts, heading, news, rows } from "../support/ui.ts";

const DEMO = "Analytical Engines";

test("the list holds all organizations of the person, and leads to them", async ({ page, steward }) => {
  const world = await steward.signedIn();
  await steward.open("/organizations");
  const list = rows(page, "Organizations");
  await expect(list).toHaveCount(3);
  await expect(list.filter({ hasText: "Harbour Labs" })).toContainText(world.organization("Harbour Labs").slug);
  await list.filter({ hasText: DEMO }).getByRole("link", { name: "Members" }).click();
  await expect(heading(page, "Members")).toBeVisible();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Overview" }).click();
  await expect(heading(page, DEMO)).toBeVisible();
});

test("a new organization opens on its overview", async ({ page, steward }) => {
  await steward.signedIn();
  await steward.open("/organizations");
  await page.getByRole("link", { name: "New organization" }).first().click();
  await page.getByLabel("Name").fill("Tabulating Machines");
  await page.getByRole("button", { name: "Create organization" }).click();
  await expect(heading(page, "Tabulating Machines")).toBeVisible();
  await expect(news(page, "Created the organization Tabulating Machines.")).toBeVisible();
  await expect(facts(page)).toContainText("free plan");
  await steward.open("/organizations");
  await expect(rows(page, "Organizations")).toHaveCount(4);
});

for (const [what, name, complaint] of [
  ["of spaces only", "   ", "Please fill this in."],
  ["that is too long", "x".repeat(300), "At most 256 characters, please; these are 300."],
] as const) {
  test(`a name ${what} is refused at its field`, async ({ page, steward }) => {
    steward.problems.expect(/422/);
    await steward.signedIn({ organizations: 1 });
    await steward.open("/organizations/new");
    const field = page.getByLabel("Name");
    // What a browser lets nobody type reaches the server all the same.
    await field.evaluate((input) => input.removeAttribute("maxlength"));
    await field.fill(name);
    await page.getByRole("button", { name: "Create organization" }).click();
    await expect(field).toHaveAccessibleDescription(new RegExp(complaint));
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toHaveValue(name);
  });
}

test("an empty name isn't even sent", async ({ page, steward }) => {
  const world = await steward.signedIn({ organizations: 1 });
  await steward.open("/organizations/new");
  await page.getByRole("button", { name: "Create organization" }).click();
  await expect(page.getByLabel("Name")).toBeFocused();
  expect((await world.now()).organizations).toHaveLength(1);
});

test("a refusal of Supabase is shown in the form, which keeps what was typed", async ({ page, steward }) => {
  steward.problems.expect(/409/);
  await steward.signedIn({ organizations: 1 });
  await steward.open("/organizations/new");
  await page.getByLabel("Name").fill("fail-409");
  await page.getByRole("button", { name: "Create organization" }).click();
  await expect(page.getByRole("alert")).toContainText("Supabase refused this");
  await expect(page.getByLabel("Name")).toHaveValue("fail-409");
});

test("the overview tells plan, people and newest projects", async ({ page, steward }) => {
  const world = await steward.signedIn();
  await steward.open(`/organizations/${world.organization(DEMO).slug}`);
  await expect(facts(page)).toContainText("pro plan");
  const members = rows(page, "Members by role and second factor");
  await expect(members).toHaveText([/Owner\s*1\s*all/, /Administrator\s*1/, /Developer\s*1\s*1 without/, /Read-only\s*1/]);
  await expect(rows(page, "Projects")).toHaveCount(6);
  const needs = page.getByRole("listitem").filter({ hasText: "member has no second factor" });
  await needs.getByRole("link", { name: "See who" }).click();
  await steward.ready();
  await expect(rows(page, "Members")).toHaveText([/alan@example.com/]);
});

test("members have their role and second factor, and can be searched", async ({ page, steward }) => {
  const world = await steward.signedIn();
  const path = `/organizations/${world.organization(DEMO).slug}/members`;
  await steward.open(path);
  const members = rows(page, "Members");
  await expect(members).toHaveCount(4);
  await expect(members.filter({ hasText: "ada@example.com" })).toContainText(/Owner[^A-Z]*On/);
  await expect(members.filter({ hasText: "alan@example.com" })).toContainText(/Developer[^A-Z]*Off/);
  const search = page.getByRole("searchbox", { name: "Search members" });
  await search.fill("read-only");
  await steward.apply();
  await expect(members).toHaveCount(1);
  await expect(members).toContainText("katherine@example.com");
  const url = new URL(page.url());
  expect([url.origin + url.pathname, url.searchParams.get("search")]).toEqual([CONSOLE() + path, "read-only"]);
  await search.fill("nobody like this");
  await steward.apply();
  await expect(page.getByText("No member fits")).toBeVisible();
});

test("many projects come page by page, searched and filtered by Supabase", async ({ page, steward }) => {
  const world = await steward.signedIn({ organizations: 1, projects: 60 });
  await steward.open(`/organizations/${world.organization().slug}/projects`);
  const list = rows(page, "Projects");
  const pages = page.getByRole("navigation", { name: "Pages" });
  await expect(list).toHaveCount(25);
  await expect(pages).toContainText("1–25 of 60");
  await pages.getByRole("link", { name: "Next" }).click();
  await expect(pages).toContainText("26–50 of 60");
  await expect(list.first()).toContainText("Project 026");
  await pages.getByRole("link", { name: "Next" }).click();
  await expect(list).toHaveCount(10);
  await expect(pages.getByRole("link", { name: "Next" })).toHaveCount(0);
  await pages.getByRole("link", { name: "Previous" }).click();
  await expect(pages).toContainText("26–50 of 60");

  await page.getByRole("searchbox", { name: "Search projects by name" }).fill("Project 00");
  await steward.apply();
  await expect(list).toHaveCount(9);
  await page.getByLabel("Status").selectOption("Paused");
  await steward.apply();
  await expect(list).toHaveCount(1);
  await expect(list).toContainText("Project 009");
  await page.reload();
  await expect(list).toHaveCount(1);
  await expect(page.getByLabel("Status")).toHaveValue("INACTIVE");
});

test("entitlements tell what the plan allows", async ({ page, steward }) => {
  const world = await steward.signedIn();
  await steward.open(`/organizations/${world.organization("Harbour Labs").slug}/entitlements`);
  const features = rows(page, "Features");
  await expect(features.filter({ hasText: "storage.max_file_size" })).toContainText("50.0 MB");
  await expect(features.filter({ hasText: "instances.read_replicas" })).toContainText("Not included");
  await page.getByRole("searchbox", { name: "Search features" }).fill("audit");
  await steward.apply();
  await expect(features).toHaveCount(1);
  await expect(features).toContainText("security.audit_logs_days");
});

test("whoever has nothing yet is led to the first step", async ({ page, steward }) => {
  await steward.signedIn({ empty: true }, EMMY);
  await steward.open("/projects");
  await expect(page.getByText("No project yet")).toBeVisible();
  await page.getByRole("link", { name: "Create your first project" }).click();
  await expect(page.getByText("First, an organization")).toBeVisible();
  await steward.open("/organizations");
  await expect(page.getByText("No organization yet")).toBeVisible();
  await page.getByRole("link", { name: "Create an organization" }).click();
  await page.getByLabel("Name").fill("Noether");
  await page.getByRole("button", { name: "Create organization" }).click();
  await expect(heading(page, "Noether")).toBeVisible();
  await expect(card(page, "Projects")).toContainText("No project yet");
});

test("an organization of somebody else is not found", async ({ page, steward }) => {
  const world = await steward.signedIn({ organizations: 1 }, EMMY);
  await steward.open(`/organizations/${world.organization().slug}`);
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Not found");
});
