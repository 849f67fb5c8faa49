//! What a schema looks like from outside, and saved SQL.

use management_api::database::*;

use super::Check;

pub async fn walk(check: &Check) {
    let project = check.lab.reference("Tide Tables").to_owned();
    check
        .call(RunQuery {
            project: project.clone(),
            query: "create table notes (id int primary key, body text)".to_owned(),
            parameters: None,
            read_only: None,
        })
        .await;
    let types = GenerateTypescriptTypes {
        project: project.clone(),
        included_schemas: Some("public,auth".to_owned()),
    };
    let types = check.call(types).await.types;
    assert!(types.contains("      notes: {\n        Row: {\n          body: string | null\n          id: number\n"));
    let openapi = GetDatabaseOpenapi {
        project: project.clone(),
        schema: Some("public".to_owned()),
    };
    assert!(check.call(openapi).await["definitions"]["notes"].is_object());
    let metadata = check
        .call(GetDatabaseMetadata {
            project: project.clone(),
        })
        .await;
    assert!(
        metadata.databases[0]
            .schemas
            .iter()
            .any(|schema| schema.name == "public")
    );
    snippets(check, &project).await;
}

async fn snippets(check: &Check, project: &str) {
    let list = |project_ref: Option<&str>, cursor| ListSnippets {
        project_ref: project_ref.map(str::to_owned),
        cursor,
        limit: Some("2".to_owned()),
        sort_by: Some("name".to_owned()),
        sort_order: Some("asc".to_owned()),
    };
    let first = check.call(list(None, None)).await;
    let second = check.call(list(None, first.cursor)).await;
    assert_eq!((first.data.len(), second.data.len()), (2, 2));
    assert!(first.data[1].name <= second.data[0].name);
    for row in check.call(list(Some(project), None)).await.data {
        let snippet = check.call(GetSnippet { id: row.id.clone() }).await;
        assert!(snippet.content.as_ref().unwrap().sql.starts_with("select"));
        let brief = Snippet {
            content: None,
            ..snippet
        };
        assert_eq!(brief, row);
    }
}
