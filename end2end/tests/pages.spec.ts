// Every page there is, opened once with scripts and once without: it fits into 360 px, has a title, tells no token, and for
// every person no violations in both themes and two widths. What must hold of all pages belongs here, so that a new page
// costs one visit.
import { BRANCH, PAGES, PROJECT } from "../support/pages.ts";
import { CONSOLE, expect, test } from "../support/test.ts";
import { leaks, Told } from "../support/told.ts";
import { faultless, fitsTheWidth, heading } from "../support/ui.ts";

test.use({ viewport: { width: 360, height: 740 } });

/** The title that the server wrote. */
function titled(html: string): string {
  const title = html.match(/<title>([^<]*)<\/title>/)?.[1] ?? "";
  return title.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

for (const { name, path, h1, content } of PAGES) {
  test(`${name}: fits into 360 px, and no violations`, async ({ page, steward, context }) => {
    // Four looks at all of a page: axe takes its time for a long one.
    test.slow();
    const world = await steward.signedIn();
    const lists = ["/projects", "/organizations"];
    // Without scripts a heading says the name of a project, organization or branch that has been seen before, else its
    // ref or slug. With them a page tells what it reads, and that of a branch reads nothing of its project.
    const seen = steward.hydrated ? [] : [...lists];
    if (h1 === BRANCH) seen.push(...(steward.hydrated ? lists : [`/projects/${world.project(PROJECT).ref}/branches`]));
    for (const list of seen) await page.request.get(CONSOLE() + list);
    // What is built is looked at where it lies.
    const told = new Told(context, ({ pathname }) => !pathname.startsWith("/pkg/"));
    const answer = await steward.open(path(world));
    await expect(heading(page, h1)).toBeVisible();
    await expect(page.getByRole("main")).toContainText(content(world));
    await fitsTheWidth(page);
    await expect(page).toHaveTitle(/^\S.* · Steward$/);
    if (!steward.hydrated) return;
    // What reads the name of its place says it afterwards as the server does from then on; the others say what they were
    // served with.
    const names = await page.locator("leptos-island[data-component^=PlaceName]").count();
    const html = names ? await (await page.request.get(CONSOLE() + path(world))).text() : await answer!.text();
    expect(await page.title(), "what the server writes").toBe(titled(html));
    await faultless(page);
    const answers = await told.answers();
    expect(answers.length).toBeGreaterThan(0);
    const { access, refresh } = (await world.now()).tokens;
    expect([access, refresh].map(({ length }) => length)).not.toContain(0);
    expect(leaks(answers, [...access, ...refresh]), "tokens that left the server").toEqual([]);
  });
}

test("every page has a title of its own", async ({ page, steward }) => {
  const world = await steward.signedIn();
  const served = async (path: string) => titled(await (await page.request.get(CONSOLE() + path)).text());
  const pages = PAGES.filter(({ name }) => !name.includes(","));
  const titles = new Set(await Promise.all(pages.map(({ path }) => served(path(world)))));
  expect(titles.size).toBe(pages.length);
});
