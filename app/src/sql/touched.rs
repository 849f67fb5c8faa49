//! Touched: which rows a statement with `where` would change or delete, as a question that `explain` answers without looking
//! at one of them.

use squawk_syntax::{
    SourceFile, SyntaxKind, SyntaxNode,
    ast::{AstNode, Delete, Stmt, Update},
};
use statements::deeply;

use super::{deeds::readable, run::parameters};

/// The rows that the only statement of a text is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    /// The table, as SQL writes it.
    pub table: String,
    /// A plan of finding them; it is only a read.
    pub plan: String,
}

/// `None` where there are several statements, or the rows hang on more than one table and its `where`: no plain read finds them.
pub fn touched(sql: &str) -> Option<Touched> {
    let (sql, text) = (sql.to_owned(), readable(sql)?);
    if parameters(&sql) > 0 {
        return None;
    }
    deeply(move || read(&sql, &text)).flatten()
}

/// `text` is the statement with empty literals, everything in its place.
fn read(sql: &str, text: &str) -> Option<Touched> {
    let parse = SourceFile::parse(text);
    if !parse.errors().is_empty() {
        return None;
    }
    let root = parse.syntax_node();
    let mut all = root.children().filter(|node| Stmt::can_cast(node.kind()));
    let one = all.next().filter(|_| all.next().is_none())?;
    let (relation, alias) = match one.kind() {
        SyntaxKind::DELETE => {
            let delete = Delete::cast(one.clone())?;
            (delete.relation_name()?.syntax().clone(), delete.alias())
        }
        SyntaxKind::UPDATE => {
            let update = Update::cast(one.clone())?;
            (update.relation_name()?.syntax().clone(), update.alias())
        }
        _ => return None,
    };
    let more = [
        SyntaxKind::WITH_CLAUSE,
        SyntaxKind::USING_CLAUSE,
        SyntaxKind::FROM_CLAUSE,
        SyntaxKind::FOR_PORTION_OF,
    ];
    if one.children().any(|part| more.contains(&part.kind())) {
        return None;
    }
    let condition = one.children().find(|part| part.kind() == SyntaxKind::WHERE_CLAUSE)?;
    let written = |node: &SyntaxNode| {
        let range = node.text_range();
        sql.get(usize::from(range.start())..usize::from(range.end()))
    };
    let table = written(&relation)?.trim().to_owned();
    let alias = alias
        .as_ref()
        .and_then(|alias| written(alias.syntax()))
        .unwrap_or_default();
    let plan = format!(
        "explain (format json)\nselect from {table} {alias}\n{}",
        written(&condition)?
    );
    Some(Touched { table, plan })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_one_table_are_found_by_its_where() {
        let found = touched("delete from only public.\"My t\" as t where t.a = 'x;--' returning *;").unwrap();
        assert!(
            found.plan.contains("public.\"My t\" as t\nwhere t.a = 'x;--'"),
            "{found:?}"
        );
        assert!(!found.plan.contains("returning"));
        let found = touched("-- why\nupdate kept set a = 1, b = 'where' where id in (select 1)").unwrap();
        assert_eq!(found.table, "kept");
        assert_eq!(
            found.plan.split_whitespace().collect::<Vec<_>>().join(" "),
            "explain (format json) select from kept where id in (select 1)"
        );
    }

    #[test]
    fn nothing_is_told_of_what_a_plain_read_does_not_find() {
        for sql in [
            "delete from a",
            "select 1",
            "delete from a where b = 1; delete from c where d = 1",
            "delete from a using b where a.id = b.id",
            "update a set b = c.d from c where a.id = c.id",
            "with c as (select 1 as id) delete from a where id in (select id from c)",
            "delete from a where current of c",
            "delete from a where id = $1",
            "delete from a where",
            "insert into a values (1)",
        ] {
            assert_eq!(touched(sql), None, "{sql}");
        }
    }
}
