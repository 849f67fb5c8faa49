// Starts the WASM (`wasm`, compiled while the page came) and wakes the islands, outermost first; `islands` are the module's
// exports. An island's children wait in <leptos-children> and learn from it that they may wake.
// What fails is of this part, see faults.js.
const of = (part) => (error) => {
  throw Object.assign(error, { part });
};
async function wake(node) {
  const within = [...node.querySelectorAll("leptos-island")];
  for (const island of node.localName === "leptos-island" ? [node, ...within] : within) {
    const children = island.parentElement.closest("leptos-children");
    if (node.contains(children)) children.$$on_hydrate?.();
    const { component } = island.dataset;
    await (async () => islands[component](island))().catch(of(component.split("_")[0]));
  }
}
await start({ module_or_path: wasm }).catch(of("wasm"));
islands.hydrate();
document.addEventListener("steward:awake", (event) => wake(event.target));
await wake(document.body);
document.documentElement.dataset.hydrated = "";
