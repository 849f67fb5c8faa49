// The SQL page: what is selected is run alone, an error leads to its line, and a name is saved by its key. Without it all of the text is run.
import "./code_editor.js";
import "./grid.js";

const form = () => document.getElementById("sql");
const editor = () => form()?.querySelector("code-editor");

/** What is selected in the editor, or in its textarea where the editor did not come. */
function selected() {
  const area = form().querySelector("textarea");
  return editor()?.selection || area.value.slice(area.selectionStart, area.selectionEnd);
}

// Before the form's fields are read, whoever sends it.
addEventListener("submit", ({ target }) => {
  if (target !== form()) return;
  const text = selected();
  target.elements._selection.value = text === target.querySelector("textarea").value ? "" : text;
}, true);

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
