// Configurations that are no table of settings: a custom hostname step by step, and an identity provider from its metadata
// to its end.
import type { Page } from "@playwright/test";
import type { World } from "../support/sandbox.ts";
import { expect, test, type Steward } from "../support/test.ts";
import { card, faultless, heading, rows } from "../support/ui.ts";

async function opened(page: Page, steward: Steward, area: string, title: string): Promise<{ world: World; ref: string }> {
  const world = await steward.signedIn();
  const { ref } = world.project("Note G");
  await steward.open(`/projects/${ref}/settings/${area}`);
  await expect(heading(page, title)).toBeVisible();
  return { world, ref };
}

const sure = (page: Page) => page.getByRole("checkbox", { name: /^I know that this/ }).check();
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

test("a custom hostname goes its way step by step", async ({ page, steward }) => {
  steward.problems.expect(/422/);
  const { world, ref } = await opened(page, steward, "hostname", "Custom hostname");
  await sure(page);
  await press(page, "Add the add-on");
  const name = page.getByLabel("Hostname", { exact: true });
  await expect(name).toBeVisible();
  await name.fill("api.example.com");
  await sure(page);
  await press(page, "Begin");
  await expect(page.getByText("Waiting for the records")).toBeVisible();
  await expect(rows(page, "Records")).toHaveCount(3);
  await expect(page.getByRole("main")).toContainText(`${ref}.supabase.localhost`);
  if (steward.hydrated) {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy value of the CNAME record" }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${ref}.supabase.localhost`);
    await faultless(page);
  }
  await world.advance(3_600);
  await press(page, "Verify the records");
  await expect(page.getByText("Certificate is on its way")).toBeVisible();
  await world.advance(3_600);
  await press(page, "Look again");
  await expect(page.getByText("Ready, not activated")).toBeVisible();
  await expect(page.getByRole("main")).toContainText("https://api.example.com/auth/v1/callback");
  await sure(page);
  await press(page, "Activate");
  await expect(page.getByText("5_services_reconfigured")).toBeVisible();
  await card(page, "Remove").getByRole("textbox").fill("Note G");
  await press(page, "Remove the hostname");
  await expect(page.getByLabel("Hostname", { exact: true })).toBeVisible();
});

test("a vanity subdomain is checked when typing rests, and put to use", async ({ page, steward }) => {
  await opened(page, steward, "hostname/vanity", "Vanity subdomain");
  await page.getByLabel("Name").fill("note-g-engine");
  if (!steward.hydrated) await press(page, "Check");
  await expect(page.getByText("\u201cnote-g-engine\u201d can be had")).toBeVisible();
  if (steward.hydrated) await faultless(page);
  const sure = page.getByRole("checkbox", { name: /^I know that this/ });
  if ((await sure.count()) > 0) await sure.check();
  await press(page, "Activate");
  await expect(page.getByText("https://note-g-engine.supabase.localhost")).toBeVisible();
});

test("an identity provider is added, changed and removed", async ({ page, steward }) => {
  steward.problems.expect(/422/);
  const { world, ref } = await opened(page, steward, "sso", "Single sign-on");
  await expect(page.getByText("SAML is off")).toBeVisible();
  await world.upstream("PATCH", `/v1/projects/${ref}/config/auth`, { saml_enabled: true });
  await steward.open(`/projects/${ref}/settings/sso`);
  await page.getByRole("link", { name: "Add a provider" }).click();
  await expect(heading(page, "Add a provider")).toBeVisible();
  await page.getByRole("textbox", { name: "Address of the metadata" }).fill("http://idp.example.com/metadata");
  await page.getByRole("textbox", { name: "E-mail domains" }).fill("example.com");
  await sure(page);
  await press(page, "Add the provider");
  await expect(page.locator("#metadata_url-error")).toContainText("expected an HTTPS address");
  await page.getByRole("textbox", { name: "Address of the metadata" }).fill("https://idp.example.com/metadata");
  await sure(page);
  await press(page, "Add the provider");
  await expect(heading(page, "Identity provider")).toBeVisible();
  if (steward.hydrated) await faultless(page);
  await page.getByRole("textbox", { name: "E-mail domains" }).fill("example.com\nexample.org");
  const attribute = (at: number) => page.getByRole("group", { name: `Attribute ${at}`, exact: true });
  await expect(attribute(2)).toBeHidden();
  await attribute(1).getByRole("textbox", { name: "Attribute" }).fill("role");
  await attribute(1).getByRole("textbox", { name: "Comes from" }).fill("group, role");
  await expect(attribute(2)).toBeVisible();
  await sure(page);
  await press(page, "Save");
  await expect(card(page, "Provider")).toContainText("example.com, example.org");
  await expect(card(page, "Provider")).toContainText("group or role");
  const id = new URL(page.url()).pathname.split("/").at(-1)!;
  await card(page, "Remove").getByRole("textbox").fill(id);
  await press(page, "Remove the provider");
  await expect(page.getByText("No identity provider yet")).toBeVisible();
});
