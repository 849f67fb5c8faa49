// Every page there is, opened once with scripts and once without: it fits into 360 px, has a title, and for every person no
// violations in both themes and two widths. What must hold of all pages belongs here, so that a new page costs one visit.
import type { Page } from "@playwright/test";
import { BRANCH, PAGES, PROJECT } from "../support/pages.ts";
import { CONSOLE, expect, test } from "../support/test.ts";
import { faultless, fitsTheWidth, heading } from "../support/ui.ts";

test.use({ viewport: { width: 360, height: 740 } });

/** The title that the server writes. */
async function served(page: Page, path: string): Promise<string> {
  const html = await (await page.request.get(CONSOLE() + path)).text();
  const title = html.match(/<title>([^<]*)<\/title>/)?.[1] ?? "";
  return title.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

for (const { name, path, h1, content } of PAGES) {
  test(`${name}: fits into 360 px, and no violations`, async ({ page, steward }) => {
    // Four looks at all of a page: axe takes its time for a long one.
    test.slow();
    const world = await steward.signedIn();
    const lists = ["/projects", "/organizations"];
    // Without scripts a heading says the name of a project, organization or branch that has been seen before, else its
    // ref or slug. With them a page tells what it reads, and that of a branch reads nothing of its project.
    const seen = steward.hydrated ? [] : [...lists];
    if (h1 === BRANCH) seen.push(...(steward.hydrated ? lists : [`/projects/${world.project(PROJECT).ref}/branches`]));
    for (const list of seen) await steward.open(list);
    await steward.open(path(world));
    await expect(heading(page, h1)).toBeVisible();
    await expect(page.getByRole("main")).toContainText(content(world));
    await fitsTheWidth(page);
    await expect(page).toHaveTitle(/^\S.* · Steward$/);
    if (!steward.hydrated) return;
    if (!(await page.locator("leptos-island[data-component^=PlaceName]").count())) {
      // It reads nothing that would tell the name, so it says the ref or slug until the name has been seen.
      for (const list of [...lists, path(world)]) await steward.open(list);
    }
    expect(await page.title(), "what the server writes now that it knows all names").toBe(await served(page, path(world)));
    await faultless(page);
  });
}

test("every page has a title of its own", async ({ page, steward }) => {
  const world = await steward.signedIn();
  const pages = PAGES.filter(({ name }) => !name.includes(","));
  const titles = new Set(await Promise.all(pages.map(({ path }) => served(page, path(world)))));
  expect(titles.size).toBe(pages.length);
});
