// Walks through the console: `npm run capture` writes them to end2end/screenshots/walk.gif and branch.gif.
import fs from "node:fs";
import { Film } from "../../support/gif.ts";
import { ADA, SANDBOX, expect, test } from "../../support/test.ts";
import { card, facts, heading, rows, services } from "../../support/ui.ts";

test.use({ viewport: { width: 1000, height: 640 }, contextOptions: { reducedMotion: "reduce" } });

test("a walk through the console", async ({ page, steward }) => {
  test.setTimeout(120_000);
  const film = new Film(page);
  const world = await steward.world({ coming_up_ms: 5_000 });

  await steward.open("/projects");
  await film.show(1_200);
  await page.getByRole("button", { name: "Continue with Supabase" }).click();
  await film.show(1_200);
  await page.getByRole("button", { name: "Authorize Steward" }).click();
  await expect(page.getByRole("link", { name: "Difference Engine" })).toBeVisible();
  await steward.ready();
  await film.show(1_500);

  const search = page.getByRole("searchbox", { name: "Search projects" });
  for (const letters of ["m", "mi", "mill"]) {
    await search.fill(letters);
    await expect(page).toHaveURL(new RegExp(`search=${letters}(&|$)`));
    await film.show(350);
  }
  await film.show(900);
  await search.fill("");
  await expect(page.getByRole("link", { name: "Difference Engine" })).toBeVisible();

  const organization = world.organization("Analytical Engines");
  await page.getByRole("link", { name: "Analytical Engines" }).first().click();
  await expect(card(page, "Members")).toContainText("Owner");
  await expect(page.getByRole("link", { name: "Bernoulli (staging)" })).toBeVisible();
  await film.show(1_400);
  await page.getByRole("link", { name: "New project" }).last().click();
  await expect(page).toHaveURL(new RegExp(`organization=${organization.slug}`));
  await expect(page.getByLabel("Project name")).toBeVisible();
  for (const name of ["Analy", "Analytical", "Analytical Engine"]) {
    await page.getByLabel("Project name").fill(name);
    await film.show(300);
  }
  await film.show(700);
  await page.getByRole("checkbox", { name: "I know that this changes what the organization pays" }).check();
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(facts(page)).toBeVisible();
  await expect(facts(page)).toContainText(/not known yet|Coming up/i);
  await film.show(1_500);
  await expect(facts(page).getByText("Healthy", { exact: true })).toBeVisible({ timeout: 20_000 });
  await expect(services(page)).toHaveCount(6);
  await film.show(1_600);

  await page.getByRole("button", { name: "Account" }).click();
  await film.show(800);
  await page.getByRole("button", { name: "Dark theme" }).click();
  await expect(page.locator("html[data-theme=dark]")).toBeAttached();
  await expect(heading(page, "Analytical Engine")).toBeVisible();
  await film.show(2_000);

  fs.mkdirSync("screenshots", { recursive: true });
  expect(film.write("screenshots/walk.gif"), "bytes").toBeLessThan(2 * 1024 * 1024);
});

test("a branch from its creation to the merge", async ({ page, steward }) => {
  test.setTimeout(120_000);
  const film = new Film(page);
  const world = await steward.signedIn({ coming_up_ms: 3_000 });
  const project = world.project("Difference Engine");
  await steward.open(`/projects/${project.ref}/branches`);
  await expect(page.getByText("Branching is off")).toBeVisible();
  await film.show(1_500);
  await page.getByRole("checkbox", { name: "I know that this changes what the organization pays" }).check();
  await page.getByRole("button", { name: "Turn branching on" }).click();
  await expect(rows(page, "Branches").filter({ hasText: "main" })).toContainText("Production");
  await film.show(1_200);

  await page.getByRole("link", { name: "New branch" }).click();
  await steward.ready();
  await page.getByLabel("Name", { exact: true }).fill("rls-for-tenants");
  await page.getByLabel("Git branch").fill("grace/rls-for-tenants");
  await film.show(1_200);
  await page.getByRole("checkbox", { name: "I know that this changes what the organization pays" }).check();
  await page.getByRole("button", { name: "Create branch" }).click();
  await expect(heading(page, "rls-for-tenants")).toBeVisible();
  await film.show(1_200);
  const made = (await world.now()).projects.find(({ name }) => name === "rls-for-tenants")!;
  await expect(facts(page).getByText("Ready", { exact: true })).toBeVisible({ timeout: 20_000 });
  await film.show(1_500);

  const query = "create table public.tenants (id bigint primary key, name text); alter table public.tenants enable row level security";
  const migrated = await fetch(`${SANDBOX()}/v1/projects/${made.ref}/database/migrations`, {
    method: "POST",
    headers: { authorization: `Bearer ${world.person(ADA).pat}`, "content-type": "application/json" },
    body: JSON.stringify({ query, name: "tenants" }),
  });
  expect(migrated.ok).toBe(true);
  await page.getByRole("link", { name: "All that differs" }).click();
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("complementary", { name: "Merge into production" })).toContainText("Run 1 migration on production", { timeout: 500 });
  }).toPass();
  await steward.ready();
  await film.show(2_500);
  await page.getByRole("button", { name: "Merge into production" }).click();
  await expect(page.getByRole("navigation", { name: "Steps of the run" })).toContainText("migrate");
  await film.show(1_200);
  await expect(facts(page).getByText("Passed", { exact: true })).toBeVisible({ timeout: 20_000 });
  await film.show(2_500);

  fs.mkdirSync("screenshots", { recursive: true });
  expect(film.write("screenshots/branch.gif"), "bytes").toBeLessThan(2 * 1024 * 1024);
});
