// What befalls an instance: it is killed, restarted, frozen, or has another time than the others.
import { performance } from "node:perf_hooks";

import { count, failed, Ledger, losses, percentile, reasons, recovered, repeats } from "./faults-seen.mjs";
import { control, signIn } from "./bench-steward.mjs";
import { pause, within } from "./many.mjs";
import { People } from "./many-people.mjs";

/** Seconds of work before and after. */
const BEFORE = 4;
const AFTER = 6;
/** Seconds between one that is back and the next that is restarted: longer than nginx leaves one alone. */
const LATER = 3;

async function killed({ many, people }) {
  const ledger = await Ledger.before(many, people);
  people.work();
  await pause(BEFORE * 1000);
  await people.expireTokens();
  await pause(700);
  const moment = performance.now();
  await many.kill(1);
  const leases = many.postgres.number("SELECT count(*) FROM accounts WHERE lease IS NOT NULL");
  await pause(AFTER * 1000);
  await many.begin(1);
  // A turn that nobody can give back ends by itself.
  await within(40, () => many.postgres.ask("SELECT count(*) FROM accounts WHERE lease IS NOT NULL AND lease_until > extract(epoch FROM now())") === "0");
  await pause(AFTER * 1000);
  const events = await people.rest();
  const address = `127.0.0.1:${many.instances[1].port}`;
  const inFlight = ({ by, began, ended }) => by.includes(address) && began <= moment && ended >= moment;
  const others = failed(events).filter((event) => !inFlight(event));
  // Whose tokens it was just renewing waits until its turn is over, and signs in again where the new ones went down with it.
  const renewing = others.filter(({ said }) => /being renewed|No answer came|Reconnect|^303/.test(said));
  const more = others.filter((event) => !renewing.includes(event));
  const told = await ledger.now();
  const { words, bad } = losses(told);
  if (more.length) bad.push(`${count(more.length, "request")} failed that were not with it: ${reasons(more)}`);
  const stranded = new Set(renewing.map(({ one }) => one));
  if (stranded.size > leases) bad.push(`more people than tokens were being renewed (${leases}) are concerned: ${reasons(renewing)}`);
  if (told.refreshes > people.all.length + leases) bad.push(`${told.refreshes} refreshes of ${people.all.length} grants`);
  for (const one of stranded) one.cookie = await signIn(many.url, many.sandbox, one.world, one.person);
  const seen = `${count(failed(events).length - others.length, "request")} in flight on it failed, ${count(more.length, "other")} of ${events.length.toLocaleString("en")}; ${count(told.refreshes, "refresh", "refreshes")} of ${people.all.length} grants, ${stranded.size} of them just being renewed by it`;
  return { seen, lost: words, after: recovered(events.filter(({ one }) => !stranded.has(one)), moment), bad };
}

async function restarted({ many, people }) {
  const ledger = await Ledger.before(many, people);
  people.work();
  await pause(BEFORE * 1000);
  await people.expireTokens();
  const moment = performance.now();
  const took = [];
  for (const { at, steward } of many.instances) {
    const began = performance.now();
    await steward.stop();
    took.push((performance.now() - began) / 1000);
    await many.begin(at);
    await pause(LATER * 1000);
  }
  await pause(AFTER * 1000);
  const events = await people.rest();
  const told = await ledger.now();
  const { words, bad } = losses(told);
  if (failed(events).length) bad.push(`${count(failed(events).length, "request")} failed: ${reasons(failed(events))}`);
  bad.push(...repeats(told));
  const seen = `${count(failed(events).length, "failed request")} of ${events.length.toLocaleString("en")}, the slowest took ${(percentile(events, 1) / 1000).toFixed(1)} s; each ended within ${Math.max(...took).toFixed(1)} s; ${count(told.refreshes, "refresh", "refreshes")} of ${people.all.length} grants`;
  return { seen, lost: words, after: recovered(events, moment), bad };
}

const REFRESH = "v1-exchange-oauth-token";
/** Seconds for which one hears nothing. */
const FROZEN = 8;

/** One that is frozen in the middle of two refreshes, whose turn is over when it goes on. */
async function frozen({ many, people }) {
  const ledger = await Ledger.before(many, people);
  const [first, second] = [people.all[0], people.all.find(({ world }) => world !== people.all[0].world)];
  const ask = (one, at) => people.ask(one, `http://127.0.0.1:${many.instances[at].port}`);
  const leases = () => many.postgres.number("SELECT count(*) FROM accounts WHERE lease IS NOT NULL");
  for (const { world } of [first, second]) {
    await control(many.sandbox, "POST", `/${world.id}/faults`, { operation: REFRESH, kind: "slow", ms: 2_000, times: 1 });
    await control(many.sandbox, "POST", `/${world.id}/tokens/expire`);
  }
  // The cache may have what they ask for.
  await pause(6_000);
  const asked = [first, second].map((one) => ask(one, 1));
  const bad = [];
  if (await within(2, () => leases() === 2) === null) bad.push(`not two, but ${leases()} refreshes were begun`);
  const { child } = many.instances[1].steward;
  child.kill("SIGSTOP");
  const moment = performance.now();
  people.work();
  // As long as a turn lasts nobody else takes it; then it is anybody's, and the frozen one has asked already.
  many.postgres.ask("UPDATE accounts SET lease_until = 0 WHERE lease IS NOT NULL");
  const early = await ask(first, 0);
  await pause(2_500);
  const late = await ask(second, 0);
  await pause(FROZEN * 1000 - (performance.now() - moment));
  child.kill("SIGCONT");
  const woken = await Promise.all(asked);
  await pause(AFTER * 1000);
  const events = await people.rest();
  const again = await Promise.all([first, second].flatMap((one) => [0, 1, 2].map((at) => ask(one, at))));
  const told = await ledger.now();
  const { words, bad: worse } = losses(told);
  bad.push(...worse);
  const passing = [early, late, ...woken].filter(({ ok }) => !ok);
  if (failed(again).length) bad.push(`two refreshes were under way, and afterwards ${reasons(failed(again))}`);
  const others = failed(events).filter(({ one }) => one !== first && one !== second);
  if (others.length) bad.push(`${count(others.length, "request")} failed: ${reasons(others)}`);
  const seen = `${count(failed(events).length + passing.length, "failed request")} of ${events.length.toLocaleString("en")}${passing.length ? ` (${reasons(passing)})` : ""}; those on it waited, ${(percentile(events, 1) / 1000).toFixed(1)} s at most`;
  return { seen, lost: words, after: recovered(events, moment + FROZEN * 1000), bad };
}

/** One that is ahead of the others by half a minute. */
async function ahead({ many, people }) {
  const library = many.faketime();
  if (!library) return { seen: "not tried: Debian's libfaketime is not there", lost: "nothing", after: "\u2013", bad: [] };
  const ledger = await Ledger.before(many, people);
  const clock = { LD_PRELOAD: library, FAKETIME: "+30s", FAKETIME_DONT_FAKE_MONOTONIC: "1", DONT_FAKE_MONOTONIC: "1" };
  await many.instances[1].steward.stop();
  await many.begin(1, clock);
  const moment = performance.now();
  people.work();
  await pause(BEFORE * 1000);
  await people.expireTokens();
  await pause(AFTER * 1000);
  const newcomers = await People.signIn(many.url, many.sandbox, 12);
  await pause(AFTER * 1000);
  const events = await people.rest();
  const told = await ledger.now();
  const { words, bad } = losses(told);
  if (failed(events).length) bad.push(`${count(failed(events).length, "request")} failed: ${reasons(failed(events))}`);
  bad.push(...repeats(told));
  const apart = many.postgres.ask("SELECT count(*) FROM audit WHERE CAST(at AS timestamptz) > now() + interval '2 seconds'");
  if (apart === "0") bad.push("its clock was not ahead at all");
  await many.instances[1].steward.stop();
  await many.begin(1);
  const seen = `${count(failed(events).length, "failed request")} of ${events.length.toLocaleString("en")}; ${newcomers.all.length} signed in; ${count(told.refreshes, "refresh", "refreshes")} of ${people.all.length} grants`;
  return { seen, lost: words, after: recovered(events, moment), bad };
}

export const ofInstances = [
  { name: "kill", what: "kill -9 of one instance", happens: killed },
  { name: "restart", what: "rolling restart by SIGTERM", happens: restarted },
  { name: "frozen", what: `an instance frozen for ${FROZEN} s, in the middle of two refreshes`, happens: frozen },
  { name: "clock", what: "an instance whose clock is 30 s ahead", happens: ahead },
];
