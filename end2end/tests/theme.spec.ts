// Light, dark, or as the system has it: chosen in the account menu, kept in a cookie.
import type { Page } from "@playwright/test";
import { CONSOLE, expect, test } from "../support/test.ts";
import { heading, news } from "../support/ui.ts";

/** Whether the page is drawn dark, whatever is said to have been chosen. */
async function dark(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
    canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data[0]! < 128;
  });
}

test("a chosen theme holds against the system's, over reloads and pages", async ({ page, steward }) => {
  await steward.signedIn();
  await page.emulateMedia({ colorScheme: "light" });
  await steward.open("/projects?search=note&view=cards");
  const choose = async (name: string) => {
    await page.getByRole("button", { name: "Account" }).click();
    await page.getByRole("button", { name }).click();
    await expect(page.locator(`html[data-theme=${name.split(" ")[0]!.toLowerCase()}]`)).toBeAttached();
    await steward.ready();
  };
  expect(await dark(page)).toBe(false);
  await choose("Dark theme");
  expect(page.url(), "it stays on its page").toBe(`${CONSOLE()}/projects?search=note&view=cards`);
  expect(await dark(page)).toBe(true);
  await page.reload();
  expect(await dark(page)).toBe(true);
  await steward.open("/organizations");
  expect(await dark(page)).toBe(true);
  await page.getByRole("button", { name: "Account" }).click();
  await expect(page.getByRole("button", { name: "Dark theme" })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Escape");

  await page.emulateMedia({ colorScheme: "dark" });
  await choose("Light theme");
  expect(await dark(page)).toBe(false);
  await choose("System theme");
  expect(await dark(page)).toBe(true);
  await page.emulateMedia({ colorScheme: "light" });
  expect(await dark(page)).toBe(false);
});

test("the theme is kept over a sign-out", async ({ page, steward }) => {
  await steward.signedIn();
  await steward.open("/projects");
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("button", { name: "Dark theme" }).click();
  await expect(page.locator("html[data-theme=dark]")).toBeAttached();
  await steward.ready();
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(heading(page, "Sign in to Steward")).toBeVisible();
  expect(await dark(page)).toBe(true);
});

test("what was done is told once, and not again after choosing a theme", async ({ page, steward }) => {
  await steward.signedIn({ organizations: 1 });
  await steward.open("/organizations/new");
  await page.getByLabel("Name").fill("Told once");
  await page.getByRole("button", { name: "Create organization" }).click();
  await expect(news(page, "Created the organization Told once.")).toBeVisible();
  await steward.ready();
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("button", { name: "Dark theme" }).click();
  await expect(page.locator("html[data-theme=dark]")).toBeAttached();
  await expect(heading(page, "Told once")).toBeVisible();
  await expect(news(page, "Created the organization")).toHaveCount(0);
});
