// Secrets that are shown for half a minute; see app/src/components/reveal.rs. The form is sent from here and its box exchanged
// for that of the page that answers, and back when the time is over or somebody leaves. Without this file the answer is a
// page of its own, which the style hides the secret in and which then loads itself anew.

/** Milliseconds. */
const SHOWN = 30_000;
const TOLD = 2_000;

/** The boxes that show something: what stood in them before, and the clock that brings it back. */
const open = new Map();

/** Takes the secret out of the page. */
function hide(box) {
  const { before, clock } = open.get(box);
  const focused = box.contains(document.activeElement);
  open.delete(box);
  clearTimeout(clock);
  box.replaceChildren(...before);
  if (focused) box.querySelector("button")?.focus();
}

const hideAll = () => [...open.keys()].forEach(hide);

function show(box, fresh) {
  const before = [...box.childNodes];
  const content = [...fresh.childNodes].filter((node) => node.localName !== "noscript");
  const shown = fresh.querySelector(".reveal-value") !== null;
  box.replaceChildren(...content);
  if (shown) open.set(box, { before, clock: setTimeout(hide, SHOWN, box) });
  box.querySelector("button")?.focus();
  // Times are told in the reader's own zone.
  box.dispatchEvent(new Event("steward:awake", { bubbles: true }));
}

async function ask(form) {
  const box = form.closest(".reveal");
  const body = new URLSearchParams(new FormData(form));
  const answer = await fetch(form.action, { method: "POST", headers: { accept: "text/html" }, body });
  if (answer.redirected) return location.assign(answer.url);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(box.id);
  // What it was about is gone.
  if (!fresh) return location.reload();
  hideAll();
  show(box, fresh);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-reveal]")) return;
  event.preventDefault();
  const button = form.querySelector("button");
  if (button.ariaBusy === "true") return;
  button.ariaBusy = "true";
  // The browser itself says that there is no connection.
  ask(form).catch(() => form.submit()).finally(() => (button.ariaBusy = null));
});

async function copy(button) {
  const [code, said] = [button.closest(".reveal-value").querySelector("code"), button.nextElementSibling];
  try {
    await navigator.clipboard.writeText(code.textContent);
    said.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(code);
    said.textContent = "Not allowed: select it";
  }
  setTimeout(() => (said.textContent = ""), TOLD);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".reveal [data-copy]");
  if (button) copy(button);
  const box = event.target.closest?.(".reveal-told a")?.closest(".reveal");
  if (box && open.has(box)) {
    event.preventDefault();
    hide(box);
  }
});

// A page that the browser keeps for the way back holds none.
addEventListener("pagehide", hideAll);

// A page that came as the answer to the form: it is left behind by what it would be without.
for (const link of document.querySelectorAll(".reveal-told a")) {
  const value = link.closest(".reveal").querySelector("code");
  const leave = () => location.replace(link.href);
  const clock = setTimeout(leave, SHOWN);
  addEventListener("pagehide", () => value.remove());
  link.addEventListener("click", (event) => {
    event.preventDefault();
    clearTimeout(clock);
    leave();
  });
}
