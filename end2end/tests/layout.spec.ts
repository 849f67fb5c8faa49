// The frame on narrow screens: nothing to the right of the edge, and the menu behind its button.
import { expect, test } from "../support/test.ts";
import { fitsTheWidth, heading } from "../support/ui.ts";

test.use({ viewport: { width: 360, height: 740 } });

test("the sign-in fits into 360 px, with every problem it can tell", async ({ page, steward }) => {
  for (const problem of ["consent-denied", "wrong-state", "not-configured", "token-refused"]) {
    await steward.open(`/sign-in?problem=${problem}`);
    await page.getByText("Use a personal access token instead").click();
    await expect(page.getByLabel("Personal access token")).toBeVisible();
    await fitsTheWidth(page);
  }
});

test("the menu opens by its button and closes behind a link", async ({ page, steward }) => {
  await steward.signedIn();
  await steward.open("/projects");
  const menu = page.getByRole("navigation", { name: "Main" });
  await expect(menu).toBeHidden();
  await page.getByRole("button", { name: "Menu" }).click();
  await expect(menu.getByRole("link", { name: "Projects", exact: true })).toHaveAttribute("aria-current", "page");
  await fitsTheWidth(page);
  await menu.getByRole("link", { name: "Organizations" }).click();
  await expect(heading(page, "Organizations")).toBeVisible();
  await expect(menu).toBeHidden();
  await page.getByRole("button", { name: "Menu" }).click();
  await expect(menu).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
});

test("the panels of the header open within the screen", async ({ page, steward }) => {
  await steward.signedIn();
  await steward.open("/projects");
  for (const name of ["Organization", "Project", "Account"]) {
    await page.getByRole("button", { name: `${name}: ` }).click();
    const box = (await page.getByRole("group", { name, exact: true }).boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(360);
    await fitsTheWidth(page);
    await page.keyboard.press("Escape");
  }
});

test("groups of the menu stay folded, but the one that holds the page", async ({ page, steward }) => {
  test.skip(!steward.hydrated, "without scripts a fold lasts as long as the page");
  const world = await steward.signedIn({ projects: 1 });
  const { ref } = world.project();
  await page.setViewportSize({ width: 1280, height: 800 });
  await steward.open(`/projects/${ref}`);
  const menu = page.getByRole("navigation", { name: "Main" });
  const kept = page.waitForResponse((answer) => new URL(answer.url()).pathname === "/menu");
  await menu.getByText("Secure", { exact: true }).click();
  expect((await kept).status()).toBe(204);
  await page.reload();
  await expect(menu.getByRole("link", { name: "Branches" })).toBeVisible();
  await expect(menu.getByRole("link", { name: "API keys" })).toBeHidden();
  await steward.open(`/projects/${ref}/keys`);
  await expect(menu.getByRole("link", { name: "API keys" })).toBeVisible();
  // Whoever folds another one meanwhile still wants the first folded.
  const both = page.waitForResponse((answer) => new URL(answer.url()).pathname === "/menu");
  await menu.getByText("Build", { exact: true }).click();
  await both;
  await steward.open(`/projects/${ref}`);
  await expect(menu.getByRole("link", { name: "Branches" })).toBeHidden();
  await expect(menu.getByRole("link", { name: "API keys" })).toBeHidden();
});
