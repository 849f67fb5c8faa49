// A restart of the console signs nobody out.
import fs from "node:fs";
import { World } from "../support/sandbox.ts";
import { start } from "../support/steward.ts";
import { ADA, expect, signIn, test } from "../support/test.ts";
import { heading } from "../support/ui.ts";

test("people stay signed in over a restart", async ({ page, steward, context }) => {
  const first = await start();
  try {
    await signIn(context.request, await World.demo(first.sandbox), ADA, first);
    await steward.open("/organizations", first.url);
    await expect(heading(page, "Organizations")).toBeVisible();
  } finally {
    await first.stop();
  }
  const second = await start(first);
  try {
    expect(second.url).toBe(first.url);
    await steward.open("/projects", second.url);
    await expect(heading(page, "Projects")).toBeVisible();
    await expect(page.getByRole("link", { name: "Note G" })).toBeVisible();
  } finally {
    await second.stop();
    fs.rmSync(second.data, { recursive: true });
  }
});
