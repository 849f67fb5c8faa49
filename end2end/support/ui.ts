// How people find things on a page, where role and label alone are not enough.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Locator, type Page } from "@playwright/test";

/** The card with this heading. */
export function card(page: Page, title: string): Locator {
  return page.locator("section").filter({ has: page.getByRole("heading", { level: 2, name: title, exact: true }) });
}

/** The page's one `h1`. */
export function heading(page: Page, name: string): Locator {
  return page.getByRole("heading", { level: 1, name, exact: true });
}

/** The rows of the table with this caption, without its head and the headings of groups. */
export function rows(page: Page, caption: string): Locator {
  const all = page.getByRole("table", { name: caption, exact: true }).getByRole("row");
  return all.filter({ hasNot: page.getByRole("columnheader") }).filter({ hasNot: page.locator("th[scope=rowgroup]") });
}

/** What is known of the page's project or organization, in the line under its name. */
export function facts(page: Page): Locator {
  return page.getByRole("main").locator("dl.line");
}

/** The services of the page's project. */
export function services(page: Page): Locator {
  return page.getByRole("list", { name: "Services" }).getByRole("listitem");
}

/** News that a screen reader is told in its own time: a toast, or the notice of a page without scripts. */
export function news(page: Page, text: string | RegExp): Locator {
  return page.getByRole("status").filter({ hasText: text });
}

/** Gives consent on the sandbox's page. */
export async function authorize(page: Page, person = "Ada Lovelace"): Promise<void> {
  await page.getByRole("radio", { name: person }).check();
  await page.getByRole("button", { name: "Authorize Steward" }).click();
}

/** Nothing is to be reached by scrolling sideways. */
export async function fitsTheWidth(page: Page): Promise<void> {
  const tooWide = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const all = [...document.querySelectorAll("body *")];
    const out = all.filter((one) => one.getBoundingClientRect().right > width + 0.5);
    return out.map((one) => `${one.tagName}.${one.className}: ${one.textContent?.slice(0, 40)}`).concat(location.href);
  });
  expect(tooWide, "elements beyond the right edge").toEqual([]);
}

/** axe has nothing to say of the page, in both themes, wide and narrow. */
export async function faultless(page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const width of [1440, 360]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      // Legacy: without a second tab for the report, which takes longer than the look at most pages, and only what is in
      // frames needs it.
      const axe = new AxeBuilder({ page }).setLegacyMode();
      // The theme is nothing but colours: what is not about those is looked at once for a width.
      if (colorScheme === "dark") axe.withRules(["color-contrast", "link-in-text-block"]);
      const { violations } = await axe.analyze();
      const told = violations.flatMap(({ id, help, nodes }) =>
        nodes.map((node) => `${id}: ${help}: ${node.html} ${node.failureSummary}`),
      );
      expect(told, `${page.url()}, ${colorScheme}, ${width} px`).toEqual([]);
    }
  }
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
}

/** Presses Tab until `target` has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`The Tab key never reaches ${target}`);
}
