// Projects: list, create, overview, and everything that can be done to one.
import type { Page } from "@playwright/test";
import type { Project } from "../support/sandbox.ts";
import { CONSOLE, expect, test } from "../support/test.ts";
import { card, facts, heading, news, rows, services } from "../support/ui.ts";

const list = (page: Page) => rows(page, "Projects");
const names = (page: Page) => list(page).getByRole("link").filter({ hasNotText: /Engines|Labs|Team/ });
const organization = (page: Page) => page.getByRole("combobox", { name: "Organization" });
const pays = (page: Page) => page.getByRole("checkbox", { name: "I know that this changes what the organization pays" });
const settings = (project: Project) => `/projects/${project.ref}/settings`;

test("the list is searched, filtered and sorted, and its address can be shared", async ({ page, steward }) => {
  const world = await steward.signedIn();
  await steward.open("/projects");
  await expect(list(page)).toHaveCount(12);
  await expect(list(page).filter({ hasText: "Compiler" })).toContainText("Quiet Team");

  await page.getByRole("searchbox", { name: "Search projects" }).fill("mill");
  await steward.apply();
  await expect(names(page)).toHaveText(["Mill & Store", "Mill Archive"]);
  await expect(page.getByText("2 of 12 projects")).toBeVisible();
  await page.getByLabel("Status").selectOption("Healthy");
  await steward.apply();
  await expect(names(page)).toHaveText(["Mill & Store"]);

  await steward.open("/projects");
  await organization(page).selectOption("Harbour Labs");
  await steward.apply();
  await page.getByLabel("Sort by").selectOption("Newest first");
  await steward.apply();
  await expect(names(page)).toHaveText(["Tide Tables", "Lighthouse", "Harbour Sketches"]);
  await page.getByLabel("Region").selectOption("ap-southeast-2");
  await steward.apply();
  await expect(names(page)).toHaveText(["Lighthouse"]);

  const slug = world.organization("Harbour Labs").slug;
  const shared = `/projects?organization=${slug}&sort=oldest`;
  await steward.open(shared);
  await expect(names(page)).toHaveText(["Harbour Sketches", "Lighthouse", "Tide Tables"]);
  await expect(organization(page)).toHaveValue(slug);
  await expect(page.getByLabel("Sort by")).toHaveValue("oldest");

  await page.getByLabel("Region").selectOption("eu-north-1");
  await page.getByRole("searchbox", { name: "Search projects" }).fill("lighthouse");
  await steward.apply();
  await expect(page.getByText("No project fits")).toBeVisible();
  await page.getByRole("link", { name: "Show all" }).click();
  await expect(list(page)).toHaveCount(12);
});

test("the list becomes cards, also after a reload", async ({ page, steward }) => {
  await steward.signedIn();
  await steward.open("/projects");
  await page.getByRole("radio", { name: "Cards" }).check({ force: true });
  await steward.apply();
  const cards = page.getByRole("main").getByRole("listitem").filter({ has: page.getByRole("link") });
  await expect(cards.filter({ hasText: "Note G" })).toContainText("Analytical Engines");
  await expect(page.getByRole("table")).toHaveCount(0);
  await expect(page).toHaveURL(/\/projects\?.*\bview=cards$/);
  await page.reload();
  await expect(page.getByRole("radio", { name: "Cards" })).toBeChecked();
  await page.getByRole("link", { name: "Note G" }).click();
  await expect(heading(page, "Note G")).toBeVisible();
});

test("a new project comes up before one's eyes", async ({ page, steward }) => {
  const world = await steward.signedIn({ organizations: 2, coming_up_ms: 6_000 });
  await steward.open("/projects");
  await page.getByRole("link", { name: /Create your first project|New project/ }).first().click();
  await expect(heading(page, "New project")).toBeVisible();

  // The plan of the chosen organization decides what is offered.
  const second = world.organization("Organization 002");
  await organization(page).selectOption(second.name);
  await steward.apply();
  await expect(page).toHaveURL(`${CONSOLE()}/projects/new?organization=${second.slug}`);

  const region = page.getByLabel("Region");
  await expect(region.locator("optgroup[label='General regions']")).toContainText("Asia-Pacific");
  await expect(region.locator("optgroup[label='Exact regions']")).toContainText("(short of room)");
  await expect(page.getByRole("textbox", { name: "Database password" })).toHaveValue(/^[A-Za-z0-9]{24}$/);
  await page.getByLabel("Project name").fill("Analytical Engine");
  await region.selectOption("eu-central-1");
  await page.getByLabel("Instance size").selectOption("small");
  await pays(page).check();
  await page.getByRole("button", { name: "Create project" }).click();

  await expect(heading(page, "Analytical Engine")).toBeVisible();
  const project = (await world.now()).projects[0]!;
  expect(project).toMatchObject({ name: "Analytical Engine", organization_slug: second.slug });
  expect(new URL(page.url()).pathname).toBe(`/projects/${project.ref}`);
  await expect(news(page, "Created the project Analytical Engine.")).toBeVisible();
  await expect(facts(page)).toContainText("eu-central-1");
  await expect(facts(page)).toContainText(/not known yet|Coming up/i);
  const opened = await page.evaluate(() => performance.timeOrigin);
  await steward.appears(facts(page).getByText("Healthy", { exact: true }));
  await expect(services(page).getByText(/^Healthy/)).toHaveCount(6);
  if (steward.hydrated) expect(await page.evaluate(() => performance.timeOrigin), "no reload").toBe(opened);
});

test("the plan's limit is told in the form, which keeps what was typed", async ({ page, steward }) => {
  steward.problems.expect(/402/);
  const world = await steward.signedIn({ organizations: 1 });
  await steward.open("/projects/new");
  await page.getByLabel("Project name").fill("fail-402");
  await page.getByLabel("Region").selectOption("ap-northeast-1");
  await page.getByLabel("Instance size").selectOption("large");
  if (steward.hydrated) await page.getByRole("textbox", { name: "Database password" }).fill("of my own making");
  await pays(page).check();
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page.getByRole("alert")).toContainText("The plan does not allow this");
  await expect(page.getByLabel("Project name")).toHaveValue("fail-402");
  await expect(page.getByLabel("Region")).toHaveValue("ap-northeast-1");
  await expect(page.getByLabel("Instance size")).toHaveValue("large");
  // A password is not kept on the server, so a page without scripts comes back with a fresh one.
  const password = steward.hydrated ? "of my own making" : /^[A-Za-z0-9]{24}$/;
  await expect(page.getByRole("textbox", { name: "Database password" })).toHaveValue(password);
  expect((await world.now()).projects).toHaveLength(0);
  await page.getByLabel("Project name").fill("Within the plan");
  await pays(page).check();
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(heading(page, "Within the plan")).toBeVisible();
});

test("the overview tells status, health, endpoints and requests", async ({ page, steward }) => {
  const world = await steward.signedIn();
  const project = world.project("Jacquard Loom");
  await steward.open(`/projects/${project.ref}`);
  await expect(facts(page)).toContainText("Unhealthy");
  await expect(page.getByRole("main")).toContainText("at least one of its services is in trouble");
  await expect(facts(page)).toContainText("Postgres 15.8.1.121");
  const health = services(page);
  await expect(health.filter({ hasText: "Realtime" })).toContainText("Unhealthy");
  await expect(health.filter({ hasText: "Realtime" })).toContainText("The service did not answer within 1 s.");
  await expect(health.filter({ hasText: "Auth" })).toContainText("v2.186.0");
  await expect(card(page, "Endpoints")).toContainText(`https://${project.ref}.supabase.localhost/auth/v1`);
  await expect(card(page, "Endpoints")).toContainText(`db.${project.ref}.supabase.localhost`);

  const requests = card(page, "API requests");
  await expect(requests.getByRole("img", { name: "API requests over time (UTC)" })).toBeVisible();
  await requests.getByText("Show the numbers").click();
  await expect(rows(page, "API requests over time (UTC)")).toHaveCount(24);
  await requests.getByRole("link", { name: "7 days" }).click();
  await expect(page).toHaveURL(`${CONSOLE()}/projects/${project.ref}?interval=7day`);
  await steward.ready();
  await requests.getByText("Show the numbers").click();
  await expect(rows(page, "API requests over time (UTC)")).toHaveCount(7);
  await expect(requests.getByRole("link", { name: "7 days" })).toHaveAttribute("aria-current", "page");
});

test("endpoints are copied by a button", async ({ page, steward, context }) => {
  test.skip(!steward.hydrated, "without scripts the text is selected by hand");
  const world = await steward.signedIn();
  const project = world.project("Note G");
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: CONSOLE() });
  await steward.open(`/projects/${project.ref}`);
  await page.getByRole("button", { name: "Copy Database address" }).click();
  await expect(news(page, "Copied")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`db.${project.ref}.supabase.localhost:5432`);
});

test("a project is renamed", async ({ page, steward }) => {
  const world = await steward.signedIn({ names: ["Alpha"] });
  const project = world.project("Alpha");
  await steward.open(settings(project));
  await page.getByLabel("Project name").fill("Beta");
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(news(page, `Renamed the project ${project.ref} to Beta.`)).toBeVisible();
  await expect(card(page, "Delete")).toContainText("type the name of the project: Beta");
  await expect(page.getByLabel("Project name")).toHaveValue("Beta");
  expect((await world.now()).projects[0]!.name).toBe("Beta");
});

test("a failed renaming keeps what was typed", async ({ page, steward }) => {
  steward.problems.expect(/50[02]/);
  const world = await steward.signedIn({ names: ["Alpha"] });
  await steward.open(settings(world.project("Alpha")));
  await page.getByLabel("Project name").fill("fail-500");
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(card(page, "Name").getByRole("alert")).toContainText("Not known whether it was done");
  await expect(page.getByLabel("Project name")).toHaveValue("fail-500");
});

test("a project is paused and restored", async ({ page, steward }) => {
  const world = await steward.signedIn({ names: ["Alpha"], coming_up_ms: 4_000 });
  await steward.open(settings(world.project("Alpha")));
  const running = card(page, "Running");
  await running.getByRole("checkbox", { name: /^I know that this stops the project/ }).check();
  await running.getByRole("button", { name: "Pause project" }).click();
  await expect(news(page, /^Paused the project/)).toBeVisible();
  await steward.appears(running.getByText("Paused", { exact: true }));
  await expect(running.getByRole("button", { name: "Pause project" })).toHaveCount(0);
  await running.getByRole("button", { name: "Restore project" }).click();
  await expect(news(page, /^Restored the project/)).toBeVisible();
  await steward.appears(running.getByText("Healthy", { exact: true }));
});

test("a restoration is cancelled", async ({ page, steward }) => {
  const world = await steward.signedIn({ organizations: 1, projects: 9, coming_up_ms: 600_000 });
  await steward.open(settings(world.project("Project 009")));
  const running = card(page, "Running");
  await expect(running).toContainText("Versions it can be restored with");
  await running.getByRole("button", { name: "Restore project" }).click();
  await steward.appears(running.getByText("Restoring", { exact: true }));
  await running.getByRole("button", { name: "Cancel restoration" }).click();
  await steward.appears(running.getByText("Paused", { exact: true }));
});

test("only the project's own name deletes it", async ({ page, steward }) => {
  steward.problems.expect(/422/);
  const world = await steward.signedIn({ organizations: 1, projects: 2 });
  await steward.open(settings(world.project("Project 001")));
  const field = page.getByLabel("Name of the project");
  await field.fill("Project 002");
  await page.getByRole("button", { name: "Delete project" }).click();
  await expect(field).toHaveAccessibleDescription(/Nothing was done: type “Project 001” to confirm\./);
  expect((await world.now()).projects).toHaveLength(2);

  await field.fill("Project 001");
  await page.getByRole("button", { name: "Delete project" }).click();
  await expect(heading(page, "Projects")).toBeVisible();
  await expect(news(page, /^Deleted the project/)).toBeVisible();
  await expect(list(page)).toHaveCount(1);
  await expect(list(page)).toContainText("Project 002");
  await steward.open(`/projects/${world.project("Project 001").ref}`);
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Not found");
});

test("a ban is lifted, after a yes", async ({ page, steward }) => {
  const world = await steward.signedIn();
  await steward.open(`/projects/${world.project("Note G").ref}/network-bans`);
  const banned = rows(page, "Addresses");
  const before = await banned.count();
  const address = (await banned.first().getByRole("cell").first().textContent())!;
  await banned.first().getByRole("button", { name: /^Lift the ban/ }).click();
  const dialog = page.getByRole("dialog", { name: "Lift the ban" });
  await expect(dialog).toContainText(address);
  await dialog.getByRole("checkbox", { name: /^I know that this lets these addresses try/ }).check();
  await dialog.getByRole("button", { name: "Lift the ban" }).click();
  await expect(news(page, /^Lifted network bans/)).toBeVisible();
  await expect(banned).toHaveCount(before - 1);
  await expect(page.getByText(address, { exact: true })).toHaveCount(0);
});

test("the switchers lead from one project to another", async ({ page, steward }) => {
  const world = await steward.signedIn();
  await steward.open(`/projects/${world.project("Note G").ref}`);
  if (steward.hydrated) {
    await page.getByRole("button", { name: "Project: Note G" }).click();
    await page.getByRole("group", { name: "Project", exact: true }).getByRole("link", { name: "Compiler" }).click();
    await expect(heading(page, "Compiler")).toBeVisible();
    expect(new URL(page.url()).pathname).toBe(`/projects/${world.project("Compiler").ref}`);
    await page.getByRole("button", { name: /^Organization:/ }).click();
    await page.getByRole("link", { name: "Harbour Labs" }).click();
    await expect(heading(page, "Harbour Labs")).toBeVisible();
  } else {
    await page.getByRole("button", { name: /^Project:/ }).click();
    await page.getByRole("link", { name: "All projects" }).click();
    await expect(heading(page, "Projects")).toBeVisible();
  }
});
