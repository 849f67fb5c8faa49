// The command menu: from the keyboard to wherever one wants to go.
import { expect, test } from "../support/test.ts";

test("what is typed is found, marked, and gone to by the keyboard", async ({ page, steward }) => {
  await steward.signedIn({ projects: 1 });
  await steward.open("/projects");
  await page.keyboard.press("Control+K");
  const menu = page.getByRole("dialog", { name: "Search or jump to" });
  await expect(menu.getByRole("combobox")).toBeFocused();
  await expect(menu.getByRole("option").first()).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(menu.getByRole("option").nth(1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.type("audit");
  const first = menu.getByRole("option", { selected: true });
  await expect(first).toContainText("Audit");
  await expect(first.locator("mark")).toHaveText("Audit");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/audit$/);
  // Where one was is offered first.
  await page.locator("html[data-hydrated]").waitFor({ state: "attached" });
  await page.keyboard.press("Control+K");
  await expect(menu.getByRole("group", { name: "Recent" }).getByRole("option").first()).toContainText("Projects");
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  await page.keyboard.press("Control+K");
  await page.keyboard.type("qqqqq");
  await expect(menu.getByText("Nothing is called")).toBeVisible();
});
