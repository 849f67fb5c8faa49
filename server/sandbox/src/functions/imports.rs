//! What a bundler finds out first: whether the files that are imported are there.
//!
//! Guess: the words, which are those that people report of the service; it says more of the code, which is not read here.

use std::collections::BTreeMap;

use super::source::{Content, Source};
use crate::answer::Refusal;

/// Holds every file that the entrypoint leads to to be there. `folder`: where the service has put them.
pub fn check(source: &Source, folder: &str) -> Result<(), Refusal> {
    let Content::Files(files) = &source.content else {
        return Ok(());
    };
    let texts: BTreeMap<_, _> = files.iter().map(|file| (file.name.as_str(), file)).collect();
    let (mut waiting, mut seen) = (vec![source.entrypoint.clone()], Vec::new());
    while let Some(path) = waiting.pop() {
        let Some(content) = texts.get(path.as_str()).and_then(|file| file.content().ok()) else {
            continue;
        };
        for Import { to, line, column } in imports(&String::from_utf8_lossy(&content)) {
            let target = resolve(&path, &to);
            let there = target.as_deref().is_some_and(|target| texts.contains_key(target));
            if !there {
                let missing = target.unwrap_or(to);
                return Err(Refusal::Invalid(format!(
                    "Failed to bundle the function (reason: Module not found \"file://{folder}{missing}\".\n    at \
                     file://{folder}{path}:{line}:{column})."
                )));
            }
            waiting.extend(target.filter(|target| !seen.contains(target)));
        }
        seen.push(path);
    }
    Ok(())
}

/// An import by a path.
#[derive(Debug, PartialEq)]
struct Import {
    to: String,
    /// Both from 1 on.
    line: usize,
    column: usize,
}

/// Imports and exports that stand on lines of their own, as formatters put them.
fn imports(text: &str) -> Vec<Import> {
    let found = |(line, text): (usize, &str)| {
        let trimmed = text.trim_start();
        if !["import", "export", "} from"]
            .iter()
            .any(|word| trimmed.starts_with(word))
        {
            return None;
        }
        let at = ["\"./", "\"../", "'./", "'../"]
            .iter()
            .find_map(|start| text.find(start))?;
        let quote = text[at..].chars().next()?;
        let to = text[at + 1..].split(quote).next()?;
        let column = text[..at].chars().count() + 1;
        Some(Import {
            to: to.to_owned(),
            line: line + 1,
            column,
        })
    };
    text.lines().enumerate().filter_map(found).collect()
}

/// The path that `to` means in the file `from`; `None` where it leads out.
fn resolve(from: &str, to: &str) -> Option<String> {
    let mut parts: Vec<_> = from.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_by_path_are_found_with_their_place() {
        let text = "import a from \"npm:a\";\n  import { b } from './b.ts';\nconst c = \"./c.ts\";\nexport * from \"../d.ts\"\n";
        let found: Vec<_> = imports(text)
            .into_iter()
            .map(|one| (one.to, one.line, one.column))
            .collect();
        assert_eq!(found, [("./b.ts".to_owned(), 2, 21), ("../d.ts".to_owned(), 4, 15)]);
        assert_eq!(resolve("lib/a.ts", "../x/b.ts").as_deref(), Some("x/b.ts"));
        assert_eq!(resolve("a.ts", "../b.ts"), None);
    }
}
