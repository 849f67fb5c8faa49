// Names that want to be something else than text, or more than there is room for.
import { BRANCH, ORGANIZATION, PAGES, PROJECT } from "../support/pages.ts";
import type { World } from "../support/sandbox.ts";
import { expect, test } from "../support/test.ts";
import { card, fitsTheWidth, heading, news, rows } from "../support/ui.ts";

const NAMES = {
  "a script": "<script>alert(1)</script>",
  "an element out of an attribute": `"><img src=x onerror=alert(1)>`,
  "an end of the title": "</title><img src=x>",
  "an end of a long text": "</textarea><img src=x>",
  "quotes and entities": `'"\`&quot;&lt;b&gt;</title></textarea>`,
  "marks that turn the direction of writing": "\u202Egnp.tset\u2066\u200F",
  "256 wide letters": "W".repeat(256),
  "emoji": "🦊👩🏽‍🚀🇺🇳".repeat(10),
};

test.use({ viewport: { width: 360, height: 740 } });

for (const [what, name] of Object.entries({ ...NAMES, "300 characters": "äbc ".repeat(75).trim() })) {
  test(`${what}: shown as text wherever a name stands`, async ({ page, steward }) => {
    const world = await steward.signedIn({ names: [name] });
    const [organization, project] = [world.organization(), world.project()];
    const link = { name, exact: true };

    await steward.open("/organizations");
    await expect(page.getByRole("main").getByRole("link", link)).toHaveText(name);
    await fitsTheWidth(page);

    // Without scripts the heading says as much of the name as is kept of it.
    const kept = steward.hydrated ? name : name.slice(0, 60);
    const named = () => expect(page.getByRole("heading", { level: 1 })).toContainText(kept);
    await steward.open(`/organizations/${organization.slug}`);
    await named();
    await expect(rows(page, "Projects").getByRole("link", link)).toHaveText(name);
    if (steward.hydrated) await expect(page.getByRole("navigation", { name: "Breadcrumbs" })).toContainText(name);
    await fitsTheWidth(page);

    await steward.open("/projects");
    // The project's and its organization's, and as a choice of the toolbar.
    await expect(rows(page, "Projects").getByRole("link", link)).toHaveCount(2);
    await expect(page.getByRole("combobox", { name: "Organization" }).getByRole("option").last()).toHaveText(name);
    await fitsTheWidth(page);
    await steward.open("/projects?view=cards");
    await expect(page.getByRole("main").getByRole("link", link)).toHaveText(name);
    await fitsTheWidth(page);

    await steward.open("/projects/new");
    await expect(page.getByRole("combobox", { name: "Organization" }).getByRole("option")).toHaveText(name);
    await fitsTheWidth(page);

    await steward.open(`/projects/${project.ref}`);
    await named();
    await fitsTheWidth(page);
    if (steward.hydrated) {
      await expect(page.getByRole("navigation", { name: "Breadcrumbs" })).toContainText(name);
      const switcher = page.getByRole("button", { name: `Project: ${name}`, exact: true });
      await switcher.click();
      await expect(page.getByRole("group", { name: "Project", exact: true }).getByRole("link", link)).toHaveText(name);
      await fitsTheWidth(page);
    }

    await steward.open(`/projects/${project.ref}/settings`);
    await expect(page.getByLabel("Project name")).toHaveValue(name);
    await expect(card(page, "Delete").getByText(name, { exact: true })).toBeVisible();
    await fitsTheWidth(page);

    const made = await page.evaluate(() => {
      const scripts = [...document.scripts].filter((script) => script.text === "alert(1)");
      return [...scripts, ...document.images].length;
    });
    expect(made, "elements made of a name").toBe(0);
  });
}

for (const [what, name] of Object.entries(NAMES)) {
  test(`${what}: taken as a name, and given back`, async ({ page, steward }) => {
    const world = await steward.signedIn({ names: ["Alpha"] });
    await steward.open("/organizations/new");
    await page.getByLabel("Name").fill(name);
    await page.getByRole("button", { name: "Create organization" }).click();
    const kept = steward.hydrated ? name : name.slice(0, 60);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(kept);
    await expect(news(page, `Created the organization ${name}.`)).toBeVisible();
    await fitsTheWidth(page);

    await steward.open(`/projects/${world.project().ref}/settings`);
    await page.getByLabel("Project name").fill(name);
    await page.getByRole("button", { name: "Rename" }).click();
    await expect(card(page, "Delete").getByText(name, { exact: true })).toBeVisible();
    const content = await world.now();
    expect([content.organizations[1]!.name, content.projects[0]!.name]).toEqual([name, name]);
    await fitsTheWidth(page);

    await page.getByLabel("Name of the project").fill(name);
    await page.getByRole("button", { name: "Delete project" }).click();
    await expect(heading(page, "Projects")).toBeVisible();
    await expect(news(page, "Deleted the project")).toBeVisible();
    expect((await world.now()).projects).toHaveLength(0);
  });
}

/** Ends what a text may stand in, and begins an element of its own. */
const ENDS = ["</title><img src=x>", "</textarea><img src=x>"];

// One name for both, so that one visit tells: each end is nothing but text where the other would be one.
test("what ends a title or a long text is text on every page", async ({ page, steward }) => {
  test.slow();
  const name = ENDS.join("");
  const world = await steward.signedIn({ names: [name] });
  // The pages ask for a place by its name in the demo; here there is one of each.
  const one = {
    organization: () => world.organization(),
    project: () => world.project(),
    person: (who: string) => world.person(who),
  } as unknown as World;
  // From here on titles and crumbs know the names.
  await steward.open("/projects");
  await steward.open("/organizations");
  for (const stop of PAGES) {
    await steward.open(stop.path(one));
    const h1 = [PROJECT, ORGANIZATION, BRANCH].includes(stop.h1) ? name : stop.h1;
    await expect(page.getByRole("heading", { level: 1, name: h1, exact: true }), stop.name).toBeVisible();
    expect(await page.evaluate(() => document.images.length), stop.name).toBe(0);
    expect(await page.title(), stop.name).toContain("Steward");
    await fitsTheWidth(page);
  }
});

/** Operations with every kind of field: long texts, lines, JSON, a whole body, files, choices, numbers, boxes. */
const OPERATIONS = [
  "v1-run-a-query",
  "v1-apply-a-migration",
  "v1-update-auth-service-config",
  "v1-update-network-restrictions",
  "v1-create-a-project",
  "v1-deploy-a-function",
  "v1-create-a-sso-provider",
  "v1-get-all-projects-for-organization",
  "v1-merge-a-branch",
];

test("what a link puts into the explorer's form is text, and said to be the link's", async ({ page, steward }) => {
  // What a browser says of a number's field that is given a text.
  steward.problems.expect(/cannot be parsed, or is out of range/);
  await steward.signedIn({ projects: 1 });
  for (const operation of OPERATIONS) {
    const address = `/explorer/${operation}`;
    await steward.open(address);
    const form = page.getByRole("main").locator(`form[action^="${address}"]`);
    await expect(form.getByText("A link filled this form in"), operation).toHaveCount(0);
    const names = await form.locator("input, textarea, select").evaluateAll((controls) => [
      ...new Set(controls.map((control) => (control as HTMLInputElement).name).filter((name) => name)),
    ]);
    expect(names.length, operation).toBeGreaterThan(1);
    for (const text of ENDS) {
      await steward.open(`${address}?${new URLSearchParams(names.map((name) => [name, text]))}`);
      expect(new URL(page.url()).pathname, operation).toBe(address);
      expect(await page.evaluate(() => document.images.length), operation).toBe(0);
      await expect(form.getByText("A link filled this form in"), operation).toBeVisible();
      for (const area of await form.locator("textarea").all()) await expect(area, operation).toHaveValue(text);
    }
  }
});
