// The way in and out: OAuth, a personal access token, and every way that either can fail.
import type { Page } from "@playwright/test";
import { CONSOLE, GRACE, SANDBOX, expect, test, type Steward } from "../support/test.ts";
import { authorize, heading, tabTo } from "../support/ui.ts";

const signInPage = (page: Page) => heading(page, "Sign in to Steward");

async function byHand(page: Page, person?: string): Promise<void> {
  await page.getByRole("button", { name: "Continue with Supabase" }).click();
  await authorize(page, person);
}

/** Opens the account menu. */
async function account(page: Page, steward: Steward): Promise<void> {
  await steward.ready();
  await page.getByRole("button", { name: "Account" }).click();
}

test("a person lands on the page they wanted", async ({ page, steward }) => {
  const world = await steward.world();
  const wanted = `/organizations/${world.organization("Analytical Engines").slug}/members?search=grace`;
  await steward.open(wanted);
  await expect(signInPage(page)).toBeVisible();
  await byHand(page, GRACE);
  await expect(heading(page, "Members")).toBeVisible();
  expect(page.url()).toBe(CONSOLE() + wanted);
  await account(page, steward);
  const menu = page.getByRole("group", { name: "Account" });
  await expect(menu).toContainText("grace@example.com");
  await expect(menu).toContainText("Signed in through Supabase");
});

for (const elsewhere of ["//evil.example", "https://evil.example/", "/\\evil.example"]) {
  test(`a sign-in never leads to ${elsewhere}`, async ({ page, steward }) => {
    await steward.world();
    await steward.open(`/sign-in?return_to=${encodeURIComponent(elsewhere)}`);
    await byHand(page);
    await expect(heading(page, "Projects")).toBeVisible();
    expect(page.url()).toBe(`${CONSOLE()}/projects`);
  });
}

test("declining the consent changes nothing, and says so", async ({ page, steward }) => {
  const world = await steward.world();
  await steward.open("/organizations");
  await page.getByRole("button", { name: "Continue with Supabase" }).click();
  await page.getByRole("button", { name: "Decline" }).click();
  await expect(page.getByRole("alert")).toContainText("Access was declined");
  expect((await world.now()).grants).toBe(0);
  await byHand(page);
  await expect(heading(page, "Organizations")).toBeVisible();
});

test("an answer with a foreign state is refused", async ({ page, steward }) => {
  await steward.world();
  await steward.open("/sign-in");
  await page.getByRole("button", { name: "Continue with Supabase" }).click();
  await expect(page.getByRole("button", { name: "Authorize Steward" })).toBeVisible();
  await steward.open("/sign-in/callback?code=00000000-0000-4000-8000-000000000000&state=of-somebody-else");
  await expect(page.getByRole("alert")).toContainText("This sign-in was not started here");
});

test("an answer works once", async ({ page, steward }) => {
  const world = await steward.world();
  let answer = "";
  page.on("request", (request) => {
    if (request.url().startsWith(`${CONSOLE()}/sign-in/callback`)) answer = request.url();
  });
  await steward.open("/sign-in");
  await byHand(page);
  await expect(heading(page, "Projects")).toBeVisible();
  await page.goto(answer);
  await expect(page.getByRole("alert")).toContainText("This sign-in was not started here");
  expect((await world.now()).counters.exchanges).toBe(1);
  // Nobody loses the sign-in that they have.
  await steward.open("/organizations");
  await expect(heading(page, "Organizations")).toBeVisible();
});

test("a code that came too late asks to sign in again", async ({ page, steward }) => {
  const world = await steward.world();
  await steward.open("/organizations/new");
  await page.getByRole("button", { name: "Continue with Supabase" }).click();
  await expect(page.getByRole("button", { name: "Authorize Steward" })).toBeVisible();
  const form = {
    ...Object.fromEntries(new URL(page.url()).searchParams),
    person: world.person(GRACE).id,
    decision: "authorize",
  };
  const consent = await page.request.post(`${SANDBOX()}/v1/oauth/authorize`, { form, maxRedirects: 0 });
  await world.expireCodes();
  await page.goto(consent.headers().location!);
  await expect(page.getByRole("alert")).toContainText("The sign-in took too long");
  await byHand(page);
  await expect(heading(page, "New organization")).toBeVisible();
});

test("while Supabase is down the sign-in says so, and works afterwards", async ({ page, steward }) => {
  const world = await steward.world();
  await world.fault("v1-exchange-oauth-token", { kind: "status", code: 503 });
  await steward.open("/organizations");
  await byHand(page);
  await expect(page.getByRole("alert")).toContainText("Supabase cannot be reached");
  await world.clearFaults();
  await byHand(page);
  await expect(heading(page, "Organizations")).toBeVisible();
});

test("whoever removed the access is asked to give it anew", async ({ page, steward }) => {
  const world = await steward.signedIn();
  // What stands there now is still known afterwards: the projects are.
  await steward.open("/projects");
  await expect(page.getByRole("main").getByRole("link").first()).toBeVisible();
  await world.revokeGrants();
  const error = page.getByRole("alert").filter({ hasText: "Reconnect to Supabase" });
  // As soon as nothing is kept any more that could be shown instead.
  await expect(async () => {
    await steward.open("/organizations?search=engines");
    await expect(error).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await error.getByRole("link", { name: "Sign in again" }).click();
  await expect(signInPage(page)).toBeVisible();
  await byHand(page);
  await expect(page.getByRole("main").getByRole("link", { name: "Analytical Engines" })).toBeVisible();
  expect(page.url()).toBe(`${CONSOLE()}/organizations?search=engines`);
});

test("a dead sign-in leads to the sign-in page and back", async ({ page, steward }) => {
  const world = await steward.signedIn();
  await world.revokeGrants();
  await steward.open("/organizations");
  await expect(page.getByRole("alert")).toBeVisible();
  await steward.open("/organizations/new");
  await expect(page.getByRole("alert")).toContainText("Access has ended");
  await byHand(page);
  await expect(heading(page, "New organization")).toBeVisible();
});

test("a personal access token is the second way in", async ({ page, steward }) => {
  const world = await steward.world();
  await steward.open("/organizations");
  const signIn = async (token: string) => {
    await steward.ready();
    await page.getByText("Use a personal access token instead").click();
    await page.getByLabel("Personal access token").fill(token);
    await page.getByRole("button", { name: "Sign in with the token" }).click();
  };
  await signIn(`sbp_${"0".repeat(40)}`);
  await expect(page.getByRole("alert")).toContainText("The token was not accepted");
  await signIn(world.person(GRACE).pat);
  await expect(heading(page, "Organizations")).toBeVisible();
  await account(page, steward);
  await expect(page.getByRole("group", { name: "Account" })).toContainText("Signed in with a personal access token");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(signInPage(page)).toBeVisible();
  await steward.open("/organizations");
  await expect(signInPage(page)).toBeVisible();
});

test("signing out ends it everywhere", async ({ page, steward, context }) => {
  const world = await steward.signedIn();
  await steward.open("/organizations");
  await steward.open("/projects");
  const secondTab = await context.newPage();
  await secondTab.goto(`${CONSOLE()}/organizations`);
  await expect(heading(secondTab, "Organizations")).toBeVisible();

  await account(page, steward);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("status").filter({ hasText: "You are signed out" })).toBeVisible();
  expect((await world.now()).counters.revocations).toBe(1);
  expect((await world.now()).grants).toBe(0);

  await page.goBack();
  await expect(signInPage(page)).toBeVisible();
  await secondTab.reload();
  await expect(signInPage(secondTab)).toBeVisible();
});

test("a sign-in takes the keyboard alone", async ({ page, steward }) => {
  await steward.world();
  await steward.open("/organizations");
  await tabTo(page, page.getByRole("button", { name: "Continue with Supabase" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("radio", { name: "Ada Lovelace" }));
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: "Grace Hopper" })).toBeChecked();
  await tabTo(page, page.getByRole("button", { name: "Authorize Steward" }));
  await page.keyboard.press("Enter");
  await expect(heading(page, "Organizations")).toBeVisible();
});
