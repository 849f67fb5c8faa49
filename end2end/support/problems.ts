// What no page may do unless its test says so: errors and warnings in the console, scripts that break off, answers
// that say no, requests that come to nothing. Violations of the content security policy are console errors too.
import { expect, type BrowserContext } from "@playwright/test";

export class Problems {
  private readonly seen: string[] = [];
  private readonly expected: RegExp[] = [];

  /** `scripts`: whether the browser runs any. One that doesn't still asks for them, and then wonders why. */
  constructor(context: BrowserContext, scripts: boolean) {
    if (!scripts) this.expected.push(/^csp: GET \S+\.js$/, /\.wasm was preloaded using link preload but not used/);
    context.on("console", (message) => {
      const where = message.location().url;
      if (["error", "warning"].includes(message.type())) this.seen.push(`console: ${message.text()} at ${where}`);
    });
    context.on("weberror", (error) => this.seen.push(`script: ${error.error().stack ?? error.error().message}`));
    context.on("dialog", (dialog) => {
      this.seen.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    context.on("response", (answer) => {
      if (answer.status() >= 400) this.seen.push(`${answer.status()}: ${answer.request().method()} ${answer.url()}`);
    });
    context.on("requestfailed", (request) => {
      const why = request.failure()?.errorText ?? "";
      // The browser itself gave it up, because the page was left.
      if (why !== "net::ERR_ABORTED") this.seen.push(`${why}: ${request.method()} ${request.url()}`);
    });
  }

  /** Lets problems that match pass. */
  expect(...patterns: RegExp[]): void {
    this.expected.push(...patterns);
  }

  /** Fails the test if anything unexpected has happened. */
  check(): void {
    const unexpected = this.seen.filter((problem) => !this.expected.some((pattern) => pattern.test(problem)));
    expect(unexpected, "problems on the pages of this test").toEqual([]);
  }
}
