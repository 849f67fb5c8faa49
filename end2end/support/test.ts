// What every spec imports: Playwright's `test` with a `steward` that makes worlds, signs in, and opens pages.
import { test as base, expect, type APIRequestContext, type Locator, type Page, type Response } from "@playwright/test";
import { Problems } from "./problems.ts";
import { World, type WorldOptions } from "./sandbox.ts";

export { expect };

/** Everyone of a world; in worlds with `names` or numbers the roles are those written here. */
export const ADA = "Ada Lovelace"; // Owner
export const GRACE = "Grace Hopper"; // Administrator
export const ALAN = "Alan Turing"; // Developer
export const KATHERINE = "Katherine Johnson"; // Read-only
export const EMMY = "Emmy Noether"; // In no organization

/** Origin of the console that all tests share. */
export const CONSOLE = () => process.env.STEWARD_URL!;
/** Origin of its sandbox. */
export const SANDBOX = () => process.env.STEWARD_SANDBOX_URL!;

/** Signs in through OAuth with the cookies of `request`, but without drawing the pages on the way. */
export async function signIn(
  request: APIRequestContext,
  world: World,
  person = ADA,
  origins = { url: CONSOLE(), sandbox: SANDBOX() },
): Promise<void> {
  // Leads to the smallest page there is.
  const consent = await request.post(`${origins.url}/sign-in/start`, { form: { return_to: "/healthz" } });
  const form = {
    ...Object.fromEntries(new URL(consent.url()).searchParams),
    person: world.person(person).id,
    decision: "authorize",
  };
  // Cookies don't heed ports: this one tells the sandbox which world is meant.
  const headers = { cookie: `sandbox_world=${world.id}` };
  const decision = await request.post(`${origins.sandbox}/v1/oauth/authorize`, { form, headers, maxRedirects: 0 });
  const answer = await request.get(decision.headers().location!);
  expect(answer.url(), "signing in by requests").toBe(`${origins.url}/healthz`);
}

export class Steward {
  constructor(
    private readonly page: Page,
    /** Whether pages run their scripts. */
    readonly hydrated: boolean,
    readonly problems: Problems,
  ) {}

  /** A world for this browser, and nobody signed in yet. Without options it is filled like the demo. */
  async world(options?: WorldOptions): Promise<World> {
    const world = await World.make(SANDBOX(), options);
    await this.page.context().addCookies([{ name: "sandbox_world", value: world.id, domain: "127.0.0.1", path: "/" }]);
    return world;
  }

  /** A world in which somebody has signed in. */
  async signedIn(options?: WorldOptions, person = ADA): Promise<World> {
    const world = await this.world(options);
    await signIn(this.page.context().request, world, person);
    return world;
  }

  /** Opens a page of the console and waits until it can be used. */
  async open(path: string, origin = CONSOLE()): Promise<Response | null> {
    const answer = await this.page.goto(origin + path);
    await this.ready();
    return answer;
  }

  /** Waits until the page that is shown can be used. */
  async ready(): Promise<void> {
    if (this.hydrated) await this.page.locator("html[data-hydrated]").waitFor({ state: "attached" });
  }

  /** Sends the choices of a list's toolbar, which a hydrated page does by itself. */
  async apply(): Promise<void> {
    if (!this.hydrated) await this.page.getByRole("button", { name: "Apply" }).click();
  }

  /** Waits for what a hydrated page shows by itself, and another one when it is loaded anew. */
  async appears(what: Locator): Promise<void> {
    if (this.hydrated) return expect(what).toBeVisible({ timeout: 20_000 });
    await expect(async () => {
      await this.page.reload();
      await expect(what).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 20_000 });
  }
}

export const test = base.extend<{ steward: Steward }>({
  steward: [
    async ({ page, javaScriptEnabled }, use) => {
      const hydrated = javaScriptEnabled !== false;
      const problems = new Problems(page.context(), hydrated);
      await use(new Steward(page, hydrated, problems));
      problems.check();
    },
    { auto: true },
  ],
});
