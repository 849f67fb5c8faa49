// Starts the WASM (`wasm`, fetched already) and wakes the islands, outermost first; `islands` are the module's exports.
// An island's children wait in <leptos-children> and learn from it that they may wake.
const waiting = [];
async function wake(node) {
  if (node.localName === "leptos-island") {
    waiting.at(-1)?.();
    await islands[node.dataset.component](node);
  }
  const children = node.localName === "leptos-children";
  if (children) waiting.push(node.$$on_hydrate);
  for (const child of [...node.children]) await wake(child);
  if (children) waiting.pop();
}
await start({ module_or_path: wasm });
islands.hydrate();
document.addEventListener("steward:awake", (event) => wake(event.target));
await wake(document.body);
document.documentElement.dataset.hydrated = "";
