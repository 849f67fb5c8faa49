// What people noticed of a fault, and what became of what they changed.
import { within } from "./many.mjs";

export const count = (many, one, more = `${one}s`) => `${many.toLocaleString("en")} ${many === 1 ? one : more}`;

/** Failures by what they said, most first. */
export function reasons(events) {
  const by = new Map();
  for (const { kind, said } of events) by.set(`${kind}: ${said}`, (by.get(`${kind}: ${said}`) ?? 0) + 1);
  return [...by].sort((one, other) => other[1] - one[1]).map(([words, times]) => `${times} x ${words}`).join(", ");
}

export const failed = (events) => events.filter(({ ok }) => !ok);

/** Seconds from `moment` on until nothing failed any more; null where the last failure is of the last `quiet` seconds. */
export function recovered(events, moment, quiet = 2) {
  const last = Math.max(moment, ...failed(events).map(({ ended }) => ended));
  const end = Math.max(...events.map(({ ended }) => ended));
  return end - last < quiet * 1000 ? null : (last - moment) / 1000;
}

/** The line of a percentile, in milliseconds. */
export function percentile(events, share) {
  const took = events.map(({ began, ended }) => ended - began).sort((one, other) => one - other);
  return took.length ? took[Math.min(took.length - 1, Math.floor(took.length * share))] : 0;
}

/**
 * What the audit says of every change that people sent since `before` (see `ledger.before`): what reached the API and is
 * not written down, and what was answered and is not written down as done.
 */
export class Ledger {
  static async before(many, people) {
    const ledger = new Ledger();
    Object.assign(ledger, { many, people, names: people.next, counted: await people.counted() });
    return ledger;
  }

  /** `{ lost, missing, open, unknown, changes, refreshes, again }` since then. */
  async now() {
    const { many, people } = this;
    const names = [...people.names].filter(([name]) => Number(name.slice(5)) > this.names);
    let outcomes;
    // The end of a change is written down after its answer, where the database was away.
    await within(15, async () => {
      outcomes = await many.changes();
      return names.every(([name, state]) => state !== "done" || outcomes.get(name) === "done");
    });
    const counted = await people.counted();
    const lost = names.filter(([name, state]) => state === "done" && outcomes.get(name) !== "done").map(([name]) => `${name} (${outcomes.get(name) ?? "no row"})`);
    const refreshes = counted.refreshes.map((now, at) => now - this.counted.refreshes[at]);
    return {
      lost,
      missing: names.filter(([name]) => counted.names.has(name) && !outcomes.has(name)).length,
      open: names.filter(([name]) => outcomes.get(name) === "started").length,
      unknown: names.filter(([name]) => outcomes.get(name) === "unknown").length,
      changes: names.length,
      refreshes: refreshes.reduce((all, one) => all + one, 0),
      again: refreshes.reduce((all, one, at) => all + Math.max(0, one - people.of(people.worlds[at])), 0),
    };
  }
}

/** What is lost, in words, and what of it must not be. */
export function losses({ lost, missing, open, unknown }) {
  const bad = [];
  if (lost.length) bad.push(`${count(lost.length, "change")} that ${lost.length === 1 ? "was" : "were"} answered stand otherwise in the audit: ${lost.slice(0, 5).join(", ")}`);
  if (missing) bad.push(`${count(missing, "change")} reached the API and stand nowhere in the audit`);
  const words = [lost.length + missing ? count(lost.length + missing, "record") : "nothing"];
  if (unknown + open) words.push(`${count(unknown + open, "change")} of unknown outcome, which the audit says`);
  return { words: words.join("; "), bad };
}

/** What of it must not be where nobody who renews tokens breaks off: a grant is refreshed once. */
export function repeats({ again }) {
  return again ? [`${count(again, "refresh", "refreshes")} of grants that had been refreshed`] : [];
}
