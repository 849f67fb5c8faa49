// The values of a result's rows as the server writes them: null as 0, all else as a text behind a mark of its kind; see
// app/src/sql/window.rs. How they are shown, copied and put in order.
const KINDS = { n: ["kind", "number"], b: ["is", "word"], j: ["is", "json"] };

/** Lets what waits, such as the next frame, come first. */
export const pause = () => new Promise((next) => setTimeout(next));

/** What a cell shows, and how: null and the empty text are told apart in words. */
export function shown(value) {
  if (value === 0) return ["null", "is", "null"];
  const text = value.slice(1);
  if (!text) return ["empty text", "is", "empty"];
  const line = text.length > 200 || text.includes("\n") ? `${text.slice(0, 200).split("\n", 1)[0]}\u2026` : text;
  return [line, ...(KINDS[value[0].toLowerCase()] ?? [])];
}

/** As it is, without its mark; null is nothing. */
export const plain = (value) => (value === 0 ? "" : value.slice(1));
/** As spreadsheets take it: a text with a tab or a line break stands in quotes. */
export const tabbed = (value) => (/[\t\n"]/.test(plain(value)) ? `"${plain(value).replaceAll('"', '""')}"` : plain(value));

/** All of it, as people read it, and whether the server has cut it. */
export function whole(value) {
  if (value === 0) return { text: "null", cut: false };
  const text = plain(value);
  // Numbers beyond what JavaScript counts with would be changed by that: such a value stays on its line.
  const spread = value[0] === "j" && !/\d{16}/.test(text);
  return { text: spread ? JSON.stringify(JSON.parse(text), null, 2) : text, cut: /[A-Z]/.test(value[0]) };
}

/** A whole number to its last digit, for two that are the same as far as JavaScript counts. */
const long = (value) => (/^.-?\d+$/.test(value) ? BigInt(plain(value)) : 0n);

/** The places of the values that were given, in their order: up where `way` is 1, down where it is -1. */
export async function ordered(given, way) {
  const counted = given.every((one) => one === 0 || /^[nN]|^t-?\d+(\.\d+)?$/.test(one));
  await pause();
  const keys = given.map((one) => (one === 0 ? null : counted ? Number(plain(one)) : plain(one)));
  const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
  const order = Uint32Array.from(keys.keys());
  return order.sort((one, other) => {
    if (keys[one] === null || keys[other] === null) return (keys[one] === null) - (keys[other] === null) || one - other;
    return way * (compare(keys[one], keys[other]) || (counted ? compare(long(given[one]), long(given[other])) : 0)) || one - other;
  });
}
