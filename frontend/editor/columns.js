// The columns of a project's tables, by the names of these. They are kept for minutes: Supabase answers few such questions.
const KEPT = 5 * 60 * 1000;

/** `null` where they cannot be told. */
export async function columns(project) {
  const key = `columns of ${project}`;
  try {
    const kept = JSON.parse(sessionStorage.getItem(key));
    if (kept && Date.now() - kept.at < KEPT) return kept.found;
    const answer = await fetch("/api/columns", {
      method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ project }),
    });
    if (!answer.ok) return null;
    const found = await answer.json();
    sessionStorage.setItem(key, JSON.stringify({ at: Date.now(), found }));
    return found;
  } catch {
    return null;
  }
}
