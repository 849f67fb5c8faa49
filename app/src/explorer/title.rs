//! The names of operations, for headings.

use management_api::OperationId;

use crate::ui::capital;

/// Words that are not written in lower case.
const SPELLED: &[(&str, &str)] = &[
    ("api", "API"),
    ("ids", "IDs"),
    ("jit", "JIT"),
    ("ssl", "SSL"),
    ("sso", "SSO"),
    ("pitr", "PITR"),
    ("sql", "SQL"),
    ("openapi", "OpenAPI"),
    ("postgres", "Postgres"),
    ("postgrest", "PostgREST"),
    ("typescript", "TypeScript"),
];

/// `GetApiUsage` as "Get API usage".
pub fn title(id: OperationId) -> String {
    let mut words: Vec<String> = Vec::new();
    for character in format!("{id:?}").chars() {
        match words.last_mut() {
            Some(word) if !character.is_uppercase() => word.push(character),
            Some(_) | None => words.push(character.to_lowercase().collect()),
        }
    }
    for word in &mut words {
        if let Some((_, spelled)) = SPELLED.iter().find(|(plain, _)| plain == word) {
            *word = (*spelled).to_owned();
        }
    }
    capital(&words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_read_as_people_write() {
        assert_eq!(title(OperationId::GetApiUsage), "Get API usage");
        assert_eq!(title(OperationId::ListProjects), "List projects");
        assert_eq!(title(OperationId::GenerateTypescriptTypes), "Generate TypeScript types");
    }
}
