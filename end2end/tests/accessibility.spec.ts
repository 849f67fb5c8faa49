// For every person: axe on what pages.spec.ts does not look at, and the keyboard alone.
import { PAGES, PROJECT } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";
import { faultless, heading, tabTo } from "../support/ui.ts";

test("sign-in: no violations", async ({ page, steward }) => {
  await steward.world();
  await steward.open("/sign-in?problem=wrong-state");
  await page.getByText("Use a personal access token instead").click();
  await faultless(page);
});

test("the sandbox's consent page: no violations", async ({ page, steward }) => {
  await steward.world();
  await steward.open("/sign-in");
  await page.getByRole("button", { name: "Continue with Supabase" }).click();
  await expect(page.getByRole("button", { name: "Authorize Steward" })).toBeVisible();
  await faultless(page);
});

test("errors, empty lists and refused forms: no violations", async ({ page, steward }) => {
  steward.problems.expect(/404|422/);
  const world = await steward.signedIn({ names: ["Alpha"] });
  await steward.open("/no/such/page");
  await faultless(page);
  await steward.open("/projects?search=nothing-like-this");
  await faultless(page);
  await world.fault("v1-get-services-health", { kind: "status", code: 500 });
  await world.fault("v1-get-project-usage-api-count", { kind: "rate-limited", seconds: 60 });
  await steward.open(`/projects/${world.project().ref}`);
  await expect(page.getByRole("alert")).toHaveCount(2);
  await faultless(page);
  await steward.open(`/projects/${world.project().ref}/settings`);
  await page.getByLabel("Name of the project").fill("Beta");
  await page.getByRole("button", { name: "Delete project" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await faultless(page);
});

test("open menus: no violations", async ({ page, steward }) => {
  const world = await steward.signedIn();
  await steward.open(`/projects/${world.project(PROJECT).ref}`);
  await page.getByRole("button", { name: "Account" }).click();
  await faultless(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Project:/ }).click();
  await expect(page.getByRole("link", { name: "Difference Engine" })).toBeVisible();
  await faultless(page);
});

test("the skip link leads past the menus", async ({ page, steward }) => {
  await steward.signedIn();
  await steward.open("/projects");
  const skip = page.getByRole("link", { name: "Skip to content" });
  await page.keyboard.press("Tab");
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("main").locator(":focus")).toBeVisible();
});

for (const { name, path, content } of PAGES.filter(({ name }) => /^(projects|new project|project general)$/.test(name))) {
  test(`${name}: the focus is seen wherever it goes`, async ({ page, steward }) => {
    const world = await steward.signedIn();
    await steward.open(path(world));
    await expect(page.getByRole("main")).toContainText(content(world));
    const seen = new Set<string>();
    for (;;) {
      await page.keyboard.press("Tab");
      const focused = await page.evaluate(() => {
        const element = document.activeElement!;
        // A radio button drawn as a segment shows the focus on its label.
        const shown = [element, element.nextElementSibling].filter((one) => one !== null);
        const outlined = shown.some((one) => {
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
          return (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none";
        });
        const { top, bottom, width } = element.getBoundingClientRect();
        const all = [...document.querySelectorAll("*")];
        return {
          place: element === document.body ? "" : String(all.indexOf(element)),
          html: element.outerHTML.slice(0, 120),
          seen: outlined && width > 0 && bottom > 0 && top < innerHeight,
        };
      });
      if (!focused.place || seen.has(focused.place)) break;
      seen.add(focused.place);
      expect(focused, "the focused element").toMatchObject({ seen: true });
    }
    expect(seen.size).toBeGreaterThan(10);
  });
}

test("menus open, lead on and close by keyboard", async ({ page, steward }) => {
  const world = await steward.signedIn();
  await steward.open("/projects");
  const button = page.getByRole("button", { name: "Account" });
  const panel = page.getByRole("group", { name: "Account" });
  await tabTo(page, button);
  await page.keyboard.press("Enter");
  await expect(panel).toBeVisible();
  await tabTo(page, panel.getByRole("button", { name: "Sign out" }));
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(button).toBeFocused();

  await page.reload();
  await steward.ready();
  await tabTo(page, page.getByRole("button", { name: /^Project:/ }));
  await page.keyboard.press("Space");
  await tabTo(page, page.getByRole("group", { name: "Project", exact: true }).getByRole("link", { name: PROJECT }));
  await page.keyboard.press("Enter");
  await expect(heading(page, PROJECT)).toBeVisible();
  await expect(page.getByRole("group", { name: "Project", exact: true })).toBeHidden();
  expect(new URL(page.url()).pathname).toBe(`/projects/${world.project(PROJECT).ref}`);
});
