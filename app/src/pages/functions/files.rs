//! The files in the form that deploys: their tree, and an editor for each.

use leptos::prelude::*;

use super::deploy::Entry;
use crate::{
    functions::{
        problem::Place,
        source::{Content, SourceFile},
    },
    ui::{
        Frame, Glyph, Icon,
        field::{Area, Line, area, line},
    },
};

/// The files by name, and the way to add more.
pub fn tree(entries: &[Entry], wrong: Option<&Place>) -> AnyView {
    let file = |(at, entry): (usize, &Entry)| {
        let Entry { file, removed } = entry;
        let depth = file.path.matches('/').count().min(6).to_string();
        let mark = removed.then_some("removed");
        let failed = wrong.is_some_and(|wrong| wrong.path == file.path);
        view! {
            <li>
                <a class="file" href=format!("#file-{at}") data-file=file.path.clone() data-depth=depth data-mark=mark>
                    <Glyph icon=Icon::File/>
                    <span class="cut">{file.path.clone()}</span>
                    {failed.then(|| view! { <span class="on-error"><Glyph icon=Icon::Error/><span class="visually-hidden">"has an error"</span></span> })}
                </a>
            </li>
        }
    };
    view! {
        <nav class="files" aria-label="Files of the function">
            <h2>"Files"</h2>
            <ul class="files-list">{entries.iter().enumerate().map(file).collect_view()}</ul>
            <div class="files-drop">
                <label for="file-drop"><Glyph icon=Icon::Upload/><span>"Add files"<span class="needs-js">", or drop a folder here"</span></span></label>
                <input class="input" id="file-drop" type="file" name="file" multiple=true/>
            </div>
            <p class="hint files-foot" role="status"></p>
        </nav>
    }
    .into_any()
}

/// One file: its text, or what is said of one that is none.
pub fn editor(at: usize, entry: Entry, wrong: Option<&Place>) -> AnyView {
    let Entry {
        file: SourceFile { path, content },
        removed,
    } = entry;
    let wrong = wrong.filter(|wrong| wrong.path == path);
    let open = wrong.is_some() || at == 0;
    let (id, line) = (format!("file-{at}"), wrong.map(|wrong| wrong.line.to_string()));
    let body = match content {
        Content::Text { text, ends } => {
            let label = Frame {
                id: format!("{id}-text"),
                required: true,
                ..Frame::new("text", "Text")
            };
            let rows = text.lines().count().clamp(8, 28);
            let control = area(&label, Area { text, rows, mono: true, ..Area::default() });
            view! {
                <div class="file-tools">
                    {path_field(&id, &path)}
                    <input type="hidden" name="ends" value=ends.as_str()/>
                    <label class="tick"><input type="checkbox" name="remove" value=path.clone() checked=removed/><span>"Remove this file"</span></label>
                </div>
                <code-editor data-path=path.clone() data-line=line>
                    <label class="visually-hidden" for=label.id()>"Text of " {path.clone()}</label>
                    {control}
                </code-editor>
            }
            .into_any()
        }
        Content::Other { size, .. } => view! {
            <label class="tick">
                <input type="checkbox" name="keep" value=path.clone() checked=!removed/>
                <span>"Keep this file as it is"</span>
            </label>
            <p class="hint">{format!("{size} bytes. It cannot be edited here as text without changing it; add a file of the same path to replace it.")}</p>
        }
        .into_any(),
    };
    let named = path.clone();
    view! {
        <details class="file-edit" name="file" open=open data-path=named data-problem=wrong.is_some()>
            <summary><Glyph icon=Icon::File/><span class="cut mono">{path}</span></summary>
            {wrong.map(|wrong| view! { <p class="file-problem"><Glyph icon=Icon::Error/>{format!("Line {}, column {}: see what the bundler says.", wrong.line, wrong.column)}</p> })}
            <div id=id.clone()>{body}</div>
        </details>
    }
    .into_any()
}

fn path_field(id: &str, path: &str) -> AnyView {
    let frame = Frame {
        id: format!("{id}-path"),
        required: true,
        ..Frame::new("path", "Path")
    };
    let input = Line {
        value: Some(path.to_owned()),
        mono: true,
        ..Line::default()
    };
    let control = line(&frame, input);
    frame.around(control)
}

/// Room for one more file; left empty, it is none.
pub fn new_file(at: usize, first: bool) -> AnyView {
    let id = format!("file-{at}");
    let frame = Frame {
        id: format!("{id}-path"),
        ..Frame::new("path", "Path")
    };
    let input = Line {
        value: Some(String::new()),
        placeholder: Some("lib/name.ts"),
        mono: true,
        ..Line::default()
    };
    let control = line(&frame, input);
    let text = Frame {
        id: format!("{id}-text"),
        ..Frame::new("text", "Text")
    };
    let written = area(
        &text,
        Area {
            rows: 8,
            mono: true,
            ..Area::default()
        },
    );
    view! {
        <details class="file-edit" name="file" open=first data-new="">
            <summary><Glyph icon=Icon::Plus/><span>"New file"</span></summary>
            <div id=id>
                {frame.around(control)}
                <input type="hidden" name="ends" value="lf"/>
                <code-editor data-path=""><label class="visually-hidden" for=text.id()>"Text of the new file"</label>{written}</code-editor>
            </div>
        </details>
    }
    .into_any()
}
