//! What differs between a branch and production, and what a merge, a push or a reset carries over or loses.

use leptos::{prelude::*, server_fn::codec::Json};
use management_api::{
    Operation, Request,
    branches::{ActionRun, Branch, DiffBranch, MergeBranch, PushBranch, ResetBranch},
    database::{ListMigrations, MigrationRow},
    functions::{Function, ListFunctions},
};
use serde::{Deserialize, Serialize};

use super::{FEW, Part, all, find, runs};
use crate::{
    backend::{self, BackendHandle, name_of},
    branches::{Doing, Held, Pending, counted, held, missing, read, reset_question},
    call::call,
    error::ConsoleError,
    form::project_key,
    outcome::Question,
    sql::{self, Object},
};

/// An Edge Function on both sides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FunctionPair {
    pub slug: String,
    pub production: Option<Function>,
    pub branch: Option<Function>,
}

/// What is carried over from one side to the other.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Carried {
    /// Migrations that will be run; `None` where it is not known which these are.
    pub migrations: Option<Vec<Pending>>,
    /// How many things lose rows by it, or may do so.
    pub losing: usize,
    /// What must be said yes to first.
    pub question: Option<Question>,
    /// Whether the question tells how many rows some of it loses.
    pub counted: bool,
}

/// What differs between a branch and production.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Differences {
    pub branch: Branch,
    /// What differs in the schemas that were chosen, by object, and the SQL.
    pub shown: Part<(Vec<Object>, String)>,
    pub statements: Part<usize>,
    pub merge: Carried,
    pub push: Carried,
    /// What must be said yes to before the branch is reset.
    pub reset: Question,
    /// The tables of the branch that hold rows, which a reset loses.
    pub held: Part<Vec<Held>>,
    /// Production's migrations, up to one of which a reset can go.
    pub parents: Part<Vec<MigrationRow>>,
    /// Those that are not the same.
    pub functions: Part<Vec<FunctionPair>>,
    pub runs: Part<Vec<ActionRun>>,
}

/// Eight calls side by side, since a merge carries all of it over: schema, migrations and functions of both sides, and a
/// reset loses what the branch's tables hold. One more
/// where schemas are chosen, because a merge asks by all of them. Then, where one side lacks migrations, a call for each, since
/// what they do to rows stands in their SQL only; and where rows are lost, one on that side that counts them.
#[server(prefix = "/api", endpoint = "branch-changes", input = Json, output = Json)]
pub async fn branch_changes(project: String, branch: String, schemas: String) -> Result<Differences, ConsoleError> {
    let diff = |included_schemas| DiffBranch {
        branch_id_or_ref: branch.clone(),
        included_schemas,
        pgdelta: None,
    };
    let chosen = async {
        match schemas.trim() {
            "" => None,
            schemas => Some(call(diff(Some(schemas.to_owned()))).await),
        }
    };
    let backend = backend::handle()?;
    let (branches, all_of_it, chosen, own, parents, here, there, runs, held) = futures::join!(
        call(all(&project)),
        call(diff(None)),
        chosen,
        call(ListMigrations {
            project: branch.clone()
        }),
        call(ListMigrations {
            project: project.clone()
        }),
        call(ListFunctions {
            project: branch.clone()
        }),
        call(ListFunctions {
            project: project.clone()
        }),
        call(runs(&branch, FEW)),
        held(&backend, &branch),
    );
    let branch = find(branches?, &branch)?;
    let objects = all_of_it.as_ref().map(|sql| sql::changes(sql)).unwrap_or_default();
    let statements = objects.iter().map(|object| object.statements.len()).sum();
    let statements = all_of_it.as_ref().map(|_| statements).map_err(Clone::clone);
    let sides = own.as_deref().ok().zip(parents.as_deref().ok());
    let (to_merge, to_push) = (
        sides.map(|(own, parents)| missing(own, parents, None)),
        sides.map(|(own, parents)| missing(parents, own, None)),
    );
    let merge = Carry {
        backend: &backend,
        diff: Some(all_of_it.as_deref()),
        from: &branch.project_ref,
        to: &project,
        on: "production",
        name: project_key(&name_of(&project), &project).1.to_owned(),
    };
    let push = Carry {
        backend: &backend,
        diff: None,
        from: &project,
        to: &branch.project_ref,
        on: "the branch",
        name: project_key(&branch.name, &branch.project_ref).1.to_owned(),
    };
    let (branch_id_or_ref, migration_version) = (branch.project_ref.clone(), None);
    let reset = Request::of(&ResetBranch {
        branch_id_or_ref: branch_id_or_ref.clone(),
        migration_version: migration_version.clone(),
    })?;
    let reset = reset_question(&reset.path, &push.name, held.as_deref().ok());
    let (merge, push) = futures::try_join!(
        merge.read(
            MergeBranch {
                branch_id_or_ref: branch_id_or_ref.clone(),
                migration_version: migration_version.clone(),
            },
            to_merge,
        ),
        push.read(
            PushBranch {
                branch_id_or_ref,
                migration_version,
            },
            to_push,
        ),
    )?;
    let shown = match chosen {
        Some(chosen) => chosen.map(|sql| (sql::changes(&sql), sql)),
        None => all_of_it.map(|sql| (objects, sql)),
    };
    let functions = match (here, there) {
        (Ok(here), Ok(there)) => Ok(differing(here, there)),
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    Ok(Differences {
        branch,
        shown,
        statements,
        merge,
        push,
        reset,
        held,
        parents,
        functions,
        runs,
    })
}

/// One way between a branch and production.
struct Carry<'a> {
    backend: &'a BackendHandle,
    /// What differs in the end, where that is carried over, too.
    diff: Option<Result<&'a str, &'a ConsoleError>>,
    from: &'a str,
    to: &'a str,
    /// What people call the side that is changed.
    on: &'a str,
    /// What is typed where it loses rows.
    name: String,
}

impl Carry<'_> {
    /// What `operation` would do, `missing` being the migrations that it runs.
    async fn read<O: Operation>(
        &self,
        operation: O,
        missing: Option<Vec<&MigrationRow>>,
    ) -> Result<Carried, ConsoleError> {
        let path = Request::of(&operation)?.path;
        let migrations = match missing {
            Some(missing) => Some(read(self.backend, self.from, &missing).await),
            None => None,
        };
        let mut doing = Doing::default();
        if let Some(diff) = self.diff {
            doing.add_diff(diff).await;
        }
        doing.add_pending(migrations.as_deref()).await;
        let losing = doing.losing();
        let counts = counted(self.backend, self.to, &losing).await;
        Ok(Carried {
            losing: losing.len(),
            counted: counts.iter().any(Option::is_some),
            question: doing.question((O::ID, &path), self.on, &self.name, &counts),
            migrations,
        })
    }
}

/// Functions that are not the same on both sides: by their digest, and where one has none by its version.
fn differing(here: Vec<Function>, there: Vec<Function>) -> Vec<FunctionPair> {
    let mut pairs: Vec<FunctionPair> = there
        .into_iter()
        .map(|one| FunctionPair {
            slug: one.slug.clone(),
            production: Some(one),
            branch: None,
        })
        .collect();
    for one in here {
        match pairs.iter_mut().find(|pair| pair.slug == one.slug) {
            Some(pair) => pair.branch = Some(one),
            None => pairs.push(FunctionPair {
                slug: one.slug.clone(),
                production: None,
                branch: Some(one),
            }),
        }
    }
    pairs.retain(|pair| !pair.is_same());
    pairs.sort_by(|a, b| a.slug.cmp(&b.slug));
    pairs
}

impl FunctionPair {
    fn is_same(&self) -> bool {
        let (Some(one), Some(other)) = (&self.production, &self.branch) else {
            return false;
        };
        let source = match (&one.ezbr_sha256, &other.ezbr_sha256) {
            (Some(one), Some(other)) => one == other,
            (None, _) | (_, None) => one.version == other.version,
        };
        source && one.verify_jwt == other.verify_jwt && one.name == other.name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(slug: &str, version: i64, digest: Option<&str>, verify: bool) -> Function {
        serde_json::from_value(serde_json::json!({
            "id": slug, "slug": slug, "name": slug, "status": "ACTIVE", "version": version, "verify_jwt": verify,
            "ezbr_sha256": digest,
        }))
        .unwrap()
    }

    #[test]
    fn functions_differ_by_what_they_are() {
        let there = vec![
            function("same", 4, Some("a"), true),
            function("digest", 4, Some("a"), true),
            function("open", 4, Some("a"), true),
            function("only-there", 1, None, true),
            function("without", 2, None, true),
        ];
        let here = vec![
            function("same", 1, Some("a"), true),
            function("digest", 4, Some("b"), true),
            function("open", 4, Some("a"), false),
            function("only-here", 1, None, true),
            function("without", 2, Some("a"), true),
        ];
        let slugs: Vec<String> = differing(here, there).into_iter().map(|pair| pair.slug).collect();
        assert_eq!(slugs, ["digest", "only-here", "only-there", "open"]);
    }
}
