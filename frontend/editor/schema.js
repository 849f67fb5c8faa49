// The tables beside the SQL editor, as app/src/pages/sql/schema.rs draws them for readers without scripts: here names are
// buttons, and columns are drawn once their table is opened.
import { known } from "./columns.js";

/** PostgreSQL's own words, which are names only in quotes. */
const RESERVED = new Set(("all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate "
  + "collation column concurrently constraint create cross current_catalog current_date current_role current_schema current_time "
  + "current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from full "
  + "grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit localtime "
  + "localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references returning right "
  + "select session_user similar some symmetric system_user table tablesample then to trailing true union unique user using "
  + "variadic verbose when where window with").split(" "));

/** A name as a statement has it. */
export const quoted = (name) => (/^[a-z_][a-z0-9_]*$/.test(name) && !RESERVED.has(name) ? name : `"${name.replaceAll('"', '""')}"`);

const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

/** Puts `text` into the statement; see side.js. */
function name(shown, text) {
  const button = make("button", { type: "button", title: `Put ${text} into the statement` }, make("code", { textContent: shown }));
  button.dataset.insert = text;
  return button;
}

/** The tables that the server has drawn. */
export const read = (list) =>
  Object.fromEntries([...list.querySelectorAll("[data-table]")].map((table) => [
    table.dataset.table, [...table.querySelectorAll("li > code")].map((column) => column.textContent),
  ]));

const split = (full) => [full.slice(0, full.indexOf(".")), full.slice(full.indexOf(".") + 1)];

/** `pages`: where a table has its page. */
function table(pages, full, columns) {
  const [schema, short] = split(full);
  const list = make("ul", {});
  const address = `${pages}?${new URLSearchParams({ schema, name: short })}`;
  const count = make("small", { textContent: columns.length });
  const details = make("details", {}, make("summary", {}, make("code", { textContent: short }), " ", count), list,
    make("a", { className: "link", href: address, textContent: "Definition" }));
  details.addEventListener("toggle", () => {
    if (!list.firstChild) list.append(...columns.map((column) => make("li", {}, name(column, quoted(column)))));
  });
  const put = name("+", `${schema === "public" ? "" : `${quoted(schema)}.`}${quoted(short)}`);
  put.ariaLabel = `Put ${full} into the statement`;
  const item = make("li", {}, details, put);
  item.dataset.table = full;
  item.dataset.finds = [full, ...columns].join("\n").toLowerCase();
  return item;
}

/** Draws what is known of the project into `list`. */
export function draw(list, { project, tables: pages }) {
  const { at, found } = known(project);
  const schemas = new Map();
  for (const full of Object.keys(found).sort()) {
    const [schema] = split(full);
    schemas.set(schema, [...(schemas.get(schema) ?? []), full]);
  }
  const names = [...schemas.keys()].sort((one, other) => (other === "public") - (one === "public") || (one < other ? -1 : 1));
  const parts = names.map((schema) => {
    const tables = schemas.get(schema).map((full) => table(pages, full, found[full]));
    const head = make("summary", {}, make("h2", {}, make("bdi", { textContent: schema })), " ", make("small", {}));
    return make("details", { className: "sql-schema", open: schema === "public" || names.length === 1 }, head, make("ul", {}, ...tables));
  });
  const clock = new Date(at).toLocaleTimeString(undefined, { timeStyle: "short" });
  const again = make("button", { type: "button", className: "button-link link", textContent: "Read them again" });
  again.dataset.again = "";
  const none = make("p", { className: "hint", role: "status" });
  list.replaceChildren(...parts, none, make("footer", {}, make("p", { className: "hint" }, `Read at ${clock}. `, again)));
}

/** Leaves those whose name, or that of one of whose columns, holds `find`. */
export function filter(list, find) {
  const wanted = find.trim().toLowerCase();
  let all = 0;
  for (const schema of list.querySelectorAll(".sql-schema")) {
    let fit = 0;
    for (const item of schema.querySelectorAll("[data-table]")) {
      item.hidden = !item.dataset.finds.includes(wanted);
      // A column is found where it stands.
      const details = item.firstChild;
      if (wanted && !item.hidden) details.open = !item.dataset.table.toLowerCase().includes(wanted);
      fit += item.hidden ? 0 : 1;
    }
    schema.hidden = fit === 0;
    schema.querySelector("small").textContent = fit;
    if (wanted) schema.open = true;
    all += fit;
  }
  const said = wanted ? `Nothing here holds “${find.trim()}”.` : "The database has no table and no view yet.";
  list.querySelector("[role=status]").textContent = all ? "" : said;
}
