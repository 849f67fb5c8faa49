// The editor itself, loaded once a text is to be seen. It lies in a shadow root, so that its styles come as adopted style
// sheets, which the content security policy allows.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState } from "@codemirror/state";
import {
  drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

const ink = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier, tags.bool, tags.null], color: "var(--code-key)" },
  { tag: [tags.string, tags.regexp, tags.special(tags.string)], color: "var(--code-text)" },
  { tag: tags.number, color: "var(--code-number)" },
  { tag: [tags.comment, tags.meta], color: "var(--code-note)" },
  { tag: [tags.typeName, tags.className, tags.propertyName], color: "var(--code-name, inherit)" },
]);

const look = EditorView.theme({
  "&": { color: "var(--text)", backgroundColor: "var(--surface)", fontSize: "13px" },
  "&.cm-focused": { outline: "2px solid var(--focus, currentColor)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "20px", maxHeight: "70vh" },
  ".cm-content": { minHeight: "160px", caretColor: "var(--text)" },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--muted)", border: "0" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in oklab, var(--accent-soft) 55%, transparent)" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in oklab, var(--accent-solid) 26%, transparent)",
  },
  ".cm-tooltip": { backgroundColor: "var(--surface)", color: "var(--text)", border: "1px solid var(--line)", borderRadius: "6px" },
  ".cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "240px" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent-soft)", color: "var(--text)" },
  ".cm-completionMatchedText": { color: "var(--accent)", textDecoration: "none" },
  ".cm-panels": { backgroundColor: "var(--sunken)", color: "var(--text)" },
});

/** Each language is loaded by the pages that have a text of it. */
const language = async (path, schema) => {
  if (/\.sql$/.test(path)) {
    const { PostgreSQL, sql } = await import("@codemirror/lang-sql");
    // Tables of the schema that needs no name are proposed without it as well.
    return [sql({ dialect: PostgreSQL, schema, defaultSchema: "public" }), autocompletion({ icons: false })];
  }
  if (/\.jsonc?$/.test(path)) return (await import("@codemirror/lang-json")).json();
  if (/\.[cm]?[jt]sx?$/.test(path)) {
    const { javascript } = await import("@codemirror/lang-javascript");
    return javascript({ typescript: /\.[cm]?tsx?$/.test(path), jsx: /x$/.test(path) });
  }
  return [];
};

/** An editor over `text`; `changed` is told of every change. `label` names it for screen readers. */
export function editor({ root, text, path, label, readonly, changed }) {
  const grammar = new Compartment();
  // Where a text is run, the keys that run it are the page's.
  const keys = /\.sql$/.test(path) ? defaultKeymap.filter(({ key }) => key !== "Mod-Enter") : defaultKeymap;
  const extensions = [
    lineNumbers(), highlightActiveLineGutter(), highlightSpecialChars(), history(), drawSelection(), indentOnInput(),
    bracketMatching(), closeBrackets(), highlightActiveLine(), highlightSelectionMatches(), search({ top: true }),
    // Tab indents; Escape and then Tab leaves, as CodeMirror has it.
    keymap.of([...completionKeymap, ...closeBracketsKeymap, ...keys, ...searchKeymap, ...historyKeymap, indentWithTab]),
    syntaxHighlighting(ink), look, EditorState.tabSize.of(2), EditorState.readOnly.of(readonly), grammar.of([]),
    EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", autocapitalize: "off" }),
    EditorView.updateListener.of((update) => update.docChanged && changed(update.state.doc.toString())),
  ];
  const begin = (doc) => EditorState.create({ doc, extensions });
  const view = new EditorView({ root, parent: root, state: begin(text) });
  let spoken = [];
  const speak = (schema) => language(path, schema).then(
    (found) => {
      spoken = found;
      view.dispatch({ effects: grammar.reconfigure(found) });
    },
    () => {
      // Without its grammar a text is without colours.
    },
  );
  speak();
  // What scrolls is reached by the keyboard.
  view.scrollDOM.tabIndex = 0;
  return {
    goTo(line) {
      const at = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines)).from;
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
      view.focus();
    },
    get selection() {
      const { from, to } = view.state.selection.main;
      return view.state.sliceDoc(from, to);
    },
    /** Tables and their columns are proposed from now on. */
    propose: speak,
    /** Another text with a past of its own, so that undoing does not lead from one into the other. */
    swap(text, state) {
      const before = view.state;
      view.setState(state ?? begin(text));
      view.dispatch({ effects: grammar.reconfigure(spoken) });
      return before;
    },
    focus: () => view.focus(),
    insert(text) {
      view.dispatch(view.state.replaceSelection(text), { scrollIntoView: true });
      view.focus();
    },
    set(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
  };
}
