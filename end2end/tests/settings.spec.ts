// Configurations: changed, reviewed, applied, read back and undone; with JavaScript and without.
import { ADA, SANDBOX, expect, test } from "../support/test.ts";
import { PROJECT } from "../support/pages.ts";
import type { World } from "../support/sandbox.ts";

/** What Supabase itself has, and a change that does not go through Steward. */
async function upstream(world: World, path: string, change?: object): Promise<Record<string, unknown>> {
  const answer = await fetch(SANDBOX() + path, {
    method: change ? "PATCH" : "GET",
    headers: { authorization: `Bearer ${world.person(ADA).pat}`, "content-type": "application/json" },
    body: change ? JSON.stringify(change) : undefined,
  });
  expect(answer.ok, `${path}: ${answer.status}`).toBe(true);
  return answer.json();
}

test("a setting is changed, looked at, applied and put back", async ({ page, steward }) => {
  const world = await steward.signedIn();
  const ref = world.project(PROJECT).ref;
  const path = `/v1/projects/${ref}/postgrest`;
  const before = (await upstream(world, path)).max_rows;
  await steward.open(`/projects/${ref}/settings/data-api`);
  await page.getByLabel("Rows of one answer").fill("77");
  if (steward.hydrated) {
    await expect(page.getByRole("region", { name: "What is changed" })).toContainText("1 change");
    await expect(page.getByText("Was 1,000 rows.")).toBeVisible();
  }
  await page.getByRole("button", { name: "Review" }).click();
  await expect(page.getByRole("heading", { name: "Review 1 change" })).toBeVisible();
  await expect(page.getByRole("row", { name: /Rows of one answer/ })).toContainText("77 rows");
  expect((await upstream(world, path)).max_rows).toBe(before);

  // Back to editing: what was typed is there.
  await page.getByRole("link", { name: "Back to editing" }).click();
  await expect(page.getByLabel("Rows of one answer")).toHaveValue("77");
  await page.getByRole("button", { name: "Review" }).click();
  await page.getByRole("button", { name: "Apply 1 change" }).click();
  await expect(page.getByText("As sent", { exact: true })).toBeVisible();
  expect((await upstream(world, path)).max_rows).toBe(77);

  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Apply 1 change" }).click();
  await expect(page.getByText("As sent", { exact: true })).toBeVisible();
  expect((await upstream(world, path)).max_rows).toBe(before);
});

test("lengths of time, lists and switches are said as people say them", async ({ page, steward }) => {
  const world = await steward.signedIn();
  const ref = world.project(PROJECT).ref;
  const path = `/v1/projects/${ref}/config/auth`;
  await steward.open(`/projects/${ref}/settings/auth`);
  await page.getByLabel("Session length", { exact: true }).fill("30");
  await page.getByLabel("Unit of Session length").selectOption("days");
  await page.getByLabel("Further addresses").fill("https://a.example/**\nhttps://b.example/**");
  await page.getByRole("switch", { name: "New people may sign up" }).uncheck();
  await page.getByRole("button", { name: "Review" }).click();
  await expect(page.getByRole("row", { name: /Session length/ })).toContainText("30 days");
  await expect(page.getByRole("row", { name: /New people may sign up/ })).toContainText("Off");
  for (const box of await page.getByRole("checkbox").all()) await box.check();
  await page.getByRole("button", { name: "Apply 3 changes" }).click();
  await expect(page.getByText("As sent", { exact: true })).toHaveCount(3);
  const auth = await upstream(world, path);
  expect([auth.sessions_timebox, auth.disable_signup, auth.uri_allow_list]).toEqual([
    720,
    true,
    "https://a.example/**,https://b.example/**",
  ]);
});

test("what somebody else has changed is shown beside one's own", async ({ page, steward }) => {
  const world = await steward.signedIn();
  const ref = world.project(PROJECT).ref;
  const path = `/v1/projects/${ref}/postgrest`;
  await steward.open(`/projects/${ref}/settings/data-api`);
  await upstream(world, path, { max_rows: 500 });
  await page.getByLabel("Rows of one answer").fill("77");
  await page.getByLabel("Connections to Postgres").fill("20");
  await page.getByRole("button", { name: "Review" }).click();
  await expect(page.getByText("Changed in the meantime.")).toBeVisible();
  await page.getByRole("radio", { name: /Keep what it is now/ }).check();
  await page.getByRole("button", { name: /^Apply/ }).click();
  await expect(page.getByText("As sent", { exact: true })).toHaveCount(1);
  const now = await upstream(world, path);
  expect([now.max_rows, now.db_pool]).toEqual([500, 20]);
});

test("a value that cannot be stays in its field, with what is wrong", async ({ page, steward }) => {
  steward.problems.expect(/422/);
  const world = await steward.signedIn();
  const ref = world.project(PROJECT).ref;
  await steward.open(`/projects/${ref}/settings/storage`);
  await page.getByLabel("Largest file", { exact: true }).fill("9000");
  await page.getByLabel("Unit of Largest file").selectOption("GB");
  await page.getByRole("button", { name: "Review" }).click();
  await expect(page.getByRole("textbox", { name: "Largest file" })).toHaveValue("9000");
  await expect(page.getByRole("textbox", { name: "Largest file" })).toHaveAttribute("aria-invalid", "true");
});

test("settings are found, and changes looked at alone", async ({ page, steward }) => {
  test.skip(!steward.hydrated, "The browser's own search does that without scripts.");
  const world = await steward.signedIn();
  await steward.open(`/projects/${world.project(PROJECT).ref}/settings/auth`);
  const search = page.getByRole("searchbox", { name: "Find a setting" });
  await search.fill("captcha");
  await expect(page.getByText(/\d of 235 settings fit/)).toBeVisible();
  await expect(page.getByText("New people may sign up")).toBeHidden();
  await search.fill("");
  await page.getByRole("switch", { name: "Anonymous sign-ins" }).check();
  await page.getByRole("button", { name: "Only changed" }).click();
  await expect(page.getByText("New people may sign up")).toBeHidden();
  await expect(page.getByText("Was Off.")).toBeVisible();
  await page.getByRole("button", { name: "Put back" }).click();
  await expect(page.getByRole("region", { name: "What is changed" })).toContainText("Change what you like");
});

test("groups that wait out of sight come when an address names them, and bring back what was typed", async ({ page, steward }) => {
  test.skip(!steward.hydrated, "Without scripts all of them are there.");
  const world = await steward.signedIn();
  const path = `/projects/${world.project(PROJECT).ref}/settings/auth`;
  await steward.open(`${path}#setting-rate_limit_verify`);
  const tried = page.getByLabel("Codes and links tried");
  await expect(tried).toBeInViewport();
  await expect(page.locator("noscript[data-later]")).toHaveCount(0);
  await tried.fill("77");
  await page.getByRole("region", { name: "CAPTCHA" }).getByLabel("Secret key").fill("not-to-be-kept");
  await page.getByRole("button", { name: "Review" }).click();
  await expect(page.getByRole("heading", { name: "Review 2 changes" })).toBeVisible();
  await page.goBack();
  await expect(tried).toHaveValue("77");
  await expect(page.getByRole("region", { name: "What is changed" })).toContainText("Codes and links tried");
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain("not-to-be-kept");
});

test("what differs from another project is taken over", async ({ page, steward }) => {
  const world = await steward.signedIn();
  const [here, there] = [world.project(PROJECT).ref, world.project("Difference Engine").ref];
  await upstream(world, `/v1/projects/${there}/postgrest`, { max_rows: 333, db_pool: 12 });
  await steward.open(`/projects/${here}/compare?with=${there}`);
  const differs = page.getByRole("table", { name: "What differs in Data API" });
  await expect(differs.getByRole("row", { name: /Rows of one answer/ })).toContainText("333 rows");
  await differs.getByRole("checkbox", { name: "Take over Rows of one answer" }).check();
  await page.getByRole("button", { name: "Review" }).click();
  await expect(page.getByRole("heading", { name: "Review 1 change" })).toBeVisible();
  await page.getByRole("button", { name: "Apply 1 change" }).click();
  await expect(page.getByText("As sent", { exact: true })).toBeVisible();
  const now = await upstream(world, `/v1/projects/${here}/postgrest`);
  expect([now.max_rows, now.db_pool]).not.toContain(12);
  expect(now.max_rows).toBe(333);
});
