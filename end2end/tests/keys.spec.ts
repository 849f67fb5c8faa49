// Keys: an API key revealed and hidden again, made, renamed and deleted, the legacy ones turned off; signing keys rotated and
// imported; and the keys of all projects.
import type { Page } from "@playwright/test";
import type { World } from "../support/sandbox.ts";
import { expect, test, type Steward } from "../support/test.ts";
import { card, faultless, heading, news, rows } from "../support/ui.ts";

async function opened(page: Page, steward: Steward): Promise<{ world: World; path: string }> {
  const world = await steward.signedIn();
  const path = `/projects/${world.project("Note G").ref}/keys`;
  await steward.open(path);
  await expect(heading(page, "API keys")).toBeVisible();
  return { world, path };
}

const reveal = (page: Page, name: string) => page.getByRole("button", { name: `Reveal ${name}` });
const value = (page: Page) => page.locator(".reveal-value code");

/** What is shown of keys anywhere in the page, however it is hidden. */
const inThePage = (page: Page, secret: string) =>
  page.evaluate((secret) => document.documentElement.outerHTML.includes(secret), secret);

test("a secret key is revealed alone and hidden again", async ({ page, steward }) => {
  const { path } = await opened(page, steward);
  await expect(rows(page, "Secret keys")).toHaveCount(2);
  await reveal(page, "secret key note_printer").click();
  await expect(value(page)).toHaveText(/^sb_secret_\S{31}$/);
  const secret = (await value(page).textContent())!;
  await expect(page.getByRole("main")).toContainText("Written to the audit at");
  await expect(value(page)).toHaveCount(1);
  expect(page.url()).not.toContain(secret);
  if (steward.hydrated) {
    expect(new URL(page.url()).pathname).toBe(path);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy secret key note_printer" }).click();
    await expect(page.locator(".reveal").getByText("Copied")).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
    await faultless(page);
    // Another one takes its place.
    await reveal(page, "legacy key anon").click();
    await expect(value(page)).toHaveText(/^eyJ/);
    await expect(value(page)).toHaveCount(1);
    expect(await inThePage(page, secret)).toBe(false);
  }
  const shown = (await value(page).textContent())!;
  await page.getByRole("link", { name: "Hide now" }).click();
  await expect(value(page)).toHaveCount(0);
  expect(await inThePage(page, shown)).toBe(false);
  if (steward.hydrated) await expect(reveal(page, "legacy key anon")).toBeFocused();
  expect(new URL(page.url()).pathname).toBe(path);
  await steward.open("/audit");
  await expect(page.getByRole("main")).toContainText("asked to see api_key");
  await expect(page.getByRole("main")).not.toContainText(secret);
});

test("a revealed key is gone after half a minute", async ({ page, steward }) => {
  test.slow();
  await opened(page, steward);
  await reveal(page, "secret key note_printer").click();
  await expect(value(page)).toBeVisible();
  const secret = (await value(page).textContent())!;
  await expect(value(page)).toHaveCount(0, { timeout: 40_000 });
  expect(await inThePage(page, secret)).toBe(false);
  await expect(reveal(page, "secret key note_printer")).toBeVisible();
});

test("who may not see a key is told why and keeps the list", async ({ page, steward }) => {
  steward.problems.expect(/403/);
  const { world } = await opened(page, steward);
  const message = "Missing permission: api_gateway_keys_secret_read";
  await world.fault("v1-get-project-api-key", { kind: "status", code: 403, message, times: 1 });
  await reveal(page, "secret key default").click();
  await expect(page.getByRole("alert")).toContainText(message);
  await expect(rows(page, "Secret keys")).toHaveCount(2);
  await reveal(page, "secret key default").click();
  await expect(value(page)).toHaveText(/^sb_secret_/);
});

test("a key is made, renamed, and deleted by its name", async ({ page, steward }) => {
  steward.problems.expect(/422/);
  await opened(page, steward);
  await page.getByRole("link", { name: "New secret key" }).click();
  await expect(heading(page, "New API key")).toBeVisible();
  await steward.ready();
  const name = page.getByRole("textbox", { name: "Name" });
  await name.fill("Loom");
  expect(await name.evaluate((field: HTMLInputElement) => field.validity.patternMismatch)).toBe(true);
  await name.fill("loom_orders");
  await page.getByRole("textbox", { name: /^Description/ }).fill("The loom in the hall");
  await page.getByRole("checkbox", { name: /I know that this makes a key/ }).check();
  await page.getByRole("button", { name: "Create key" }).click();
  await expect(heading(page, "API keys")).toBeVisible();
  await expect(news(page, "created the API key loom_orders").or(news(page, "Created the API key loom_orders")).first()).toBeVisible();
  await expect(rows(page, "Secret keys").filter({ hasText: "loom_orders" })).toContainText("The loom in the hall");
  await expect(value(page)).toHaveCount(0);

  await page.getByRole("link", { name: "loom_orders" }).click();
  await expect(heading(page, "API key")).toBeVisible();
  await steward.ready();
  await card(page, "What it is called").getByRole("textbox", { name: "Name" }).fill("loom_sync");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(card(page, "Key")).toContainText("loom_sync");
  await reveal(page, "secret key loom_sync").click();
  await expect(value(page)).toHaveText(/^sb_secret_/);
  await page.getByRole("link", { name: "Hide now" }).click();
  await expect(value(page)).toHaveCount(0);

  const end = card(page, "Delete");
  await end.getByRole("textbox", { name: /^Reason/ }).fill("Never used");
  await end.getByRole("textbox", { name: "Name" }).fill("loom_orders");
  await end.getByRole("button", { name: "Delete key" }).click();
  await expect(card(page, "Delete").getByText(/type .loom_sync. to confirm/).last()).toBeVisible();
  await card(page, "Delete").getByRole("textbox", { name: "Name" }).fill("loom_sync");
  await card(page, "Delete").getByRole("button", { name: "Delete key" }).click();
  await expect(heading(page, "API keys")).toBeVisible();
  await expect(rows(page, "Secret keys")).toHaveCount(2);
});

test("legacy keys are turned off after what matters has been looked at", async ({ page, steward }) => {
  await opened(page, steward);
  // It stands in the part of the page on legacy keys.
  const before = card(page, "Before you turn them off").last();
  await expect(before).toContainText("1 of 1 Edge Functions check JWTs");
  await expect(before).toContainText("New keys are there: 1 publishable, 2 secret");
  await before.getByRole("checkbox", { name: /I know that this changes whether the legacy API keys work/ }).check();
  await before.getByRole("button", { name: "Turn legacy keys off" }).click();
  await expect(card(page, "They open nothing now").last()).toBeVisible();
});

/** A part of a signing key's life. */
const stage = (page: Page, title: string) =>
  page.getByRole("list", { name: "Life of a signing key" }).getByRole("listitem").filter({
    has: page.getByRole("heading", { level: 2, name: title, exact: true }),
  });

test("a signing key is rotated in, and back to standby", async ({ page, steward }) => {
  const { path } = await opened(page, steward);
  await page.getByRole("link", { name: "Signing keys" }).click();
  await expect(heading(page, "Signing keys")).toBeVisible();
  await steward.ready();
  await expect(stage(page, "In use")).toContainText("Made of the legacy JWT secret");
  const standby = stage(page, "Standby");
  await expect(standby).toContainText("1 of 1");
  const id = (await standby.getByRole("article").getAttribute("data-key"))!;
  await standby.getByText("Rotate to this key\u2026").click();
  await standby.getByRole("checkbox", { name: /I know that this changes which tokens/ }).check();
  await standby.getByRole("button", { name: "Rotate to this key" }).click();
  await expect(stage(page, "In use").locator(`[data-key="${id}"]`)).toBeVisible();
  const before = stage(page, "Previously used");
  await expect(before).toContainText("anon and service_role are signed with it");
  await expect(before.getByRole("button", { name: "Revoke" })).toHaveAttribute("aria-disabled", "true");
  await before.getByText("Back to standby\u2026").click();
  await before.getByRole("checkbox", { name: /I know that this changes which tokens/ }).check();
  await before.getByRole("button", { name: "Back to standby" }).click();
  await expect(stage(page, "Standby")).toContainText("Made of the legacy JWT secret");
  expect(new URL(page.url()).pathname).toBe(`${path}/signing`);
});

test("a signing key is made, and a private one is imported and not kept", async ({ page, steward }) => {
  steward.problems.expect(/400/);
  const world = await steward.signedIn();
  const list = `/projects/${world.project("Tide Tables").ref}/keys/signing`;
  await steward.open(list);
  await expect(page.getByRole("main")).toContainText("No signing key yet");
  await page.getByRole("link", { name: "New signing key" }).click();
  await expect(heading(page, "New signing key")).toBeVisible();
  await steward.ready();
  const own = card(page, "Import a private key");
  await own.getByLabel("Algorithm").selectOption("HS256");
  const key = own.getByRole("textbox", { name: "Private key" });
  await key.fill('{"kty": "oct", "k": "short-hush"}');
  await own.getByRole("checkbox", { name: /I know that this makes a key/ }).check();
  await own.getByRole("button", { name: "Import the key" }).click();
  await expect(own.getByRole("alert")).toContainText("at least 16 characters");
  if (!steward.hydrated) expect(await inThePage(page, "short-hush")).toBe(false);
  await key.fill('{"kty": "oct", "k": "a-long-enough-hush"}');
  const sure = own.getByRole("checkbox", { name: /I know that this makes a key/ });
  if (!(await sure.isChecked())) await sure.check();
  await own.getByLabel("Algorithm").selectOption("HS256");
  await own.getByRole("button", { name: "Import the key" }).click();
  await expect(heading(page, "Signing keys")).toBeVisible();
  await expect(stage(page, "Standby")).toContainText("HS256");
  expect(await inThePage(page, "hush")).toBe(false);
});

test("the keys of all projects stand by what is to be done first", async ({ page, steward }) => {
  const world = await steward.signedIn();
  await world.fault("v1-get-project-legacy-api-keys", {
    kind: "status",
    code: 403,
    message: "Not for you",
    ref: world.project("Jacquard Loom").ref,
  });
  await steward.open("/keys");
  const projects = rows(page, "Projects");
  await expect(projects).toHaveCount(6);
  await expect(projects.filter({ hasText: "Not for you" })).toHaveCount(1);
  await expect(projects.first()).toContainText("Turn the legacy keys off");
  await expect(projects.last()).toContainText("Mill & Store");
  await expect(projects.last()).toContainText("Nothing to do");
  await projects.last().getByRole("link", { name: "Mill & Store" }).click();
  await expect(heading(page, "API keys")).toBeVisible();
});
