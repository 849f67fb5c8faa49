//! Functions of one project in others, too: where each is new, goes over another version, or is the same already. Their files
//! are read from the one project and deployed to the others under the names that they have.

use futures::future::join_all;
use management_api::{
    OperationId, Scope,
    functions::{DeployFunction, DeployMetadata, Function, GetFunction, GetFunctionBody, ListFunctions},
};

use super::{
    FilesFrom, Plan, PlanRow, Step,
    functions::{checked, counted, slugs},
    secrets::Drawn,
    secrets_across::{TO, targets},
};
use crate::{
    backend::{BackendHandle, narrow},
    error::ConsoleError,
    form::Sent,
    functions::source::{is_code, named, relative},
    paths,
    reads::functions::limits,
    server_fns::functions::Limits,
    ui::{Mark, chart::grouped},
};

/// The field that says whose JWT check counts: that of here, or ([`THERE`]) that of where the function is already.
pub const JWT: &str = "jwt";
pub const THERE: &str = "there";
/// Functions of one plan, at most: the files of each are read.
const FUNCTIONS: usize = 20;
const MEGABYTE: f64 = 1024.0 * 1024.0;

/// A function that is to be deployed elsewhere.
struct Source {
    function: Function,
    /// What it is deployed with; or why it cannot be.
    files: Result<Files, String>,
}

struct Files {
    bytes: usize,
    metadata: DeployMetadata,
}

/// A project that it goes to.
struct Target {
    reference: String,
    name: String,
    /// What runs there; or why nothing can be deployed.
    running: Result<Vec<Function>, String>,
    limits: Limits,
}

pub(super) fn draw_up(sent: Sent, backend: BackendHandle) -> Drawn {
    Box::pin(async move {
        let project = sent.text("ref").unwrap_or_default().to_owned();
        let slugs = slugs(&sent)?;
        if slugs.len() > FUNCTIONS {
            let message = format!("These are {} functions; one plan holds {FUNCTIONS}.", slugs.len());
            return Err(ConsoleError::invalid(super::functions::SLUG, message));
        }
        let to = targets(&sent)?;
        if to.contains(&project) {
            return Err(ConsoleError::invalid(
                TO,
                "One of these projects is the one that it is in.",
            ));
        }
        let sources = async {
            // One after the other: each is as large as a bundle.
            let mut sources = Vec::new();
            for slug in slugs {
                sources.push(source(&backend, &project, slug).await?);
            }
            Ok::<_, ConsoleError>(sources)
        };
        let targets = join_all(to.into_iter().map(|reference| target(&backend, reference)));
        let (sources, targets) = futures::join!(sources, targets);
        let there = sent.text(JWT) == Some(THERE);
        Ok(plan(&project, &sources?, &targets, there))
    })
}

async fn source(backend: &BackendHandle, project: &str, slug: String) -> Result<Source, ConsoleError> {
    let get = GetFunction {
        project: project.to_owned(),
        function_slug: slug.clone(),
    };
    let body = GetFunctionBody {
        project: project.to_owned(),
        function_slug: slug,
    };
    let (function, body) = futures::join!(narrow(backend, &get), narrow(backend, &body));
    let (function, uploads) = (function?, body?.files());
    let files = match uploads {
        None => Err("Only its bundle is known, which was made elsewhere: deploy it from its files there.".to_owned()),
        Some(uploads) => {
            let names: Vec<&str> = uploads.iter().map(|file| file.name.as_str()).collect();
            // ok: it was put into base64 by ourselves.
            let size = |file: &management_api::Upload| file.content().unwrap_or_default().len();
            files(&function, &relative(&names), uploads.iter().map(size).sum())
        }
    };
    Ok(Source { function, files })
}

/// How a function is deployed again as it runs.
fn files(function: &Function, paths: &[String], bytes: usize) -> Result<Files, String> {
    let find = |address: &Option<String>| {
        let address = address.as_deref()?;
        named(address, paths.iter().map(String::as_str)).map(str::to_owned)
    };
    let missing = |what: &str| format!("Its {what} is not among the files that Supabase gives.");
    let entrypoint_path = find(&function.entrypoint_path).ok_or_else(|| missing("entrypoint"))?;
    let import_map_path = match function.import_map {
        Some(true) => Some(find(&function.import_map_path).ok_or_else(|| missing("import map"))?),
        Some(false) | None => None,
    };
    let statics: Vec<String> = paths.iter().filter(|path| !is_code(path)).cloned().collect();
    Ok(Files {
        bytes,
        metadata: DeployMetadata {
            entrypoint_path,
            import_map_path,
            static_patterns: (!statics.is_empty()).then_some(statics),
            verify_jwt: function.verify_jwt,
            name: Some(function.name.clone()),
        },
    })
}

async fn target(backend: &BackendHandle, reference: String) -> Target {
    let name = backend.name_of(&reference).unwrap_or_else(|| reference.clone());
    let limits = async {
        match backend.organization_of(&reference) {
            // ok: without them Supabase itself says that it is too much.
            Some(organization) => limits(backend, organization).await.unwrap_or_default(),
            None => Limits::default(),
        }
    };
    let running = async {
        if let Err(why) = backend.may(OperationId::DeployFunction, &Scope::Project(reference.clone())) {
            return Err(why.sentence());
        }
        let list = ListFunctions {
            project: reference.clone(),
        };
        let running = narrow(backend, &list).await;
        running.map_err(|error| format!("What runs there could not be read: {error}"))
    };
    let (running, limits) = futures::join!(running, limits);
    Target {
        reference,
        name,
        running,
        limits,
    }
}

fn plan(project: &str, sources: &[Source], targets: &[Target], jwt_there: bool) -> Plan {
    let (mut rows, mut steps): (Vec<PlanRow>, Vec<Step>) = (Vec::new(), Vec::new());
    let mut new = vec![0_usize; targets.len()];
    for source in sources {
        for (target, new) in targets.iter().zip(&mut new) {
            let (mark, remark, step) = becomes(project, source, target, *new, jwt_there);
            *new += usize::from(mark == Mark::Added);
            rows.push(PlanRow {
                mark,
                name: source.function.slug.clone(),
                place: Some(target.name.clone()),
                remark,
                step: step.as_ref().map(|_| steps.len()),
            });
            steps.extend(step);
        }
    }
    rows.sort_by_key(|row| match row.mark {
        Mark::Refused => 0,
        Mark::Changed | Mark::Removed | Mark::Moved => 1,
        Mark::Added => 2,
        Mark::Same => 3,
    });
    let act = match (sources, steps.len()) {
        ([one], 1) => format!("Deploy {} to 1 project", one.function.slug),
        ([one], count) => format!("Deploy {} to {count} projects", one.function.slug),
        (several, count) => format!("Deploy {}: {count} deployments", counted(several.len())),
    };
    let page = match sources {
        [one] => paths::function_everywhere(project, &one.function.slug),
        _ => paths::functions(project),
    };
    Plan::new(page, act, rows, steps)
}

/// What becomes of a function in a project that will have `new` others by then which it does not have yet.
fn becomes(
    project: &str,
    source: &Source,
    target: &Target,
    new: usize,
    jwt_there: bool,
) -> (Mark, String, Option<Step>) {
    let refused = |why: String| (Mark::Refused, why, None);
    let (files, running) = match (&source.files, &target.running) {
        (Err(why), _) | (_, Err(why)) => return refused(why.clone()),
        (Ok(files), Ok(running)) => (files, running),
    };
    let size = files.bytes as f64 / MEGABYTE;
    if let Some(most) = target.limits.megabytes.filter(|most| size > *most) {
        return refused(format!("Its files hold {size:.1} MB; the plan there allows {most} MB."));
    }
    let function = &source.function;
    let known = running.iter().find(|one| one.slug == function.slug);
    let check = match known {
        Some(known) if jwt_there => known.verify_jwt,
        Some(_) | None => function.verify_jwt,
    };
    let (mark, remark) = match known {
        None => {
            let count = (running.len() + new) as f64;
            if let Some(most) = target.limits.functions.filter(|most| count >= *most) {
                let most = grouped(most);
                return refused(format!(
                    "The project has {most} functions, and its plan allows no more."
                ));
            }
            (Mark::Added, "New there.".to_owned())
        }
        Some(known) => {
            let changes = check.filter(|check| known.verify_jwt != Some(*check));
            let changes = changes
                .map(|check| checked(known.verify_jwt, check))
                .unwrap_or_default();
            let same = known.ezbr_sha256.is_some() && known.ezbr_sha256 == function.ezbr_sha256;
            let remark = match (same, changes.as_str()) {
                (true, "") => {
                    return (
                        Mark::Same,
                        format!("Version {} is the same bundle already.", known.version),
                        None,
                    );
                }
                (true, changes) => format!("The same bundle. {changes}"),
                (false, changes) => format!("Version {} becomes {}. {changes}", known.version, known.version + 1),
            };
            (Mark::Changed, remark.trim_end().to_owned())
        }
    };
    let operation = DeployFunction {
        project: target.reference.clone(),
        slug: Some(function.slug.clone()),
        bundle_only: None,
        file: Vec::new(),
        metadata: DeployMetadata {
            verify_jwt: check,
            ..files.metadata.clone()
        },
    };
    let label = format!("Deploy {} to {}", function.slug, target.name);
    let parameters = serde_json::to_value(operation).unwrap_or_default();
    let mut step = Step::new(OperationId::DeployFunction, label, parameters);
    step.files = Some(FilesFrom {
        project: project.to_owned(),
        slug: function.slug.clone(),
        version: function.version,
        over: known.map(|known| known.version),
    });
    (mark, remark, Some(step))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn function(slug: &str, version: i64, digest: &str, verify_jwt: bool) -> Function {
        serde_json::from_value(json!({
            "id": format!("id-{slug}"), "slug": slug, "name": "Carry", "status": "ACTIVE", "version": version,
            "verify_jwt": verify_jwt, "import_map": true, "import_map_path": "file:///tmp/user_fn_a_b_3/source/deno.json",
            "entrypoint_path": "file:///tmp/user_fn_a_b_3/source/index.ts", "ezbr_sha256": digest,
        }))
        .unwrap()
    }

    fn paths(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn target(reference: &str, running: Vec<Function>, limits: Limits) -> Target {
        Target {
            reference: reference.to_owned(),
            name: reference.to_uppercase(),
            running: Ok(running),
            limits,
        }
    }

    #[test]
    fn a_function_is_deployed_as_it_runs_and_only_where_it_is_not_the_same() {
        let runs = function("carry", 3, "d", false);
        let files = files(
            &runs,
            &paths(&["deno.json", "index.ts", "assets/card.png"]),
            2 * 1024 * 1024,
        );
        let source = Source { function: runs, files };
        let none = Limits::default();
        let few = Limits {
            functions: Some(1.0),
            ..none
        };
        let small = Limits {
            megabytes: Some(1.0),
            ..none
        };
        let targets = [
            target("new", Vec::new(), none),
            target("same", vec![function("carry", 8, "d", false)], none),
            target("other", vec![function("carry", 8, "e", true)], none),
            target("full", vec![function("a", 1, "x", true)], few),
            target("small", Vec::new(), small),
        ];
        let plan = plan("here", &[source], &targets, false);
        let told: Vec<_> = plan
            .rows
            .iter()
            .map(|row| {
                (
                    row.place.as_deref().unwrap_or_default(),
                    row.mark,
                    row.remark.as_str(),
                    row.step,
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                (
                    "FULL",
                    Mark::Refused,
                    "The project has 1 functions, and its plan allows no more.",
                    None
                ),
                (
                    "SMALL",
                    Mark::Refused,
                    "Its files hold 2.0 MB; the plan there allows 1 MB.",
                    None
                ),
                (
                    "OTHER",
                    Mark::Changed,
                    "Version 8 becomes 9. JWT check: on becomes off.",
                    Some(1)
                ),
                ("NEW", Mark::Added, "New there.", Some(0)),
                ("SAME", Mark::Same, "Version 8 is the same bundle already.", None)
            ]
        );
        let parameters = plan.steps[1].parameters.as_ref().unwrap().expose();
        let expected = json!({
            "ref": "other", "slug": "carry",
            "metadata": {
                "entrypoint_path": "index.ts", "import_map_path": "deno.json", "static_patterns": ["assets/card.png"],
                "verify_jwt": false, "name": "Carry",
            },
        });
        assert_eq!(*parameters, expected);
        assert_eq!(plan.steps[1].files.as_ref().unwrap().over, Some(8));
        assert_eq!(plan.act, "Deploy carry to 2 projects");
    }

    #[test]
    fn the_check_of_where_it_goes_can_stay_and_what_has_no_files_is_refused() {
        let runs = function("carry", 3, "d", false);
        let files = files(&runs, &paths(&["deno.json", "index.ts"]), 10);
        let source = Source { function: runs, files };
        let targets = [target(
            "other",
            vec![function("carry", 8, "e", true)],
            Limits::default(),
        )];
        let plan = plan("here", &[source], &targets, true);
        let parameters = plan.steps[0].parameters.as_ref().unwrap().expose();
        assert_eq!(parameters["metadata"]["verify_jwt"], true);
        let bundle = super::files(&function("a", 1, "d", true), &paths(&["index.ts"]), 10);
        assert!(bundle.is_err_and(|why| why.contains("import map")));
    }
}
