// Edge Functions: the list, one of them, and deploying with everything that can go wrong on the way.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Page } from "@playwright/test";
import { CONSOLE, expect, KATHERINE, test } from "../support/test.ts";
import { rows } from "../support/ui.ts";

const list = (page: Page) => rows(page, "Functions");
const deploy = (page: Page) => page.getByRole("button", { name: /^Deploy/ });
const entrypoint = (page: Page) => page.getByLabel("Entrypoint");

/** Puts `text` into the file that is open, in the editor where there is one. */
async function write(page: Page, hydrated: boolean, text: string): Promise<void> {
  const open = page.locator("details.file-edit[open]");
  if (!hydrated) return open.locator("textarea").fill(text);
  const editor = open.locator("code-editor[data-ready] .cm-content");
  await editor.click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
}

async function functions(world: { project(name: string): { ref: string } }): Promise<string> {
  return `/projects/${world.project("Note G").ref}/functions`;
}

test("the list is searched, filtered and sorted", async ({ page, steward }) => {
  const world = await steward.signedIn();
  await steward.open(`/projects/${world.project("Difference Engine").ref}/functions`);
  await expect(list(page)).toHaveCount(2);
  await expect(list(page).first()).toContainText("payment-webhook");
  await expect(list(page).first()).toContainText("Not checked");
  await page.getByLabel("Access").selectOption("JWT checked");
  await steward.apply();
  await expect(list(page)).toHaveCount(1);
  await expect(list(page)).toContainText("send-invoice");
  await page.getByRole("searchbox", { name: "Search functions" }).fill("nothing like this");
  await steward.apply();
  await expect(page.getByText("No function fits")).toBeVisible();
});

test("numbers come after the rows and are put into them, and order them where they are asked to", async ({ page, steward }) => {
  const world = await steward.signedIn();
  await steward.open(await functions(world));
  const each = rows(page, "Numbers of each function");
  const calls = (row: ReturnType<typeof list>) => row.locator('[data-label="Calls"]').first();
  await expect(page.getByText(/^Calls, last/)).toBeVisible();
  if (steward.hydrated) {
    await expect(calls(list(page))).toHaveText(/^[\d,]+$/);
    await expect(each.first()).toBeHidden();
    // What is drawn anew gets them, too.
    await page.getByRole("searchbox", { name: "Search functions" }).fill("hello");
    await expect(list(page)).toHaveCount(1);
    await expect(calls(list(page))).toHaveText(/^[\d,]+$/);
  } else {
    await expect(calls(each)).toHaveText(/^[\d,]+$/);
    await expect(calls(list(page))).toBeHidden();
  }
  await page.getByLabel("Sort by").selectOption("Most called first");
  await steward.apply();
  await expect(calls(list(page))).toHaveText(/^[\d,]+$/);
});

test("the list is complete although its numbers could not be read", async ({ page, steward }) => {
  const world = await steward.signedIn();
  await world.fault("v1-get-project-logs", { kind: "status", code: 500 });
  await steward.open(await functions(world));
  await expect(page.getByText("The functions have no numbers")).toBeVisible();
  await expect(list(page)).toContainText(["hello-world"]);
  // Without scripts the rows have no place for them.
  if (steward.hydrated) await expect(list(page).first()).toContainText("Not known");
});

test("a function is written, deployed, changed and deleted", async ({ page, steward }) => {
  const world = await steward.signedIn();
  const path = await functions(world);
  await steward.open(path);
  await page.getByRole("link", { name: "New function" }).click();
  await steward.ready();
  await page.getByLabel("Slug").fill("carry");
  await write(page, steward.hydrated, "Deno.serve(() => new Response('one'));\n");
  await deploy(page).click();
  await expect(page).toHaveURL(new RegExp(`${path}/carry(\\?notice=|$)`));
  await expect(page.getByText("Deployed the function carry")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("carry");

  await page.getByRole("link", { name: "Edit and deploy" }).click();
  await steward.ready();
  await write(page, steward.hydrated, "Deno.serve(() => new Response('two'));\n");
  await page.getByRole("button", { name: "Show what changes" }).click();
  await expect(page.getByRole("heading", { name: "1 file changes against version 1" })).toBeVisible();
  const changes = page.getByRole("table", { name: "What changes in index.ts" });
  await expect(changes).toContainText("new Response('one')");
  await expect(changes).toContainText("new Response('two')");
  await deploy(page).click();
  await expect(page).toHaveURL(new RegExp(`${path}/carry(\\?notice=|$)`));
  await expect(page.getByRole("main")).toContainText("Version2");

  await page.getByLabel("Name").fill("carry");
  await page.getByRole("button", { name: "Delete function" }).click();
  await expect(page).toHaveURL(new RegExp(`${path}(\\?notice=|$)`));
  await expect(list(page)).toHaveCount(1);
});

test("what the bundler finds stands at its file, and nothing is published", async ({ page, steward }) => {
  const world = await steward.signedIn();
  steward.problems.expect(/400/);
  const path = await functions(world);
  await steward.open(`${path}/hello-world/source`);
  await write(page, steward.hydrated, "// first\nimport { a } from './gone.ts';\n");
  await deploy(page).click();
  await expect(page.getByRole("main")).toContainText(/index\.ts:2:19/);
  await expect(page.locator(".file-problem")).toContainText("Line 2, column 19");
  await steward.open(`${path}/hello-world`);
  await expect(page.getByRole("main")).toContainText("Version1");
});

test("an upstream that fails in the middle is told, and what was typed stays", async ({ page, steward }) => {
  const world = await steward.signedIn();
  steward.problems.expect(/502/);
  await world.fault("v1-deploy-a-function", { kind: "status", code: 500 });
  await steward.open(`${await functions(world)}/hello-world/source`);
  await write(page, steward.hydrated, "// what was typed\n");
  await deploy(page).click();
  await expect(page.getByRole("alert")).toContainText("Supabase");
  await expect(page.locator("details.file-edit[open] textarea")).toHaveValue("// what was typed\n");
});

test("opening a function to everybody is asked about first", async ({ page, steward }) => {
  const world = await steward.signedIn();
  steward.problems.expect(/422/);
  const path = await functions(world);
  await steward.open(`${path}/hello-world/settings`);
  await page.getByLabel("Check JWTs").uncheck();
  await page.getByRole("button", { name: "Change the check" }).click();
  const sure = page.getByRole("checkbox", { name: /anybody on the internet/ });
  await sure.check();
  await page.getByRole("button", { name: "Change the check" }).click();
  await expect(page.getByText("Changed the function hello-world")).toBeVisible();
  await expect(page.getByLabel("Check JWTs")).not.toBeChecked();

  await steward.open(`${path}/hello-world/source`);
  await deploy(page).click();
  await sure.check();
  await deploy(page).click();
  await expect(page).toHaveURL(new RegExp(`${path}/hello-world(\\?notice=|$)`));
  await expect(page.getByRole("main")).toContainText("Version2");
});

test("files that are chosen are deployed as they are, and come back in a zip", async ({ page, steward }) => {
  const world = await steward.signedIn();
  const path_ = await functions(world);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "function-"));
  const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 255]);
  fs.writeFileSync(path.join(folder, "card.png"), picture);
  fs.writeFileSync(path.join(folder, "lib.ts"), "export const a = 1;\r\n");
  await steward.open(`${path_}/new`);
  await page.getByLabel("Slug").fill("cards");
  await page.locator("#file-drop").setInputFiles([path.join(folder, "card.png"), path.join(folder, "lib.ts")]);
  if (steward.hydrated) await expect(page.getByText("3 files")).toBeVisible();
  await deploy(page).click();
  await expect(page).toHaveURL(new RegExp(`${path_}/cards(\\?notice=|$)`));
  const zip = await page.context().request.get(`${CONSOLE()}${await page.getByRole("link", { name: "Download" }).getAttribute("href")}`);
  expect(zip.headers()["content-type"]).toBe("application/zip");
  const names = (await zip.body()).toString("latin1");
  for (const name of ["index.ts", "card.png", "lib.ts"]) expect(names).toContain(name);
  await page.getByRole("link", { name: "Source" }).click();
  await steward.ready();
  await expect(page.locator("details.file-edit", { hasText: "card.png" }).getByRole("checkbox", { includeHidden: true })).toBeChecked();
});

test("one function is compared over all projects", async ({ page, steward }) => {
  const world = await steward.signedIn();
  await steward.open(`${await functions(world)}/hello-world/everywhere`);
  const all = rows(page, "Projects");
  await expect(all.filter({ hasText: "Note G" })).toContainText("This one");
  await expect(all.filter({ hasText: "Difference Engine" })).toContainText("Missing");
  await expect(page.getByText(/projects have it/)).toBeVisible();
});

test("who may only read sees why nothing can be deployed", async ({ page, steward }) => {
  const world = await steward.signedIn(undefined, KATHERINE);
  // The role is known once a page of the organization was read.
  await steward.open(`/organizations/${world.organization("Analytical Engines").slug}/members`);
  await steward.open(`${await functions(world)}/hello-world/source`);
  await expect(deploy(page)).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByText(/Needs the permission edge_functions_write/).first()).toBeVisible();
  await expect(entrypoint(page)).toHaveValue("index.ts");
});

test("several functions are changed in one call, after a look at it", async ({ page, steward }) => {
  const world = await steward.signedIn();
  const path = `/projects/${world.project("Difference Engine").ref}/functions`;
  await steward.open(path);
  for (const slug of ["payment-webhook", "send-invoice"]) await page.getByRole("checkbox", { name: `Select ${slug}` }).check();
  await page.getByRole("button", { name: "JWT check, name" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Change functions");
  await page.getByLabel("JWT check of all of them").selectOption("Do not check JWTs");
  await page.getByLabel("Name of payment-webhook").fill("Payments");
  await page.getByRole("button", { name: "Review" }).click();
  const plan = rows(page, "What becomes of each");
  await expect(plan.filter({ hasText: "send-invoice" })).toContainText("JWT check: on becomes off.");
  await expect(plan.filter({ hasText: "payment-webhook" })).toContainText("becomes \u201cPayments\u201d");
  await world.fault("v1-bulk-update-functions", { kind: "status", code: 400, times: 1 });
  const change = async (button: string) => {
    await page.getByRole("checkbox", { name: /anybody on the internet call 1 function \(send-invoice\)/ }).check();
    await page.getByRole("button", { name: button }).click();
  };
  await change("Change 2 functions");
  await expect(page.getByText("Not all of it was done")).toBeVisible();
  await change("Try the rest again");
  await expect(page.getByText("1 of 1 call made")).toBeVisible();
  await page.getByRole("link", { name: "Close" }).click();
  await expect(list(page).filter({ hasText: "payment-webhook" })).toContainText("Payments");
  await expect(list(page).filter({ hasText: "send-invoice" })).toContainText("Not checked");
});

test("several functions are deleted by how many they are, and each has its own outcome", async ({ page, steward }) => {
  const world = await steward.signedIn();
  steward.problems.expect(/422/);
  await steward.open(`/projects/${world.project("Difference Engine").ref}/functions`);
  for (const slug of ["payment-webhook", "send-invoice"]) await page.getByRole("checkbox", { name: `Select ${slug}` }).check();
  await page.getByRole("form", { name: "Functions that are selected" }).getByRole("button", { name: "Delete\u2026" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Delete functions");
  await expect(list(page)).toHaveCount(2);
  await page.getByRole("button", { name: "Review" }).click();
  const plan = rows(page, "What becomes of each");
  await expect(plan).toContainText(["Removed", "Removed"]);
  await world.fault("v1-delete-a-function", { kind: "status", code: 400, times: 1 });
  await page.getByLabel("Number of them").fill("3");
  await page.getByRole("button", { name: "Delete 2 functions" }).click();
  await expect(page.getByRole("alert")).toContainText("Nothing was done: type \u201c2\u201d");
  await page.getByLabel("Number of them").fill("2");
  await page.getByRole("button", { name: "Delete 2 functions" }).click();
  await expect(page.getByText("Not all of it was done")).toBeVisible();
  await expect(plan).toContainText(["Failed", "Done"]);
  await page.locator(".plan-form").getByLabel("Name", { exact: true }).fill("send-invoice");
  await page.getByRole("button", { name: "Try the rest again" }).click();
  await expect(page.getByText("2 of 2 calls made")).toBeVisible();
  await page.getByRole("link", { name: "Close" }).click();
  await expect(page.getByText("No function yet")).toBeVisible();
});

test("edits that were not deployed are kept in the browser, offered again, and gone once they are deployed", async ({ page, steward }) => {
  test.skip(!steward.hydrated, "a page without scripts keeps nothing");
  const world = await steward.signedIn();
  const source = `${await functions(world)}/hello-world/source`;
  await steward.open(source);
  const offer = page.getByText("Some edits were not deployed");
  await expect(offer).toBeHidden();
  await write(page, true, "// not deployed yet\n");
  await page.getByLabel("Name (optional)").fill("Halfway");
  const kept = () => page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith("steward:draft:")).map(([, text]) => text));
  await expect.poll(async () => (await kept()).join()).toContain("Halfway");
  // As it was kept before: under the address of whoever wrote it.
  await page.evaluate(() => {
    const { draft, before } = document.querySelector<HTMLElement>(".draft-offer")!.dataset;
    localStorage.setItem(`steward:draft:${before}`, localStorage.getItem(`steward:draft:${draft}`)!);
    localStorage.removeItem(`steward:draft:${draft}`);
  });

  // Another function has none, and what is taken up is what was typed.
  await steward.open(`${await functions(world)}/new`);
  await expect(offer).toBeHidden();
  await steward.open(source);
  await expect(offer).toBeVisible();
  await page.getByRole("button", { name: "Take them up" }).click();
  await expect(offer).toBeHidden();
  await expect(page.locator("details.file-edit[open] textarea")).toHaveValue("// not deployed yet\n");
  await expect(page.locator("details.file-edit[open] .cm-content")).toContainText("not deployed yet");
  await expect(page.getByLabel("Name (optional)")).toHaveValue("Halfway");

  await steward.open(source);
  await page.getByRole("button", { name: "Discard them" }).click();
  expect(await kept()).toEqual([]);
  await steward.open(source);
  await expect(offer).toBeHidden();

  await write(page, true, "// deployed now\n");
  await expect.poll(kept).toHaveLength(1);
  await deploy(page).click();
  await expect(page.getByText("Deployed the function")).toBeVisible();
  expect(await kept()).toEqual([]);
});

test("a function is deployed to other projects as it runs, and what was refused is tried again", async ({ page, steward }) => {
  const world = await steward.signedIn();
  await steward.open(`${await functions(world)}/hello-world/everywhere`);
  const all = rows(page, "Projects");
  for (const project of ["Difference Engine", "Mill & Store"]) {
    const { ref } = world.project(project);
    await page.getByRole("checkbox", { name: `Select ${ref}` }).check();
  }
  await page.getByRole("button", { name: "Deploy this version there" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Deploy elsewhere");
  const where = page.getByRole("group", { name: "Where to" });
  await expect(where.getByRole("checkbox", { name: "Difference Engine" })).toBeChecked();
  await expect(where.getByRole("checkbox", { name: "Lighthouse" })).toBeDisabled();
  await page.getByRole("button", { name: "Review" }).click();
  const plan = rows(page, "What becomes of each");
  await expect(plan).toHaveCount(2);
  await expect(plan.first()).toContainText("New there");
  await world.fault("v1-deploy-a-function", {
    kind: "status", code: 400, times: 1, ref: world.project("Mill & Store").ref,
  });
  await page.getByRole("button", { name: "Deploy hello-world to 2 projects" }).click();
  await expect(page.getByRole("alert")).toContainText("Deploy hello-world to Mill & Store");
  await page.getByRole("button", { name: "Try the rest again" }).click();
  await expect(page.getByText("2 of 2 calls made")).toBeVisible();
  await page.getByRole("link", { name: "Close" }).click();
  await expect(all.filter({ hasText: "Difference Engine" })).toContainText("Same");
  await expect(all.filter({ hasText: "Mill & Store" })).toContainText("Same");
});

test("a folder is dropped, and its files keep their paths", async ({ page, steward }) => {
  test.skip(!steward.hydrated, "Dropping needs scripts; without them files are chosen.");
  const world = await steward.signedIn();
  const path_ = await functions(world);
  await steward.open(`${path_}/new`);
  await page.getByLabel("Slug").fill("folder");
  // As a browser gives what was dropped: entries of a folder, read some at a time.
  await page.locator("function-workbench[data-ready] .files").evaluate((zone) => {
    const file = (name: string, content: BlobPart) => ({
      name, isFile: true, file: (done: (file: File) => void) => done(new File([content], name)),
    });
    const folder = (name: string, some: unknown[]) => ({
      name, isFile: false, createReader: () => ({ readEntries: (done: (all: unknown[]) => void) => done(some.splice(0, 1)) }),
    });
    const tree = folder("carry", [
      file("index.ts", "import './lib/add.ts';\nDeno.serve(() => new Response('dropped'));\n"),
      folder("lib", [file("add.ts", "export const add = 1;\n")]),
      folder("assets", [file("card.png", new Uint8Array([0x89, 0x50, 0, 255]))]),
    ]);
    const event = new DragEvent("drop", { bubbles: true, cancelable: true });
    Object.defineProperty(event, "dataTransfer", { value: { items: [{ webkitGetAsEntry: () => tree }] } });
    zone.dispatchEvent(event);
  });
  await expect(page.getByRole("navigation", { name: "Files of the function" })).toContainText("assets/card.png");
  await expect(page.getByText("3 files")).toBeVisible();
  await deploy(page).click();
  await expect(page).toHaveURL(new RegExp(`${path_}/folder(\\?notice=|$)`));
  await page.getByRole("link", { name: "Source" }).click();
  await steward.ready();
  for (const name of ["index.ts", "lib/add.ts", "assets/card.png"]) {
    await expect(page.locator(`details.file-edit[data-path="${name}"]`)).toHaveCount(1);
  }
});
