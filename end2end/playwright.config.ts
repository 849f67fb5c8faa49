// The suites run twice: `hydrated`, and those that must work without scripts again as `no-js`.
// `screenshots` and `capture` make the README's pictures, and run only when they are asked for.
import { defineConfig, devices } from "@playwright/test";

const pictures = /--project[= ](screenshots|capture)/.test(process.argv.join(" "));
// Workers read this file too, but have arguments of their own.
if (pictures) process.env.STEWARD_PICTURES = "yes";

const ALONE = /streaming\.spec\.ts/;

const chrome = {
  ...devices["Desktop Chrome"],
  viewport: { width: 1280, height: 800 },
  launchOptions: {
    executablePath: process.env.STEWARD_CHROMIUM || undefined,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  },
};

export default defineConfig({
  testDir: "tests",
  globalSetup: "./support/global_setup.ts",
  fullyParallel: true,
  workers: 3,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: process.env.CI ? [["dot"], ["html", { open: "never" }]] : [["list"]],
  use: {
    locale: "en-GB",
    timezoneId: "UTC",
    // `.make/end2end --last-failed --trace=retain-on-failure` keeps every state of the page of what failed, too. That takes
    // an eighth of each test's time.
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "hydrated", testIgnore: [/clients\//, ALONE], use: chrome },
    // Programs of others, which need no browser.
    { name: "clients", testMatch: /clients\/.*\.spec\.ts/ },
    {
      name: "no-js",
      testMatch:
        /(sign_in|organizations|branches|projects|edge_secrets|functions|keys|explorer|errors|hostile|layout|pages|settings|configure|theme|sql)\.spec\.ts/,
      use: { ...chrome, javaScriptEnabled: false },
    },
    // What measures milliseconds. `.make/end2end` runs it after the others.
    { name: "alone", testMatch: ALONE, workers: 1, use: chrome },
    ...(process.env.STEWARD_PICTURES
      ? [
          { name: "screenshots", testMatch: /pictures\/screenshots\.ts/, use: chrome },
          { name: "capture", testMatch: /pictures\/capture\.ts/, use: chrome },
        ]
      : []),
  ],
});
