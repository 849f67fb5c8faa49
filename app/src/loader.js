// Starts the WASM (`wasm`, fetched already) and wakes the islands, outermost first; `islands` are the module's exports.
// An island's children wait in <leptos-children> and learn from it that they may wake.
const waiting = [];
// What fails is of this part, see faults.js.
const of = (part) => (error) => {
  throw Object.assign(error, { part });
};
async function wake(node) {
  if (node.localName === "leptos-island") {
    waiting.at(-1)?.();
    const { component } = node.dataset;
    await (async () => islands[component](node))().catch(of(component.split("_")[0]));
  }
  const children = node.localName === "leptos-children";
  if (children) waiting.push(node.$$on_hydrate);
  for (const child of [...node.children]) await wake(child);
  if (children) waiting.pop();
}
await start({ module_or_path: wasm }).catch(of("wasm"));
islands.hydrate();
document.addEventListener("steward:awake", (event) => wake(event.target));
await wake(document.body);
document.documentElement.dataset.hydrated = "";
