// The SQL page: statements stand in tabs, what is listed beside them is taken in place, what is selected is run alone, an error
// leads to its line, a text is set anew in its place, and a name is saved by its key. Without it all of the one text is run.
import "./code_editor.js";
import "./grid.js";
import { forget } from "./columns.js";
import { Side } from "./side.js";
import { Tabs } from "./tabs.js";

const form = () => document.getElementById("sql");
const editor = () => form()?.querySelector("code-editor");

// Where no editor came, there is nothing to have tabs of.
const place = document.querySelector(".sql-tabs");
const tabs = place && form() ? new Tabs(place, form()) : undefined;
const side = document.querySelector(".sql-side");
if (side && tabs) new Side(side, { take: (statement) => tabs.take(statement), insert: (text) => editor().insert(text) });

// A statement that is deleted is text like any other.
addEventListener("submit", ({ target, submitter }) => {
  if (target === form() && submitter?.value === "delete") tabs?.forget();
});

/** What is selected in the editor, or in its textarea where the editor did not come. */
function selected() {
  const area = form().querySelector("textarea");
  return editor()?.selection || area.value.slice(area.selectionStart, area.selectionEnd);
}

/** Whether what is sent writes. */
let writes = false;

// Before the form's fields are read, whoever sends it.
addEventListener("submit", ({ target }) => {
  if (target !== form()) return;
  const text = selected();
  target.elements._selection.value = text === target.querySelector("textarea").value ? "" : text;
  // The answer has the list beside the editor as it is shown.
  const action = new URL(target.action);
  action.search = new URLSearchParams({ side: side.dataset.side, find: new URL(location).searchParams.get("find") ?? "" });
  target.action = action;
  // What writes may change the tables, at some moment until its answer.
  writes = document.querySelector(`input[name=_mode][value=write][form=${target.id}]`)?.checked;
  if (writes) forget(side.dataset.project);
}, true);

addEventListener("steward:awake", ({ target }) => {
  if (!writes || !target.closest("#answer")) return;
  writes = false;
  forget(side.dataset.project);
});

// The text that the server has set anew comes into the editor, or why it has not.
addEventListener("submit", async (event) => {
  const { target, submitter } = event;
  if (target !== form() || submitter?.value !== "format") return;
  event.preventDefault();
  const answer = await fetch(target.action, {
    method: "POST", body: new FormData(target, submitter), headers: { "steward-regions": "editor" },
  }).catch(() => undefined);
  const page = new DOMParser().parseFromString((await answer?.text()) ?? "", "text/html");
  const wrong = page.querySelector("#answer [data-field]");
  const text = page.querySelector("#sql textarea")?.value;
  const problem = target.querySelector(".form-problem");
  problem.replaceChildren(...(wrong?.children ?? []));
  if (text === undefined) problem.textContent = "Steward gave no answer, and the text stays as it is. Try again.";
  else if (!wrong) {
    editor().value = text;
    tabs?.keep();
  }
});

addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-line]");
  if (!link || !editor()) return;
  event.preventDefault();
  editor().goTo(Number(link.dataset.line));
});

// Where a name is typed, the key that sends a form saves under it: else it would be the form's first button, which explains.
addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.name !== "_name") return;
  event.preventDefault();
  event.target.closest(".sql-keep").querySelector("[formaction]").click();
});
