// How a script that measures begins and ends: what it has started and made goes away with it, whatever happens, and what was
// wrong is said last.
import { performance } from "node:perf_hooks";

/**
 * Runs `run` and then `clean`; the latter comes at once where a signal ends the script, or so many milliseconds, `atMost`,
 * have gone by. It exits with 1 where `run` has thrown, or has put words into `wrong`.
 */
export async function whole({ run, clean, wrong, atMost }) {
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => clean().finally(() => process.exit(130)));
  setTimeout(() => clean().finally(() => {
    console.error(`FAILED: not done after ${atMost / 60_000} minutes`);
    process.exit(1);
  }), atMost).unref();

  await run().catch((error) => wrong.push(error.stack));
  await clean();
  if (wrong.length) {
    console.error(`\nFAILED: ${wrong.join("\n        ")}`);
    process.exit(1);
  }
  console.log(`\ndone in ${(performance.now() / 1000).toFixed(0)} s`);
  process.exit(0);
}
