// The README's pictures: `npm run screenshots` writes them to end2end/screenshots/.
import type { Page } from "@playwright/test";
import { PROJECT } from "../../support/pages.ts";
import { expect, test } from "../../support/test.ts";
import { card, facts } from "../../support/ui.ts";

async function picture(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.screenshot({ path: `screenshots/${name}.png`, animations: "disabled", caret: "hide" });
}

test.use({ viewport: { width: 1280, height: 800 }, contextOptions: { reducedMotion: "reduce" } });

test("sign-in", async ({ page, steward }) => {
  await page.setViewportSize({ width: 1280, height: 640 });
  await steward.open("/sign-in");
  await picture(page, "sign-in");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`projects, ${colorScheme}`, async ({ page, steward }) => {
    await steward.signedIn();
    await page.emulateMedia({ colorScheme });
    await steward.open("/projects");
    await expect(page.getByRole("link", { name: "Difference Engine" })).toBeVisible();
    await picture(page, `projects-${colorScheme}`);
  });
}

test("project overview", async ({ page, steward }) => {
  const world = await steward.signedIn();
  await page.setViewportSize({ width: 1280, height: 1180 });
  await steward.open(`/projects/${world.project("Jacquard Loom").ref}`);
  await expect(card(page, "API requests").getByRole("img")).toBeVisible();
  await picture(page, "project-overview");
});

test("new project", async ({ page, steward }) => {
  const world = await steward.signedIn();
  await steward.open(`/projects/new?organization=${world.organization().slug}`);
  await page.getByLabel("Project name").fill("Analytical Engine");
  await picture(page, "new-project");
});

test("narrow", async ({ page, steward }) => {
  const world = await steward.signedIn();
  await page.setViewportSize({ width: 360, height: 740 });
  await steward.open(`/projects/${world.project(PROJECT).ref}`);
  await expect(facts(page)).toContainText("Healthy");
  await picture(page, "narrow");
});
