// Lists of address ranges in the browser: what comes and goes, what is none, what another line holds, and whether whoever
// looks is let in, while it is typed. The server says the same of what is sent; see app/src/components/settings/ranges.rs.

/** Bits of an address, by the colon that only one family has. */
const bits = (text) => (text.includes(":") ? 128 : 32);

/** An address as a number; undefined for what is none. */
function number(text) {
  if (!text.includes(":")) {
    const parts = text.split(".");
    const fits = parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && part < 256);
    return fits ? parts.reduce((all, part) => all * 256n + BigInt(part), 0n) : undefined;
  }
  try {
    // As the browser writes it: without an IPv4 end.
    const [head, tail] = new URL(`http://[${text}]`).hostname.slice(1, -1).split("::");
    const [first, last] = [head, tail].map((half) => (half ? half.split(":") : []));
    const zeros = Array(8 - first.length - last.length).fill("0");
    return [...first, ...zeros, ...last].reduce((all, part) => all * 65536n + BigInt(`0x${part}`), 0n);
  } catch {
    return undefined;
  }
}

/** A range: where it begins, how long its prefix is, and whether the address is its first. */
function read(text) {
  const [address, length, ...more] = text.trim().split("/");
  const [value, all] = [number(address), bits(address)];
  const fits = value !== undefined && !more.length && (length === undefined || (/^\d{1,3}$/.test(length) && length <= all));
  if (!fits) return undefined;
  const prefix = Number(length ?? all);
  const shift = BigInt(all - prefix);
  const first = (value >> shift) << shift;
  return { all, prefix, first, exact: first === value };
}

const covers = (one, other) =>
  one.all === other.all && one.prefix <= other.prefix && other.first >> BigInt(one.all - one.prefix) === one.first >> BigInt(one.all - one.prefix);

/** Puts a range into the first free line of its list; false where there is none. */
export function fill(form, range) {
  const list = form.querySelector(`.ranges[data-family="IPv${bits(range) === 32 ? 4 : 6}"]`);
  const inputs = [...(list?.querySelectorAll("input:enabled") ?? [])];
  const free = inputs.find((input) => input.value === range) ?? inputs.find((input) => !input.value);
  if (!free) return false;
  free.value = range;
  free.focus();
  return true;
}

/** Marks every line of the form, and says whether whoever looks would be locked out. */
export function watch(form) {
  const lists = [...form.querySelectorAll(".ranges")];
  const held = lists.flatMap((list) => {
    const lines = [...list.querySelectorAll(".range:has(input)")];
    const ranges = lines.map((line) => read(line.querySelector("input").value));
    lines.forEach((line, at) => {
      const wrong = ranges[at]?.all === (list.dataset.family === "IPv4" ? 32 : 128) && ranges[at].exact ? "" : `Is no ${list.dataset.family} range as one is written.`;
      const by = ranges.findIndex((other, index) => other && ranges[at] && index !== at && covers(other, ranges[at]) && (!covers(ranges[at], other) || index < at));
      mark(line, wrong, by < 0 ? "" : `${lines[by].querySelector("input").value.trim()} holds it already.`);
    });
    return ranges.filter(Boolean);
  });
  const box = form.querySelector(".lockout");
  const mine = box && read(box.dataset.address);
  if (box) box.hidden = held.some((range) => covers(range, mine));
}

/** What the server said of a line holds while it is as it was drawn. */
function mark(line, wrong, note) {
  const input = line.querySelector("input");
  const was = (line.drawn ??= { way: line.dataset.way ?? "", error: line.hasAttribute("data-error"), note: line.querySelector(".range-note")?.textContent ?? "" });
  const [typed, drawn] = [input.value.trim(), input.value === input.defaultValue];
  const way = drawn ? was.way : typed ? "new" : input.defaultValue ? "goes" : "";
  const error = drawn ? was.error : !!typed && !!wrong;
  if (way) line.dataset.way = way;
  else delete line.dataset.way;
  line.toggleAttribute("data-error", error);
  input.ariaInvalid = error ? "true" : null;
  const size = line.querySelector(".range-size");
  if (size) size.hidden = !drawn;
  say(line, "range-mark", { new: "New", goes: "Goes", "": "" }[way]);
  say(line, "range-note", (drawn && was.note) || (typed && !drawn && wrong) || (typed && note));
}

function say(line, name, text) {
  let place = line.querySelector(`.${name}`);
  if (!place && !text) return;
  place ??= line.appendChild(Object.assign(document.createElement(name === "range-note" ? "p" : "span"), { className: name }));
  place.textContent = text || "";
}
