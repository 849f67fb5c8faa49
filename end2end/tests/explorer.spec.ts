// The explorer: finding an operation, filling in its form, running it, and reading the answer.
import { readFile } from "node:fs/promises";
import { expect, test } from "../support/test.ts";
import { heading, rows, tabTo } from "../support/ui.ts";
import type { Page } from "@playwright/test";

const run = (page: Page) => page.getByRole("button", { name: /^Run/ });
const answer = (page: Page) => page.getByRole("region", { name: "Answer" });
const operations = (page: Page) => rows(page, "Operations");

test("operations are found by name, path and effect", async ({ page, steward }) => {
  await steward.signedIn({ projects: 1 });
  await steward.open("/explorer");
  await expect(page.getByText("225 operations", { exact: true })).toBeVisible();
  await page.getByRole("searchbox", { name: "Search operations" }).fill("api-keys delete");
  await steward.apply();
  await expect(page.getByText(/^\d of 225 operations$/)).toBeVisible();
  await expect(page.getByRole("link", { name: "Delete API key" })).toBeVisible();
  await page.getByLabel("Effect").selectOption("Reads");
  await steward.apply();
  await expect(page.getByText("No operation fits")).toBeVisible();
  const asked = new URL(page.url()).searchParams;
  expect([asked.get("search"), asked.get("effect")]).toEqual(["api-keys delete", "read"]);
  await page.getByRole("link", { name: "Show all" }).click();
  await expect(page.getByText("225 operations", { exact: true })).toBeVisible();
});

test("the menu leads to it, and each operation has its page", async ({ page, steward }) => {
  await steward.signedIn({ projects: 1 });
  await steward.open("/projects");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "API explorer" }).click();
  await expect(heading(page, "API explorer")).toBeVisible();
  // The one id with spaces in it.
  await page.getByRole("link", { name: "Delete hostname config" }).click();
  await expect(heading(page, "Delete hostname config")).toBeVisible();
  await expect(page.getByRole("main")).toContainText("v1-Delete hostname config");
  await page.getByRole("navigation", { name: "Breadcrumbs" }).getByRole("link", { name: "API explorer" }).click();
  await expect(heading(page, "API explorer")).toBeVisible();
});

test("a read is run and answered", async ({ page, steward }) => {
  const world = await steward.signedIn({ names: ["Harbour"] });
  await steward.open("/explorer/v1-get-project");
  await expect(answer(page)).toContainText("Not run yet");
  await page.getByLabel("ref").fill(world.project().ref);
  await run(page).click();
  await expect(answer(page)).toContainText("200 OK");
  await expect(answer(page)).toContainText(/\d+ ms/);
  await expect(answer(page)).toContainText(/\d+ of \d+ calls left/);
  await expect(page.getByRole("group", { name: "Answer as JSON" })).toContainText(`"name": "Harbour"`);
  await expect(page.getByLabel("ref")).toHaveValue(world.project().ref);
  await page.getByText("As a curl command").click();
  const command = page.getByRole("group", { name: "curl command" });
  await expect(command).toContainText(`/v1/projects/${world.project().ref}'`);
  await expect(command).toContainText("Bearer $SUPABASE_ACCESS_TOKEN");
});

test("it works with the keyboard alone", async ({ page, steward }) => {
  const world = await steward.signedIn({ names: ["Harbour"] });
  await steward.open("/explorer");
  await tabTo(page, page.getByRole("searchbox", { name: "Search operations" }));
  await page.keyboard.type("v1-get-services-health");
  if (!steward.hydrated) await page.keyboard.press("Enter");
  await expect(operations(page).getByRole("link")).toHaveCount(1);
  await tabTo(page, page.getByRole("link", { name: "Get services health" }));
  await page.keyboard.press("Enter");
  await expect(heading(page, "Get services health")).toBeVisible();
  await steward.ready();
  await tabTo(page, page.getByLabel("ref"));
  await page.keyboard.type(world.project().ref);
  await tabTo(page, page.getByLabel("services"));
  await page.keyboard.type("auth");
  await tabTo(page, run(page));
  await page.keyboard.press("Enter");
  await expect(answer(page)).toContainText("200 OK");
  await expect(page.getByRole("group", { name: "Answer as JSON" })).toContainText("ACTIVE_HEALTHY");
  if (steward.hydrated) await expect(answer(page)).toBeFocused();
  // The answer is next, and can be scrolled.
  await tabTo(page, page.getByRole("group", { name: "Answer as JSON" }));
});

test("nothing is destroyed before its name is typed", async ({ page, steward }) => {
  steward.problems.expect(/422/);
  const world = await steward.signedIn({ names: ["Harbour"] });
  await steward.open(`/explorer/v1-delete-a-project?ref=${world.project().ref}`);
  const confirmation = page.getByLabel("To confirm, type the name of the project");
  await run(page).click();
  await expect(confirmation).toBeFocused();
  await confirmation.fill("harbor");
  await run(page).click();
  await expect(answer(page)).toContainText("Nothing was sent");
  await expect(confirmation).toHaveAccessibleDescription(/type “Harbour” to confirm/);
  if (steward.hydrated) await expect(confirmation).toBeFocused();
  expect((await world.now()).counters.calls["v1-delete-a-project"] ?? 0).toBe(0);
  await confirmation.fill("Harbour");
  await run(page).click();
  await expect(answer(page)).toContainText("200 OK");
  expect((await world.now()).counters.calls["v1-delete-a-project"]).toBe(1);
});

test("what costs money is asked about, and the password does not come back", async ({ page, steward }) => {
  const world = await steward.signedIn({ organizations: 1 });
  await steward.open("/explorer/v1-create-a-project");
  await page.getByLabel("organization_slug").fill(world.organization().slug);
  await page.getByLabel("name", { exact: true }).fill("Harbour");
  await page.getByLabel("db_pass").fill("hunter2hunter2");
  await page.getByLabel("region", { exact: true }).fill("eu-central-1");
  await run(page).click();
  const sure = page.getByRole("checkbox", { name: "I know that this changes what the organization pays" });
  await expect(sure).toBeFocused();
  await sure.check();
  await run(page).click();
  await expect(answer(page)).toContainText("201 Created");
  expect(await page.content()).not.toContain("hunter2");
  // In place it stays in its field; a page drawn anew forgets it.
  await expect(page.getByLabel("db_pass")).toHaveValue(steward.hydrated ? "hunter2hunter2" : "");
});

test("SQL is asked about by what it does, and a changed text anew", async ({ page, steward }) => {
  steward.problems.expect(/422/);
  const world = await steward.signedIn({ projects: 1 });
  await steward.open(`/explorer/v1-run-a-query?ref=${world.project().ref}`);
  const query = page.getByLabel("query", { exact: true });
  const boxes = page.getByRole("checkbox", { name: /^I know that this/ });
  await query.fill("create table orders (id int)");
  await run(page).click();
  // The world's first statement starts its PostgreSQL.
  await expect(answer(page)).toContainText("201 Created", { timeout: 30_000 });
  await expect(boxes).toHaveCount(0);
  await query.fill("drop table orders");
  await run(page).click();
  await expect(answer(page)).toContainText("Nothing was sent");
  const box = page.getByRole("checkbox", { name: "I know that this drops the table orders" });
  if (steward.hydrated) await expect(box).toBeFocused();
  await expect(query).toHaveValue("drop table orders");
  // Rows are lost, so the project's name is typed as well.
  const name = page.getByLabel(/^To confirm, type/);
  await name.fill(world.project().name);
  await box.check();
  await query.fill("truncate orders");
  await run(page).click();
  const other = page.getByRole("checkbox", { name: "I know that this empties the table orders" });
  await expect(other).not.toBeChecked();
  await other.check();
  await run(page).click();
  // Another text, so the name is asked for anew.
  await name.fill(world.project().name);
  await other.check();
  await run(page).click();
  await expect(answer(page)).toContainText("201 Created");
  await expect(boxes).toHaveCount(0);
  expect((await world.now()).counters.calls["v1-run-a-query"]).toBe(2);
});

test("a secret is shown only when it is asked for", async ({ page, steward }) => {
  const { ref } = (await steward.signedIn({ projects: 1 })).project();
  await steward.open(`/explorer/v1-get-project-api-keys?ref=${ref}`);
  await run(page).click();
  const json = page.getByRole("group", { name: "Answer as JSON" });
  await expect(json).toContainText(`"api_key": "[secret]"`);
  await expect(json).not.toContainText("eyJ");
  await page.getByLabel("Secret to reveal").selectOption("api_key");
  await run(page).click();
  // The legacy keys are JWTs.
  await expect(json).toContainText(`"api_key": "eyJ`);
  await expect(answer(page)).toContainText("You asked to see api_key");
  await steward.open("/audit?through=explorer");
  const told = rows(page, "Calls").filter({ hasText: `(${ref}), and asked to see api_key` });
  await expect(told).toHaveCount(1);
});

test("a refusal is told, and the form stays", async ({ page, steward }) => {
  await steward.signedIn({ projects: 1 });
  await steward.open("/explorer/v1-get-project");
  await page.getByLabel("ref").fill("a".repeat(20));
  await run(page).click();
  await expect(answer(page)).toContainText("404 Not Found");
  await expect(answer(page).getByRole("alert")).toContainText("Not found");
  await expect(page.getByLabel("ref")).toHaveValue("a".repeat(20));
});

test("the operations of the sign-in say why they do not run from here", async ({ page, steward }) => {
  await steward.signedIn({ projects: 1 });
  await steward.open("/explorer/v1-exchange-oauth-token");
  await expect(page.getByText("It cannot be run from here")).toBeVisible();
  await expect(run(page)).toHaveCount(0);
});

test("what runs next takes the place of the answer before", async ({ page, steward }) => {
  const world = await steward.signedIn({ names: ["Harbour"] });
  await steward.open(`/explorer/v1-update-a-project?ref=${world.project().ref}`);
  for (const name of ["Beacon", "Lantern"]) {
    await page.getByLabel("name", { exact: true }).fill(name);
    await run(page).click();
    await expect(page.getByRole("group", { name: "Answer as JSON" })).toContainText(name);
  }
  expect((await world.now()).projects[0]!.name).toBe("Lantern");
});

test("an answer can be taken away as a file", async ({ page, steward }) => {
  const { ref } = (await steward.signedIn({ names: ["Harbour"] })).project();
  await steward.open("/explorer/v1-get-project");
  await page.getByLabel("ref").fill(ref);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the answer" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("v1-get-project.json");
  expect(JSON.parse(await readFile(await file.path(), "utf8")).name).toBe("Harbour");
  // The page is still there, and runs.
  await run(page).click();
  await expect(answer(page)).toContainText("200 OK");
});

test("a file that cannot be given says why on the page", async ({ page, steward }) => {
  await steward.signedIn({ projects: 1 });
  await steward.open("/explorer/v1-get-project");
  await page.getByLabel("ref").fill("a".repeat(20));
  await page.getByRole("button", { name: "Download the answer" }).click();
  await expect(answer(page)).toContainText("404 Not Found");
  await expect(page.getByLabel("ref")).toHaveValue("a".repeat(20));
});
