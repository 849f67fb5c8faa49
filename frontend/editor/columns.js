// The columns of a project's tables, by the names of these. They are kept for minutes: Supabase answers few such questions.
const KEPT = 5 * 60 * 1000;

/** How often something has changed them: a reading that was under way then is old. */
let changes = 0;

const key = (project) => `columns of ${project}`;

/** What is kept of them, and when it was read; `undefined` for nothing. */
export function known(project) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key(project)));
    return kept && Date.now() - kept.at < KEPT ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** They were just read. */
export function keep(project, found) {
  const kept = { at: Date.now(), found };
  try {
    sessionStorage.setItem(key(project), JSON.stringify(kept));
  } catch {
    // A browser that keeps no more reads them again.
  }
  return kept;
}

/** Something has changed them. */
export function forget(project) {
  changes += 1;
  try {
    sessionStorage.removeItem(key(project));
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

/** `null` where they cannot be told. */
export async function columns(project) {
  const kept = known(project);
  if (kept) return kept.found;
  const before = changes;
  try {
    const answer = await fetch("/api/columns", {
      method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ project }),
    });
    if (!answer.ok) return null;
    const found = await answer.json();
    if (before === changes) keep(project, found);
    return found;
  } catch {
    return null;
  }
}
