// No token and no secret ever leaves the server: not in an answer, not in the log, not in a built file.
import fs from "node:fs";
import path from "node:path";
import { BRANCH, ORGANIZATION, PAGES, PROJECT } from "../support/pages.ts";
import { ROOT } from "../support/steward.ts";
import { ADA, CONSOLE, GRACE, expect, test } from "../support/test.ts";
import { leaks, Told } from "../support/told.ts";
import { authorize, heading } from "../support/ui.ts";

/** The sandbox's app: written down in server/sandbox/src/settings.rs. */
const CLIENT_SECRET = "sba_5eed57e1a4d0c0ffee00000000000000000000d1";
const PASSWORD = "a-database-password-of-this-test";

function filesIn(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

test("tokens and secrets stay on the server", async ({ page, steward, context }) => {
  test.slow();
  steward.problems.expect(/40[02]|50[02]/);
  const told = new Told(context);
  const secrets = new Set([CLIENT_SECRET, PASSWORD]);
  const world = await steward.world();
  const learn = async () => {
    const { access, refresh } = (await world.now()).tokens;
    expect(access).not.toHaveLength(0);
    [...access, ...refresh].forEach((token) => secrets.add(token));
  };

  // The whole way in; then a page of each kind, as the server draws it, and whatever their menus lead to that is not one of
  // the pages which pages.spec.ts looks at in the same way.
  await steward.open("/projects");
  await page.getByRole("button", { name: "Continue with Supabase" }).click();
  await authorize(page, ADA);
  await expect(heading(page, "Projects")).toBeVisible();
  await steward.ready();
  await learn();
  const followed = new Set(PAGES.map(({ path }) => path(world)));
  const { slug } = world.organization(ORGANIZATION);
  const project = world.project(PROJECT).ref;
  for (const path of ["/projects", `/organizations/${slug}`, `/projects/${project}`, `/projects/${world.project(BRANCH).ref}`]) {
    await steward.open(path);
    for (const entry of await page.getByRole("navigation", { name: "Main" }).getByRole("link").all()) {
      const href = (await entry.getAttribute("href"))!;
      if (followed.has(href)) continue;
      followed.add(href);
      await entry.click();
      await expect(page).toHaveURL(CONSOLE() + href);
      // Whatever the page asks for has come; some ask for nothing.
      await expect(page.getByRole("main").locator(".pending:has(> .skeleton:last-child)")).toHaveCount(0);
    }
  }

  // Renewed tokens, answers that cannot be read, and forms that fail.
  await world.expireTokens();
  await steward.open(`/projects/${world.project(PROJECT).ref}`);
  await expect(heading(page, PROJECT)).toBeVisible();
  await learn();
  for (const kind of ["wrong-json", "wrong-shape", "cut-off"] as const) {
    await world.fault("v1-get-services-health", { kind, times: 3 });
    await steward.open(`/projects/${world.project("Difference Engine").ref}`);
    await expect(page.getByRole("main")).toContainText(/Try again|Healthy/);
  }
  await world.clearFaults();
  for (const name of ["fail-500", "Of this test"]) {
    await steward.open(`/projects/new?organization=${world.organization(ORGANIZATION).slug}`);
    await expect(page.getByLabel("Region")).toBeVisible();
    await page.getByLabel("Project name").fill(name);
    await page.getByRole("textbox", { name: "Database password" }).fill(PASSWORD);
    await page.getByRole("checkbox", { name: "I know that this changes what the organization pays" }).check();
    await page.getByRole("button", { name: "Create project" }).click();
    await expect(page.getByRole("alert").or(heading(page, "Of this test"))).toBeVisible();
  }
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(heading(page, "Sign in to Steward")).toBeVisible();

  // The second way in.
  secrets.add(world.person(GRACE).pat);
  await steward.ready();
  await page.getByText("Use a personal access token instead").click();
  await page.getByLabel("Personal access token").fill(world.person(GRACE).pat);
  await page.getByRole("button", { name: "Sign in with the token" }).click();
  await expect(heading(page, "Projects")).toBeVisible();
  await steward.ready();

  const files = [...filesIn(path.join(ROOT, "target/site")), ...filesIn(process.env.STEWARD_DATA!)];
  const read = files.map((file) => ({ where: file, text: fs.readFileSync(file, "latin1") }));
  const answers = await told.answers();
  expect(answers.length).toBeGreaterThan(100);
  expect(read.length).toBeGreaterThan(20);
  expect(fs.readFileSync(process.env.STEWARD_LOG!, "utf8"), "the log does tell of this").toContain("signed in");
  expect(leaks([...answers, ...read], secrets)).toEqual([]);
  expect(secrets.size, "both pairs of tokens, and what else there is").toBeGreaterThanOrEqual(7);
});
