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
    await page.getByRole("checkbox", { name: /replaces secrets/ }).check();
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
