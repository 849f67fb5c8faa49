//! The form that deploys: a function's files, each as text or by its name, and how the function runs.

use leptos::prelude::*;
use management_api::OperationId;

use super::{
    changes::changes,
    files::{editor, new_file, tree},
};
use crate::{
    components::{
        context::Context,
        operation_form::{FileForm, FormState},
        query::{Query, loaded},
    },
    functions::{
        problem::place,
        source::{Content, Ends, SourceFile, is_code, is_map},
    },
    paths,
    plan::functions::counted,
    server_fns::functions::Limits,
    ui::{
        Frame, Notice, Shape, TextField,
        field::{Area, Line, area, line, tick},
    },
};

const OPERATION: OperationId = OperationId::DeployFunction;

/// What the form begins with.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub project: String,
    /// `None`: it is to be chosen.
    pub slug: Option<String>,
    pub name: String,
    /// The version that runs; `None` for a function that is new.
    pub version: Option<i64>,
    pub files: Vec<SourceFile>,
    pub entrypoint: String,
    pub import_map: String,
    pub verify_jwt: bool,
}

/// A file within the form.
pub struct Entry {
    pub file: SourceFile,
    pub removed: bool,
}

impl Draft {
    /// The files as they stand in the form: as they were sent before it came back, else as they run.
    fn entries(&self, state: &FormState) -> Vec<Entry> {
        let all = |name: &str| state.typed(name).unwrap_or_default();
        let (paths, ends, texts, removed, kept) = (all("path"), all("ends"), all("text"), all("remove"), all("keep"));
        if !state.was_sent() || (paths.is_empty() && kept.is_empty()) {
            let entry = |file: &SourceFile| Entry {
                file: file.clone(),
                removed: false,
            };
            return self.files.iter().map(entry).collect();
        }
        let typed = paths.into_iter().zip(texts).enumerate();
        let typed = typed.filter(|(_, (path, text))| !path.is_empty() || !text.trim().is_empty());
        let mut entries: Vec<_> = typed
            .map(|(at, (path, text))| {
                let ends = ends.get(at).and_then(|word| Ends::read(word)).unwrap_or(Ends::Lf);
                let text = text.replace("\r\n", "\n");
                Entry {
                    removed: removed.contains(&path),
                    file: SourceFile {
                        path,
                        content: Content::Text { text, ends },
                    },
                }
            })
            .collect();
        let others = self
            .files
            .iter()
            .filter(|file| matches!(file.content, Content::Other { .. }));
        entries.extend(others.map(|file| Entry {
            removed: !kept.contains(&file.path),
            file: file.clone(),
        }));
        entries
    }
}

/// The form. `limits`: what the plan allows, told before anything is sent.
pub fn form(draft: Draft, limits: Query<Limits>) -> AnyView {
    let state = FormState::of(OPERATION, "");
    let entries = draft.entries(&state);
    let names: Vec<_> = entries.iter().map(|entry| entry.file.path.clone()).collect();
    let wrong = state.problem().and_then(|problem| place(&problem.text, &names));
    let shown = changes(
        &draft,
        &state,
        &entries
            .iter()
            .filter(|entry| !entry.removed)
            .map(|entry| entry.file.clone())
            .collect::<Vec<_>>(),
    );
    let (back, next, submit) = match &draft.slug {
        Some(slug) => (
            paths::function_source(&draft.project, slug),
            paths::function(&draft.project, slug),
            format!("Deploy version {}", draft.version.unwrap_or_default() + 1),
        ),
        None => (
            paths::new_function(&draft.project),
            format!("{}/{{slug}}", paths::functions(&draft.project)),
            "Deploy".to_owned(),
        ),
    };
    let statics: Vec<_> = names.iter().filter(|path| !is_code(path)).cloned().collect();
    let about = {
        let (draft, names) = (draft.clone(), names.clone());
        move || about(&draft, &names, &statics.join("\n"))
    };
    let new = draft.version.is_none();
    view! {
        <function-workbench>
            {kept(&draft)}
            <FileForm operation=OPERATION next back submit class="workbench" about beside=move || preview(new)>
                {tree(&entries, wrong.as_ref())}
                <section class="editor" aria-label="Files">
                    {entries.into_iter().enumerate().map(|(at, entry)| editor(at, entry, wrong.as_ref())).collect_view()}
                    {new_file(names.len(), names.is_empty())}
                </section>
            </FileForm>
            <div class="hint deploy-limits">{loaded("limits", limits, Shape::Line, told)}</div>
            {shown}
        </function-workbench>
    }
    .into_any()
}

/// Offers what was edited and not deployed, where this browser has kept it; see `frontend/editor/draft.js`.
fn kept(draft: &Draft) -> AnyView {
    let context = Context::current();
    let what = [draft.project.as_str(), draft.slug.as_deref().unwrap_or_default()];
    let of = context.kept_under(&what);
    // Drafts lay under the address of whoever wrote them, and are kept for 30 days.
    let viewer = context.with(|page| page.viewer.clone());
    let address = viewer.and_then(|viewer| viewer.email.or(viewer.username));
    let before = address.map(|address| [address.as_str(), &what.join("/")].join("/"));
    view! {
        <div class="draft-offer" data-draft=of data-before=before data-version=draft.version.map(|version| version.to_string()) hidden=true>
            <Notice title="Some edits were not deployed">
                <p data-about=""></p>
                <div class="form-actions">
                    <button class="button" type="button" data-take="">"Take them up"</button>
                    <button class="button button-ghost" type="button" data-drop="">"Discard them"</button>
                </div>
            </Notice>
        </div>
    }
    .into_any()
}

/// What is told before anything is sent.
fn told(limits: Limits) -> AnyView {
    let size = limits.megabytes.map_or_else(
        || "Supabase does not tell how large a function may be here; it takes no upload of more than 20 MB.".to_owned(),
        |megabytes| format!("The plan allows {megabytes} MB a function."),
    );
    let most = limits
        .functions
        .map(|most| format!(" A project may have {}.", counted(most as usize)));
    view! { <span data-megabytes=limits.megabytes.map(|number| number.to_string())>{size} {most}</span> }.into_any()
}

fn preview(new: bool) -> AnyView {
    let words = if new { "Check the files" } else { "Show what changes" };
    view! { <button class="button" type="submit" name="_preview" value="true">{words}</button> }.into_any()
}

/// How it runs.
fn about(draft: &Draft, names: &[String], statics: &str) -> AnyView {
    let value = |name: &str, initial: &str| FormState::value(name, initial);
    let choose = |name: &str, label: &str, help: &str, initial: &str, list: &'static str| {
        let frame = Frame {
            help: help.to_owned(),
            error: FormState::error(name),
            required: name == "metadata.entrypoint_path",
            ..Frame::new(name, label)
        };
        let input = Line {
            value: Some(value(name, initial)),
            list: Some(list),
            mono: true,
            ..Line::default()
        };
        let control = line(&frame, input);
        frame.around(control)
    };
    let option = |name: &String| view! { <option value=name.clone()></option> };
    let code = names
        .iter()
        .filter(|name| is_code(name) && !is_map(name))
        .map(option)
        .collect_view();
    let maps = names.iter().filter(|name| is_map(name)).map(option).collect_view();
    let slug = match &draft.slug {
        Some(slug) => view! { <input type="hidden" name="slug" value=slug.clone()/> }.into_any(),
        None => view! {
            <TextField
                name="slug"
                label="Slug"
                value=value("slug", "")
                error=FormState::error("slug")
                hint="The last part of its address. It begins with a letter; then letters, digits, - and _ follow. It stays."
                pattern="[A-Za-z][A-Za-z0-9_\\-]*"
                pattern_says="A letter first, then letters, digits, - and _."
                required=true
                maxlength=64
                mono=true
            />
        }
        .into_any(),
    };
    let checked = value("metadata.verify_jwt", if draft.verify_jwt { "true" } else { "false" }) == "true";
    let jwt = Frame {
        help: "Only requests with a JWT of the project get through. The new API keys are no JWTs: a function that is called with one of them needs this off, and a check of its own."
            .to_owned(),
        required: true,
        ..Frame::new("metadata.verify_jwt", "Check JWTs")
    };
    let patterns = Frame {
        help:
            "Files that are read at run time, one path or pattern a line. Others are bundled only if they are imported."
                .to_owned(),
        error: FormState::error("metadata.static_patterns"),
        ..Frame::new("metadata.static_patterns", "Static files")
    };
    let typed = value("metadata.static_patterns", statics);
    let control = area(
        &patterns,
        Area {
            text: typed,
            rows: 2,
            mono: true,
            ..Area::default()
        },
    );
    view! {
        <input type="hidden" name="ref" value=draft.project.clone()/>
        <input type="hidden" name="_version" value=draft.version.map(|version| version.to_string()).unwrap_or_default()/>
        {slug}
        <TextField
            name="metadata.name"
            label="Name"
            value=value("metadata.name", &draft.name)
            error=FormState::error("metadata.name")
            hint="For people; the slug where it is left empty."
            maxlength=256
        />
        {choose("metadata.entrypoint_path", "Entrypoint", "The file that answers requests.", &draft.entrypoint, "entrypoints")}
        {choose("metadata.import_map_path", "Import map", "A deno.json or an import map among the files.", &draft.import_map, "import-maps")}
        <datalist id="entrypoints">{code}</datalist>
        <datalist id="import-maps">{maps}</datalist>
        {patterns.around(control)}
        {tick(jwt, checked)}
    }
    .into_any()
}
