// Names that want to be something else than text, or more than there is room for.
import { expect, test } from "../support/test.ts";
import { card, fitsTheWidth, heading, news, rows } from "../support/ui.ts";

const NAMES = {
  "a script": "<script>alert(1)</script>",
  "an element out of an attribute": `"><img src=x onerror=alert(1)>`,
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

    await steward.open(`/organizations/${organization.slug}`);
    await expect(card(page, "Organization").getByText(name, { exact: true })).toBeVisible();
    await expect(rows(page, "Projects of this organization").getByRole("link", link)).toHaveText(name);
    if (steward.hydrated) await expect(page.getByRole("navigation", { name: "Breadcrumbs" })).toContainText(name);
    await fitsTheWidth(page);

    await steward.open("/projects");
    // The project's and its organization's, and as a choice of the toolbar.
    await expect(rows(page, "Your projects").getByRole("link", link)).toHaveCount(2);
    await expect(page.getByRole("combobox", { name: "Organization" }).getByRole("option").last()).toHaveText(name);
    await fitsTheWidth(page);
    await steward.open("/projects?view=cards");
    await expect(page.getByRole("main").getByRole("link", link)).toHaveText(name);
    await fitsTheWidth(page);

    await steward.open("/projects/new");
    await expect(page.getByRole("combobox", { name: "Organization" }).getByRole("option")).toHaveText(name);
    await fitsTheWidth(page);

    await steward.open(`/projects/${project.ref}`);
    // The project's and its organization's.
    await expect(card(page, "Project").getByText(name, { exact: true })).toHaveCount(2);
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
    await expect(card(page, "Organization").getByText(name, { exact: true })).toBeVisible();
    await expect(news(page, `Created the organization ${name}.`)).toBeVisible();
    await fitsTheWidth(page);

    await steward.open(`/projects/${world.project().ref}/settings`);
    await page.getByLabel("Project name").fill(name);
    await page.getByRole("button", { name: "Rename" }).click();
    await expect(card(page, "Delete").getByText(name, { exact: true })).toBeVisible();
    const content = await world.now();
    expect([content.organizations[1]!.name, content.projects[0]!.name]).toEqual([name, name]);
    await fitsTheWidth(page);

    await page.getByLabel("Name of the project to delete").fill(name);
    await page.getByRole("button", { name: "Delete project" }).click();
    await expect(heading(page, "Projects")).toBeVisible();
    await expect(news(page, "Deleted the project")).toBeVisible();
    expect((await world.now()).projects).toHaveLength(0);
  });
}
