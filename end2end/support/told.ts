// What the console told a browser, to look whether something was in it that must stay on the server.
import type { BrowserContext } from "@playwright/test";
import { CONSOLE } from "./test.ts";

interface Answer {
  where: string;
  /** Address, headers and body. */
  text: string;
}

export class Told {
  private readonly reading: Promise<Answer>[] = [];

  /** Listens from now on; `wants` leaves out answers that are looked at elsewhere. */
  constructor(context: BrowserContext, wants: (address: URL) => boolean = () => true) {
    context.on("response", (answer) => {
      const address = new URL(answer.url());
      // The sandbox is Supabase here, and knows its own tokens.
      if (address.origin !== CONSOLE() || !wants(address)) return;
      const read = async () => {
        const headers = (await answer.headersArray()).map(({ name, value }) => `${name}: ${value}`).join("\n");
        // Redirects have no body, and what a left page gave up has none either.
        const body = await answer.body().catch(() => Buffer.alloc(0));
        const where = `${answer.status()} ${answer.request().method()} ${answer.url()}`;
        return { where, text: `${answer.url()}\n${headers}\n${body.toString("latin1")}` };
      };
      this.reading.push(read());
    });
  }

  /** Everything that was told so far. */
  answers(): Promise<Answer[]> {
    return Promise.all(this.reading);
  }
}

/** Where one of the secrets stands, without telling it whole. */
export function leaks(answers: Answer[], secrets: Iterable<string>): string[] {
  return [...secrets].flatMap((secret) =>
    answers.filter(({ text }) => text.includes(secret)).map(({ where }) => `${secret.slice(0, 12)}… in ${where}`),
  );
}
