// Secrets of Edge Functions: compared, set many at once by a plan, and deleted several at a time.
import type { Page } from "@playwright/test";
import { expect, test } from "../support/test.ts";
import { heading, rows } from "../support/ui.ts";

const list = (page: Page) => rows(page, "Secrets");
const names = (page: Page) => list(page).locator(".secret-name");

async function opened(page: Page, steward: { signedIn(): Promise<import("../support/sandbox.ts").World>; open(path: string): Promise<unknown> }) {
  const world = await steward.signedIn();
  const path = `/projects/${world.project("Jacquard Loom").ref}/secrets`;
  await steward.open(path);
  await expect(heading(page, "Secrets")).toBeVisible();
  return { world, path };
}

test("a typed value is compared with the digests", async ({ page, steward }) => {
  await opened(page, steward);
  const ask = async (value: string) => {
    await page.getByRole("button", { name: "Is it this value?" }).click();
    await page.getByRole("dialog").getByRole("textbox", { name: "Value" }).fill(value);
    await page.getByRole("button", { name: "Compare" }).click();
  };
  await ask("sk_test_loom");
  const answer = page.getByRole("status").filter({ hasText: "has this value" });
  await expect(answer).toContainText("STRIPE_SECRET_KEY");
  expect(page.url()).not.toContain("sk_test");
  await expect(page.getByRole("main")).not.toContainText("sk_test_loom");
  await ask("sk_test_loom ");
  await expect(page.getByRole("status").filter({ hasText: "None of the" })).toBeVisible();
});

test("a .env becomes a plan, and what upstream refused is tried again", async ({ page, steward }) => {
  const { world } = await opened(page, steward);
  await page.getByRole("link", { name: "Add or change" }).click();
  await expect(heading(page, "Add or change secrets")).toBeVisible();
  const text = 'export CARRY_MODE=lookahead\nLOOM_WEBHOOK_SECRET="whsec new"\nNEW_ONE=1 # first\nSUPABASE_URL=x\nwords';
  await page.getByRole("textbox", { name: "Content of a .env file" }).fill(text);
  await page.getByRole("button", { name: "Review" }).click();
  const plan = rows(page, "What becomes of each");
  await expect(plan).toHaveCount(5);
  await expect(plan.nth(0)).toContainText("belong to Supabase");
  await expect(plan.nth(1)).toContainText("No = in this line");
  await expect(plan.filter({ hasText: "LOOM_WEBHOOK_SECRET" })).toContainText("becomes");
  await expect(plan.filter({ hasText: "CARRY_MODE" })).toContainText("Is this value already");
  await expect(names(page).filter({ hasText: "NEW_ONE" })).toHaveCount(0);

  const send = async (button: string) => {
    await page.getByRole("checkbox", { name: /replaces 1 secret of Jacquard Loom/ }).check();
    await page.getByRole("button", { name: button }).click();
  };
  await world.fault("v1-bulk-create-secrets", { kind: "status", code: 400, times: 1 });
  await send("Send 2 secrets");
  await expect(page.getByRole("alert")).toContainText("Set 2 secrets");
  await expect(plan.filter({ hasText: "NEW_ONE" })).toContainText("Failed");
  await send("Try the rest again");
  await expect(plan.filter({ hasText: "NEW_ONE" })).toContainText("Done");
  await page.getByRole("link", { name: "Close" }).click();
  await expect(names(page).filter({ hasText: "NEW_ONE" })).toBeVisible();
});

test("several secrets are ticked and deleted by how many they are", async ({ page, steward }) => {
  await opened(page, steward);
  const before = await list(page).count();
  await page.getByRole("checkbox", { name: "Select CARRY_MODE" }).check();
  await page.getByRole("checkbox", { name: "Select TYPEWRITER_LICENCE" }).check();
  await page.getByRole("button", { name: "Delete\u2026" }).and(page.locator(".bulk *")).click();
  await expect(heading(page, "Delete secrets")).toBeVisible();
  await expect(list(page)).toHaveCount(2);
  await page.getByLabel("Number of them").fill("2");
  await page.getByRole("button", { name: "Delete 2 secrets" }).click();
  await expect(heading(page, "Secrets")).toBeVisible();
  await expect(list(page)).toHaveCount(before - 2);
  await page.getByRole("link", { name: /Select all/ }).click();
  await expect(page.getByRole("checkbox", { name: /^Select / }).first()).toBeChecked();
  await page.getByRole("button", { name: "Clear" }).click();
});

test("what is only new is sent without a tick", async ({ page, steward }) => {
  const { path } = await opened(page, steward);
  await steward.open(`${path}/add`);
  await page.getByRole("textbox", { name: "Content of a .env file" }).fill("BRAND_NEW=1\nANOTHER=2");
  await page.getByRole("button", { name: "Review" }).click();
  await expect(rows(page, "What becomes of each")).toHaveCount(2);
  await expect(page.getByRole("checkbox", { name: /I know that this/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Send 2 secrets" }).click();
  await expect(page.getByText("1 of 1 call made")).toBeVisible();
});

test("names are compared over projects, and a project that refuses says so", async ({ page, steward }) => {
  const { world } = await opened(page, steward);
  await world.fault("v1-list-all-secrets", { kind: "status", code: 403, ref: world.project("Mill & Store").ref });
  await page.getByRole("link", { name: "Across projects" }).click();
  await expect(heading(page, "Secrets across projects")).toBeVisible();
  const all = rows(page, "Names");
  const cell = (name: string, project: string) =>
    all.filter({ has: page.getByRole("link", { name, exact: true }) }).locator(`td[data-label="${project}"]`);
  await expect(cell("STRIPE_SECRET_KEY", "Jacquard Loom")).toContainText("Different");
  await expect(cell("OPENAI_API_KEY", "Jacquard Loom")).toContainText("Same");
  await expect(cell("SENTRY_DSN", "Jacquard Loom")).toContainText("Missing");
  await expect(cell("TYPEWRITER_LICENCE", "Jacquard Loom")).toContainText("Only here");
  await expect(cell("SENTRY_DSN", "Mill & Store")).toContainText("Not known");
  await expect(page.getByRole("columnheader", { name: /Mill & Store/ })).toContainText("No access");
  await expect(page.getByText(/\d+ of \d+ projects answered/)).toBeVisible();

  const before = await all.count();
  await page.getByRole("radio", { name: /^Different/ }).check({ force: true });
  await steward.apply();
  await expect(all.filter({ hasText: "LOOM_WEBHOOK_SECRET" })).toBeVisible();
  await expect.poll(() => all.count()).toBeLessThan(before);
  await page.getByRole("searchbox", { name: "Search names" }).fill("stripe_secret");
  await steward.apply();
  await expect(all).toHaveCount(1);
  await page.getByRole("link", { name: "Compare with Jacquard Loom" }).click();
  await expect(page.getByRole("columnheader", { name: /Jacquard Loom/ })).toContainText("Compared with");
  await expect(cell("STRIPE_SECRET_KEY", "Difference Engine")).toContainText("Different");
});

test("one secret is changed in many projects, and each has its own outcome", async ({ page, steward }) => {
  const { world } = await opened(page, steward);
  await steward.open("/secrets?search=STRIPE_SECRET_KEY");
  await page.getByRole("checkbox", { name: "Select STRIPE_SECRET_KEY" }).check();
  await page.getByRole("button", { name: "Change in projects" }).click();
  await expect(heading(page, "Change in projects")).toBeVisible();
  const where = page.getByRole("group", { name: "Where" });
  await expect(where.getByRole("checkbox", { name: "Difference Engine" })).toBeChecked();
  await expect(where.getByRole("checkbox", { name: "Tide Tables" })).not.toBeChecked();
  await page.getByRole("textbox", { name: "New value" }).fill("sk_rotated");
  await where.getByRole("checkbox", { name: "Tide Tables" }).check();
  await where.getByText("Another value here").first().click();
  await where.getByRole("textbox").first().fill("");
  await page.getByRole("button", { name: "Review" }).click();
  const plan = rows(page, "What becomes of each");
  await expect(plan.filter({ hasText: "Tide Tables" })).toContainText("Added");
  await expect(plan.filter({ hasText: "Difference Engine" })).toContainText("becomes");
  await world.fault("v1-bulk-create-secrets", {
    kind: "status", code: 400, times: 1, ref: world.project("Jacquard Loom").ref,
  });
  for (const box of await page.getByRole("checkbox", { name: /replaces 1 secret of / }).all()) await box.check();
  await page.getByRole("button", { name: /^Send \d secrets to \d projects/ }).click();
  await expect(page.getByRole("alert")).toContainText("Set 1 secret of Jacquard Loom");
  await expect(plan.filter({ hasText: "Tide Tables" })).toContainText("Done");
  await expect(plan.filter({ hasText: "Jacquard Loom" })).toContainText("Failed");
  await page.getByRole("checkbox", { name: /replaces 1 secret of Jacquard Loom/ }).check();
  await page.getByRole("button", { name: "Try the rest again" }).click();
  await expect(plan.filter({ hasText: "Jacquard Loom" })).toContainText("Done");
  await expect(page.getByRole("main")).not.toContainText("sk_rotated");
});

test("one secret is deleted in many projects, and each has its own outcome", async ({ page, steward }) => {
  const { world } = await opened(page, steward);
  await steward.open("/secrets?search=STRIPE_SECRET_KEY");
  await page.getByRole("checkbox", { name: "Select STRIPE_SECRET_KEY" }).check();
  await page.getByRole("button", { name: "Delete in projects" }).click();
  await expect(heading(page, "Delete in projects")).toBeVisible();
  const where = page.getByRole("group", { name: "Where" });
  await expect(where.getByRole("checkbox", { name: "Difference Engine" })).toBeChecked();
  await expect(where.getByRole("checkbox", { name: "Tide Tables" })).toHaveCount(0);
  await expect(page.getByText(/projects do not have it/)).toBeVisible();
  await page.getByRole("button", { name: "Review" }).click();
  const plan = rows(page, "What becomes of each");
  await expect(plan.filter({ hasText: "Difference Engine" })).toContainText("Removed");
  const all = await plan.filter({ hasText: "Removed" }).count();
  await world.fault("v1-bulk-delete-secrets", {
    kind: "status", code: 400, times: 1, ref: world.project("Jacquard Loom").ref,
  });
  await page.getByLabel("Number of them").fill(String(all));
  await page.getByRole("button", { name: `Delete ${all} secrets from ${all} projects` }).click();
  await expect(page.getByRole("alert")).toContainText("Delete 1 secret of Jacquard Loom");
  await expect(plan.filter({ hasText: "Difference Engine" })).toContainText("Done");
  await page.getByLabel("Name", { exact: true }).fill("STRIPE_SECRET_KEY");
  await page.getByRole("button", { name: "Try the rest again" }).click();
  await expect(plan.filter({ hasText: "Jacquard Loom" })).toContainText("Done");
});

test("secrets are copied to another project, with values typed anew", async ({ page, steward }) => {
  await opened(page, steward);
  await page.getByRole("checkbox", { name: "Select CARRY_MODE" }).check();
  await page.getByRole("checkbox", { name: "Select TYPEWRITER_LICENCE" }).check();
  await page.getByRole("button", { name: "Copy to projects" }).click();
  await expect(page.getByText("The secrets of Jacquard Loom, for other projects.")).toBeVisible();
  const where = page.getByRole("group", { name: "Where" });
  await expect(where.getByRole("checkbox", { name: "Jacquard Loom" })).toHaveCount(0);
  await where.getByRole("checkbox", { name: "Tide Tables" }).check();
  await page.getByRole("textbox", { name: "Value of TYPEWRITER_LICENCE" }).fill("TW-1874");
  await page.getByRole("textbox", { name: "Value of CARRY_MODE" }).fill("lookahaed");
  await page.getByRole("button", { name: "Review" }).click();
  const plan = rows(page, "What becomes of each");
  await expect(plan.filter({ hasText: "CARRY_MODE" })).toContainText("Not the value that Jacquard Loom has");
  await expect(plan.filter({ hasText: "TYPEWRITER_LICENCE" })).not.toContainText("Not the value");
  await page.getByRole("button", { name: "Send 2 secrets to 1 project" }).click();
  await expect(page.getByText("1 of 1 call made")).toBeVisible();
});

test("what comes of a pasted text stands beside it, and can be hidden from others", async ({ page, steward }) => {
  const { path } = await opened(page, steward);
  await steward.open(`${path}/add`);
  const text = page.getByRole("textbox", { name: "Content of a .env file" });
  const beside = page.locator("[data-region=preview]");
  await expect(beside).toContainText("Nothing is sent to Supabase until you have seen it");
  await text.fill("CARRY_MODE=lookahead\nBRAND_NEW=hush\nSUPABASE_URL=x");
  if (steward.hydrated) {
    await expect(beside).toContainText("1 refused");
    await expect(beside).toContainText("Is this value already");
    await expect(beside).not.toContainText("hush");
    await text.fill("");
    await expect(beside).toContainText("Nothing is sent to Supabase until you have seen it");
  }
  await page.getByRole("checkbox", { name: "Hide what is written" }).check();
  await expect(text).toHaveCSS("-webkit-text-security", "disc");
});
