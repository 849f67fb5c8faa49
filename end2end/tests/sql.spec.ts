// SQL: a statement is written, run by a key, asked about by what it does, and its error is found; it is kept, and its rows are
// gone through by keys.
import { ADA, GRACE, expect, signIn, test } from "../support/test.ts";
import type { Page } from "@playwright/test";

const answer = (page: Page) => page.getByRole("region", { name: "Result" });
const run = (page: Page) => page.getByRole("button", { name: /^Run/ });

/** A cell of the rows: scripts make a grid of them. */
const cell = (page: Page, hydrated: boolean, name: string) =>
  answer(page).getByRole(hydrated ? "gridcell" : "cell", { name, exact: true }).first();

const beside = (page: Page) => page.getByRole("complementary", { name: "Beside the editor" });

/** Shows one of the lists beside the editor: with scripts they are tabs. */
async function chooseBeside(page: Page, hydrated: boolean, name: string) {
  const tab = beside(page).getByRole(hydrated ? "tab" : "link", { name, exact: true });
  await tab.click();
  if (!hydrated) return expect(tab).toHaveAttribute("aria-current", "page");
  await expect(tab).toHaveAttribute("aria-selected", "true");
  // Until the list has come, the search field is that of the list before it.
  await expect(beside(page).getByRole("tabpanel")).not.toHaveAttribute("aria-busy", "true");
}

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
  await expect(cell(page, steward.hydrated, "42")).toBeVisible();
  await expect(cell(page, steward.hydrated, "null")).toBeVisible();
  if (steward.hydrated) {
    await expect(answer(page)).toBeFocused();
    await write(page, true, "select 'whole' as what;");
    await page.keyboard.press("Enter");
    await page.keyboard.insertText("select 'part' as what");
    await page.keyboard.press("Shift+Home");
    await page.keyboard.press("Control+Enter");
    await expect(answer(page)).toContainText("the selected part");
    await expect(cell(page, true, "part")).toBeVisible();
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

test("a text is formatted in its place, and nothing is run", async ({ page, steward }) => {
  const world = await steward.signedIn({ projects: 1 });
  await steward.open(`/projects/${world.project().ref}/sql`);
  await write(page, steward.hydrated, "select a,b from t where a=1");
  await page.getByRole("button", { name: "Format", exact: true }).click();
  const text = page.locator("textarea[name=query]");
  await expect(text).toHaveValue(/^select\s+a, b\s+from\s+t\s+where\s+a = 1$/);
  if (steward.hydrated) {
    await expect(page.locator("code-editor .cm-content")).toContainText("a = 1");
    await expect(answer(page)).toContainText("Nothing was run yet");
  } else {
    await expect(answer(page)).toContainText("Formatted; nothing was run");
  }
  expect((await world.now()).counters.calls["v1-run-a-query"] ?? 0).toBe(0);
});

test("a question to the logs is kept, opened and deleted", async ({ page, steward }) => {
  const world = await steward.signedIn({ projects: 1 });
  await steward.open(`/projects/${world.project().ref}/logs?range=3h&level=error`);
  await page.getByText("Save this question\u2026").click();
  await page.getByLabel("Name", { exact: true }).fill("What went wrong");
  await page.getByRole("button", { name: "Save the question" }).click();
  await expect(page.getByText("The question is saved as What went wrong.")).toBeVisible();
  await steward.open(`/projects/${world.project().ref}/logs/query`);
  await page.getByText("Saved questions (1)").click();
  await page.getByRole("link", { name: "What went wrong" }).click();
  await expect(page).toHaveURL(/\/logs\?range=3h&level=error/);
  await steward.ready();
  await page.getByText("Saved questions (1)").click();
  await page.getByText(/^Share or delete/).click();
  await page.getByRole("button", { name: /^Delete .What went wrong. for good/ }).click();
  await expect(page.getByText("The saved question is deleted.")).toBeVisible();
  await expect(page.getByText("Saved questions (1)")).toHaveCount(0);
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

test("what was run is in the history, and what has a name is shared and deleted", async ({ page, steward }) => {
  const world = await steward.signedIn({ projects: 1 });
  await steward.open(`/projects/${world.project().ref}/sql`);
  await write(page, steward.hydrated, "select 41 + 1 as sum");
  await run(page).click();
  await expect(answer(page)).toContainText("1 row", { timeout: 30_000 });
  const side = beside(page);
  await expect(side.getByRole("link", { name: "select 41 + 1 as sum" })).toBeVisible();
  await page.getByText("Save under a name").click();
  await page.getByLabel("Name", { exact: true }).fill("The sum");
  await page.getByLabel(/^Share with/).check();
  if (steward.hydrated) await page.getByLabel("Name", { exact: true }).press("Enter");
  else await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.locator(".sql-keep > summary")).toHaveText("Saved as The sum");
  await steward.ready();
  // What is kept under a name is what one sees the name among.
  await expect(side.getByRole("link", { name: "The sum" })).toBeVisible();
  await expect(side).toContainText("Yours, shared with");
  await expect(page.locator("textarea[name=query]")).toHaveValue("select 41 + 1 as sum");
  await page.locator(".sql-keep > summary").click();
  await page.getByText("Delete\u2026").click();
  await page.getByRole("button", { name: /^Delete .The sum. for good/ }).click();
  await expect(page.getByText("The saved statement is deleted.")).toBeVisible();
  await steward.ready();
  await chooseBeside(page, steward.hydrated, "History");
  await side.getByText("Clear the history\u2026").click();
  await side.getByRole("button", { name: "Clear the history" }).click();
  await expect(side).toContainText("What you run here is kept for you.");
});

test("the lists beside the editor are searched, and give it statements and names", async ({ page, steward }) => {
  const world = await steward.signedIn({ projects: 1 });
  const text = page.locator("textarea[name=query]");
  await steward.open(`/projects/${world.project().ref}/sql`);
  for (const [sql, column] of [["select 41 + 1 as sum", "sum"], ["select 'needle' as word", "word"]] as const) {
    await write(page, steward.hydrated, sql);
    await run(page).click();
    await expect(answer(page).getByRole("columnheader", { name: column })).toBeVisible({ timeout: 30_000 });
  }
  const calls = async (operation: string) => (await world.now()).counters.calls[operation] ?? 0;
  const search = beside(page).getByRole("searchbox");
  await search.fill("NEEDLE");
  await steward.apply();
  await expect(beside(page).getByRole("listitem")).toHaveCount(1);
  await search.fill("nothing of it");
  await steward.apply();
  await expect(beside(page)).toContainText("Nothing here holds \u201cnothing of it\u201d.");
  await search.fill("sum");
  await steward.apply();
  await beside(page).getByRole("link", { name: "select 41 + 1 as sum" }).click();
  await expect(text).toHaveValue("select 41 + 1 as sum");

  await chooseBeside(page, steward.hydrated, "Saved");
  await expect(beside(page).getByRole("heading", { name: "Ready-made" })).toBeVisible();
  // With scripts the answer stays where it was, and another statement comes into a tab of its own.
  if (steward.hydrated) await expect(page.getByRole("tablist", { name: "Statements" }).getByRole("tab")).toHaveCount(2);
  await beside(page).getByRole("link", { name: "Running statements" }).click();
  await expect(text).toHaveValue(/pg_stat_activity/);

  const asked = await calls("v1-read-only-query");
  await chooseBeside(page, steward.hydrated, "Schema");
  await search.fill("encrypted_pass");
  await steward.apply();
  const table = beside(page).locator("[data-table='auth.users']");
  await expect(table.getByText("encrypted_password")).toBeVisible();
  await expect(beside(page).locator("[data-table='storage.buckets']")).toBeHidden();
  if (!steward.hydrated) return;
  // The editor has read them before.
  expect(await calls("v1-read-only-query")).toBe(asked);
  await page.getByRole("button", { name: "New tab" }).click();
  await page.keyboard.insertText("select  from ");
  await table.getByRole("button", { name: "Put auth.users into the statement" }).click();
  await page.keyboard.press("Home");
  for (let at = 0; at < 7; at++) await page.keyboard.press("ArrowRight");
  await table.getByRole("button", { name: "encrypted_password" }).click();
  await expect(text).toHaveValue("select encrypted_password from auth.users");
  await expect(page.locator("code-editor .cm-content")).toBeFocused();
  // Keys go through the tabs, and the tables that are known are not asked for again when they are shown once more.
  await beside(page).getByRole("tab", { name: "Schema" }).focus();
  await page.keyboard.press("Home");
  await expect(beside(page).getByRole("tab", { name: "History" })).toBeFocused();
  await expect(beside(page).getByRole("link", { name: "select 41 + 1 as sum" })).toBeVisible();
  await page.keyboard.press("End");
  await expect(beside(page).getByText("Read at")).toBeVisible();
  await page.keyboard.press("/");
  await expect(search).toBeFocused();
  expect(await calls("v1-read-only-query")).toBe(asked);
  await beside(page).getByRole("button", { name: "Read them again" }).click();
  await expect.poll(() => calls("v1-read-only-query")).toBe(asked + 1);
  await expect(beside(page).getByText("Read at")).toBeVisible();
  // Folded away it stays so in this browser.
  const fold = beside(page).getByRole("button", { name: "History, saved and schema" });
  await fold.click();
  await expect(search).toBeHidden();
  await page.reload();
  await steward.ready();
  await expect(fold).toHaveAttribute("aria-expanded", "false");
  await fold.click();
  await expect(search).toBeVisible();
});

test("rows are a grid that keys go through, copy and sort", async ({ page, steward, context }) => {
  test.skip(!steward.hydrated, "without scripts they are a table");
  const world = await steward.signedIn({ projects: 1 });
  await steward.open(`/projects/${world.project().ref}/sql`);
  await write(page, true, "select n, case when n = 3 then null else 'w' || n end as word, jsonb_build_object('n', n) as doc from generate_series(1, 3000) n");
  await page.keyboard.press("Control+Enter");
  const grid = answer(page).getByRole("grid", { name: "Rows" });
  await expect(grid).toHaveAttribute("aria-rowcount", "3001", { timeout: 30_000 });
  await cell(page, true, "w1").click();
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(answer(page)).toContainText("3 \u00d7 1 values chosen");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.keyboard.press("ControlOrMeta+c");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("w1\nw2\n");
  await page.keyboard.press("ControlOrMeta+End");
  await expect(cell(page, true, "w3000")).toBeVisible();
  await page.keyboard.press("Space");
  await expect(answer(page).locator(".grid-value")).toContainText('"n": 3000');
  await page.keyboard.press("Escape");
  await answer(page).getByRole("button", { name: "n", exact: true }).click();
  await answer(page).getByRole("button", { name: "n", exact: true }).click();
  await expect(answer(page).getByRole("columnheader", { name: "n" })).toHaveAttribute("aria-sort", "descending");
  await expect(cell(page, true, "w3000")).toBeVisible();
  await expect(cell(page, true, "w1")).toHaveCount(0);
  await answer(page).getByText("Chart", { exact: true }).click();
  await expect(answer(page).getByRole("img", { name: "n along word, 500 rows, from 2,501 to 3,000" })).toBeVisible();
  await expect(answer(page)).toContainText("The first 500 of 3,000 rows.");
  await answer(page).getByRole("combobox", { name: "as", exact: true }).selectOption("a line");
  const [file] = await Promise.all([page.waitForEvent("download"), answer(page).getByRole("button", { name: "Picture (SVG)" }).click()]);
  expect(file.suggestedFilename()).toBe("chart.svg");
});

test("the editor proposes tables and columns of the project", async ({ page, steward }) => {
  test.skip(!steward.hydrated, "without scripts there is no editor");
  const world = await steward.signedIn({ projects: 1 });
  const { ref } = world.project();
  await steward.open(`/projects/${ref}/sql`);
  expect((await world.now()).counters.calls["v1-read-only-query"] ?? 0).toBe(0);
  await page.locator("code-editor[data-ready] .cm-content").click();
  await expect.poll(async () => (await world.now()).counters.calls["v1-read-only-query"], { timeout: 30_000 }).toBe(1);
  await page.keyboard.type("select * from auth.use", { delay: 20 });
  await expect(page.getByRole("option", { name: "users" })).toBeVisible();
});

test.describe("tabs", () => {
  test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "without scripts there is one text");
  const tabs = (page: Page) => page.getByRole("tablist", { name: "Statements" });
  const tab = (page: Page, name: string) => tabs(page).getByRole("tab", { name, exact: true });
  const text = (page: Page) => page.locator("textarea[name=query]");

  test("several statements stand side by side, each with its answer, and are there again after a reload", async ({ page, steward }) => {
    const world = await steward.signedIn({ projects: 1 });
    await steward.open(`/projects/${world.project().ref}/sql`);
    await expect(tabs(page).getByRole("tab")).toHaveCount(1);
    await write(page, true, "select 41 + 1 as sum");
    await page.keyboard.press("Control+Enter");
    await expect(cell(page, true, "42")).toBeVisible({ timeout: 30_000 });
    await page.getByRole("button", { name: "New tab" }).click();
    await expect(tab(page, "Untitled 2")).toHaveAttribute("aria-selected", "true");
    await expect(answer(page)).toContainText("Nothing was run yet");
    await expect(text(page)).toHaveValue("");
    await write(page, true, "drop table nothing");
    await page.getByRole("radio", { name: "Can write" }).check();
    await page.getByRole("button", { name: "Rename" }).click();
    await page.getByLabel("Name of the tab").fill("Clean-up");
    await page.keyboard.press("Enter");
    await expect(tab(page, "Clean-up")).toBeFocused();
    await expect(tab(page, "Clean-up")).toHaveAttribute("aria-description", "Can write, Not saved");
    // Leave to write is the tab's own.
    await page.keyboard.press("ArrowLeft");
    await expect(tab(page, "select 41 + 1 as sum")).toBeFocused();
    await expect(page.getByRole("radio", { name: "Read-only" })).toBeChecked();
    await expect(cell(page, true, "42")).toBeVisible();
    await expect(text(page)).toHaveValue("select 41 + 1 as sum");
    // One undoes in one text what was done in it, and nothing of the other.
    await page.locator("code-editor[data-ready] .cm-content").click();
    await page.keyboard.press("ControlOrMeta+z");
    await expect(text(page)).not.toHaveValue(/drop/);
    await page.keyboard.press("ControlOrMeta+Shift+z");
    await tab(page, "Clean-up").click();
    await expect(page.getByRole("radio", { name: "Can write" })).toBeChecked();
    await page.reload();
    await steward.ready();
    await expect(tab(page, "Clean-up")).toHaveAttribute("aria-selected", "true");
    await expect(text(page)).toHaveValue("drop table nothing");
    await expect(page.getByRole("radio", { name: "Read-only" })).toBeChecked();
    await expect(answer(page)).toContainText("Nothing was run yet");
    // What is closed by mistake is opened again.
    await tab(page, "Clean-up").focus();
    await page.keyboard.press("Delete");
    await expect(tabs(page).getByRole("tab")).toHaveCount(1);
    await page.getByRole("button", { name: "Open it again" }).click();
    await expect(text(page)).toHaveValue("drop table nothing");
  });

  test("an opened statement has a tab of its own, once, and takes what it is kept under with it", async ({ page, steward }) => {
    const world = await steward.signedIn({ projects: 1 });
    const sql = `/projects/${world.project().ref}/sql`;
    await steward.open(sql);
    await write(page, true, "select 'mine'");
    await page.getByText("Save under a name").click();
    await page.getByLabel("Name", { exact: true }).fill("Of mine");
    await page.getByLabel("Name", { exact: true }).press("Enter");
    await expect(page.locator(".sql-keep > summary")).toHaveText("Saved as Of mine");
    await steward.ready();
    await expect(tabs(page).getByRole("tab")).toHaveCount(1);
    await expect(tab(page, "Of mine")).not.toHaveAttribute("data-edited");
    // A link's text comes beside it, with the warning; and is there once, however often the page is loaded.
    await steward.open(`${sql}?sql=${encodeURIComponent("select 'theirs'")}`);
    await expect(page.getByText("A link wrote this")).toBeVisible();
    await page.reload();
    await steward.ready();
    await expect(tabs(page).getByRole("tab")).toHaveCount(2);
    await expect(page.getByText("A link wrote this")).toBeVisible();
    await expect(page.locator(".sql-keep > summary")).toHaveText(/Save under a name/);
    await tab(page, "Of mine").click();
    await expect(page.getByText("A link wrote this")).toBeHidden();
    await expect(page.locator(".sql-keep > summary")).toHaveText("Saved as Of mine");
    await expect(page).toHaveURL(/\/sql\?kept=/);
    await page.locator(".sql-keep > summary").click();
    await page.getByText("Delete\u2026").click();
    await page.getByRole("button", { name: /^Delete .Of mine. for good/ }).click();
    await expect(page.getByText("The saved statement is deleted.")).toBeVisible();
    await steward.ready();
    await expect(text(page)).toHaveValue("select 'mine'");
    await expect(page.locator(".sql-keep > summary")).toHaveText(/Save under a name/);
  });

  test("whoever else signs in on the same browser sees nothing of them", async ({ page, steward }) => {
    const world = await steward.signedIn({ projects: 1 });
    const sql = `/projects/${world.project().ref}/sql`;
    await steward.open(sql);
    await write(page, true, "select 'a secret of Ada'");
    await page.getByRole("button", { name: "New tab" }).click();
    await page.context().clearCookies();
    await page.context().addCookies([{ name: "sandbox_world", value: world.id, domain: "127.0.0.1", path: "/" }]);
    await signIn(page.context().request, world, GRACE);
    await steward.open(sql);
    await expect(tabs(page).getByRole("tab")).toHaveCount(1);
    await expect(text(page)).toHaveValue("");
    const kept = await page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith("steward:sql:")));
    expect(kept.length).toBe(2);
    expect(kept.filter(([, value]) => value.includes("a secret of Ada")).length).toBe(1);
    expect(JSON.stringify(kept)).not.toContain(world.person(ADA).email);
  });
});
