// Parts of a page that are drawn anew in place: what stands beside them stays as somebody left it.
import type { Page } from "@playwright/test";
import type { World } from "../support/sandbox.ts";
import { expect, test, type Steward } from "../support/test.ts";
import { card, news, rows } from "../support/ui.ts";

const list = (page: Page) => rows(page, "Projects");
/** The status among the facts of a project's own page. */
const status = (page: Page, word: string) => page.getByRole("definition").filter({ hasText: word });

/** Pauses the project, which takes the world a while. */
async function pause(page: Page, steward: Steward, world: World, name: string): Promise<void> {
  await steward.open(`/projects/${world.project(name).ref}/settings`);
  const running = card(page, "Running");
  await running.getByRole("checkbox", { name: /^I know that this stops the project/ }).check();
  await running.getByRole("button", { name: "Pause project" }).click();
  await expect(news(page, /^Paused the project/)).toBeVisible();
}

/** Marks these elements, so that others in their places are told from them. */
const mark = (elements: Element[]) => elements.forEach((element) => Object.assign(element, { marked: true }));
const marked = (elements: Element[]) => elements.map((element) => "marked" in element);

test("what is typed stays while the status beside it moves", async ({ page, steward }) => {
  const world = await steward.signedIn({ names: ["Alpha"], coming_up_ms: 6_000 });
  await pause(page, steward, world, "Alpha");
  const name = page.getByLabel("Project name");
  await name.fill("Half a na");
  await name.evaluate((field: HTMLInputElement) => field.setSelectionRange(2, 4));
  await expect(card(page, "Running").getByText("Paused", { exact: true })).toBeVisible({ timeout: 20_000 });
  await expect(name).toHaveValue("Half a na");
  await expect(name).toBeFocused();
  expect(await name.evaluate((field: HTMLInputElement) => [field.selectionStart, field.selectionEnd])).toEqual([2, 4]);
});

test("of a list only the rows that changed are drawn anew", async ({ page, steward }) => {
  const world = await steward.signedIn({ names: ["Alpha", "Beta", "Gamma"], coming_up_ms: 8_000 });
  await pause(page, steward, world, "Beta");
  await steward.open("/projects");
  const beta = list(page).filter({ hasText: "Beta" });
  await expect(beta).toContainText("Pausing");
  await list(page).evaluateAll(mark);
  const gamma = list(page).filter({ hasText: "Gamma" }).getByRole("link").first();
  await gamma.focus();
  await expect(beta).toContainText("Paused", { timeout: 20_000 });
  await expect(gamma).toBeFocused();
  expect(await list(page).evaluateAll(marked)).toEqual([true, false, true]);

  // Those that go and come leave the others where they are.
  await list(page).evaluateAll(mark);
  const search = page.getByRole("searchbox", { name: "Search projects" });
  await search.fill("a");
  await search.fill("eta");
  await expect(list(page)).toHaveText([/Beta/]);
  await search.fill("");
  await expect(list(page)).toHaveCount(3);
  await expect(search).toBeFocused();
  await expect(list(page)).toHaveText([/Alpha/, /Beta/, /Gamma/]);
  expect(await list(page).evaluateAll(marked)).toEqual([false, true, false]);
  await page.getByLabel("Sort by").selectOption("Oldest first");
  await expect(page).toHaveURL(/sort=oldest/);
  await expect(list(page)).toHaveCount(3);
  expect((await list(page).evaluateAll(marked)).filter(Boolean)).toHaveLength(1);
});

test("what is open is not taken away", async ({ page, steward }) => {
  const world = await steward.signedIn({ names: ["Alpha", "Beta"], coming_up_ms: 6_000 });
  await pause(page, steward, world, "Beta");
  await steward.open("/projects");
  await expect(list(page).filter({ hasText: "Beta" })).toContainText("Pausing");
  await list(page).filter({ hasText: "Alpha" }).evaluate((row) => {
    const dialog = document.createElement("dialog");
    dialog.textContent = "Somebody is reading this";
    row.firstElementChild!.append(dialog);
    dialog.showModal();
  });
  const dialog = page.getByRole("dialog");
  const refreshed = () => page.waitForResponse((answer) => "steward-regions" in answer.request().headers());
  // By then the project rests; the list waits.
  for (let times = 0; times < 3; times++) await refreshed();
  await expect(dialog).toBeVisible();
  await expect(page.getByRole("table", { includeHidden: true })).toContainText("Pausing");
  await dialog.evaluate((element: HTMLDialogElement) => element.close());
  await expect(list(page).filter({ hasText: "Beta" })).toContainText("Paused", { timeout: 20_000 });
});

test("a status that moves asks for itself alone, and once it rests for the page", async ({ page, steward }) => {
  const world = await steward.signedIn({ names: ["Alpha"], coming_up_ms: 6_000 });
  await pause(page, steward, world, "Alpha");
  await steward.open(`/projects/${world.project("Alpha").ref}`);
  await expect(status(page, "Pausing")).toBeVisible();
  const wanted: string[] = [];
  page.on("request", (request) => wanted.push(request.headers()["steward-regions"] ?? ""));
  const asked = () => wanted.filter(Boolean);
  const before = (await world.now()).counters.calls;
  await expect(status(page, "Paused")).toBeVisible({ timeout: 20_000 });
  await expect.poll(() => asked().at(-1)).toMatch(/usage,requests,branches/);
  const after = (await world.now()).counters.calls;
  expect([...new Set(asked().slice(0, -1))]).toEqual(["overview,project,health"]);
  expect(after["v1-get-project"]!).toBeGreaterThan(before["v1-get-project"]!);
  for (const operation of ["v1-get-project-usage-api-count", "v1-get-project-usage-request-count"]) {
    expect(after[operation]! - before[operation]!).toBeLessThanOrEqual(1);
  }
  // What services do in the meantime was told, too: they rest with their project.
  await expect(page.getByText("No service runs while the project is paused.")).toBeVisible();
});

test("regions that go and come back are drawn with what is around them", async ({ page, steward }) => {
  steward.problems.expect(/429/);
  const world = await steward.signedIn({ names: ["Alpha"], coming_up_ms: 12_000 });
  await pause(page, steward, world, "Alpha");
  await steward.open(`/projects/${world.project("Alpha").ref}`);
  const main = page.getByRole("main");
  await expect(status(page, "Pausing")).toBeVisible();
  await main.getByRole("heading", { level: 1 }).evaluateAll(mark);
  await world.fault("v1-get-project", { kind: "rate-limited", seconds: 3 });
  await expect(main.getByText(/^Again in/)).toBeVisible({ timeout: 20_000 });
  await expect(card(page, "API requests")).toHaveCount(0);
  await world.clearFaults();
  await expect(status(page, "Paused")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("No service runs while the project is paused.")).toBeVisible();
  await expect(card(page, "API requests")).toContainText("requests in all");
  expect(await main.getByRole("heading", { level: 1 }).evaluateAll(marked)).toEqual([true]);
});
