// SQL: a statement is written, run by a key, asked about by what it does, and its error is found.
import { expect, test } from "../support/test.ts";
import type { Page } from "@playwright/test";

const answer = (page: Page) => page.getByRole("region", { name: "Result" });
const run = (page: Page) => page.getByRole("button", { name: /^Run/ });

/** Writes the statement, into the editor where there is one. */
async function write(page: Page, hydrated: boolean, sql: string) {
  if (!hydrated) return page.getByLabel("SQL", { exact: true }).fill(sql);
  const editor = page.locator("code-editor[data-ready] .cm-content");
  await editor.click();
  await page.keyboard.press("ControlOrMeta+a");
  // Text that takes the place of coloured text would be given its colour by Chromium, as a style that the policy forbids.
  await page.keyboard.press("Delete");
  await page.keyboard.insertText(sql);
}

test("a statement is run, and only what is selected of it", async ({ page, steward }) => {
  const world = await steward.signedIn({ projects: 1 });
  await steward.open(`/projects/${world.project().ref}/sql`);
  await expect(answer(page)).toContainText("Nothing was run yet");
  await write(page, steward.hydrated, "select 41 + 1 as sum, null as nothing");
  if (steward.hydrated) await page.keyboard.press("Control+Enter");
  else await run(page).click();
  // The world's first statement starts its PostgreSQL.
  await expect(answer(page)).toContainText("1 row", { timeout: 30_000 });
  await expect(answer(page).getByRole("cell", { name: "42" })).toBeVisible();
  await expect(answer(page).getByRole("cell", { name: "null" })).toBeVisible();
  if (steward.hydrated) {
    await expect(answer(page)).toBeFocused();
    await write(page, true, "select 'whole' as what;");
    await page.keyboard.press("Enter");
    await page.keyboard.insertText("select 'part' as what");
    await page.keyboard.press("Shift+Home");
    await page.keyboard.press("Control+Enter");
    await expect(answer(page)).toContainText("the selected part");
    await expect(answer(page).getByRole("cell", { name: "part" })).toBeVisible();
  }
  await write(page, steward.hydrated, "select\n  nowhere");
  await run(page).click();
  await expect(answer(page)).toContainText('column "nowhere" does not exist');
  await expect(answer(page)).toContainText("Line 2");
  if (steward.hydrated) {
    await page.getByRole("link", { name: "Go to line 2" }).click();
    await expect(page.locator("code-editor .cm-content")).toBeFocused();
  }
});

test("writing is switched on, and what loses rows is named first", async ({ page, steward }) => {
  steward.problems.expect(/422/);
  const world = await steward.signedIn({ projects: 1 });
  await steward.open(`/projects/${world.project().ref}/sql`);
  await write(page, steward.hydrated, "create table public.kept (id int)");
  await run(page).click();
  await expect(answer(page)).toContainText("25006", { timeout: 30_000 });
  await page.getByRole("radio", { name: "Can write" }).check();
  await expect(page.getByText("Runs as postgres.", { exact: false })).toBeVisible();
  await run(page).click();
  await expect(answer(page)).toContainText("It gave no rows");
  await write(page, steward.hydrated, "drop table public.kept");
  await run(page).click();
  await page.getByRole("checkbox", { name: "I know that this drops the table public.kept" }).check();
  await page.getByLabel(/^To confirm, type/).fill(world.project().name);
  await run(page).click();
  await expect(answer(page)).toContainText("It gave no rows");
  await expect(page.getByRole("checkbox", { name: /^I know that this/ })).toHaveCount(0);
  expect((await world.now()).counters.calls["v1-run-a-query"]).toBe(2);
});
