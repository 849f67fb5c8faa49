// What was typed comes back with the page: a browser by itself brings back only what was there when the page was read.
// Secrets are not kept.
const key = () => `settings:${location.pathname}`;

/** Keeps what `controls` hold, until the tab is closed. */
export function keep(controls) {
  const kept = controls.filter((control) => control.type !== "password").map((control) => [control.name, control.value, held(control)]);
  if (kept.length) sessionStorage.setItem(key(), JSON.stringify(kept));
  else sessionStorage.removeItem(key());
}

/** Puts into `form` what was kept, where somebody comes back to it; `wanted` is called before there is something to put in. */
export function restore(form, wanted) {
  const kept = JSON.parse(sessionStorage.getItem(key()) ?? "[]");
  sessionStorage.removeItem(key());
  const { type } = performance.getEntriesByType("navigation")[0] ?? {};
  if (!kept.length || !["back_forward", "reload"].includes(type)) return;
  wanted();
  for (const [name, value, now] of kept) {
    const all = [...form.elements].filter((control) => control.name === name && control.type !== "hidden");
    const control = all.length > 1 ? all.find((one) => one.value === value) : all[0];
    if (control) put(control, now);
  }
}

export const isTick = ({ type }) => type === "checkbox" || type === "radio";

function held(control) {
  if (isTick(control)) return control.checked;
  if (control.localName === "select") return [...control.selectedOptions].map(({ value }) => value);
  return control.value;
}

function put(control, now) {
  if (isTick(control)) control.checked = now;
  else if (control.localName === "select") for (const option of control.options) option.selected = now.includes(option.value);
  else control.value = now;
}
