//! Which columns of tables the columns of views are, as PostgreSQL's own tree of a view's query tells: by them a view has
//! the relationships of the tables behind it.

use std::collections::BTreeMap;

use serde::Deserialize;
use sqlx::PgConnection;

use crate::{answer::Refusal, schema::rows::rows};

/// A relation by its schema and name.
pub type Place = (String, String);

/// For every view: the columns of tables that can be seen in it, by table and column, with the columns that show them.
pub type Origins = BTreeMap<Place, BTreeMap<(Place, String), Vec<String>>>;

#[derive(Deserialize)]
struct ViewRow {
    oid: i64,
    schema: String,
    name: String,
    tree: String,
}

#[derive(Deserialize)]
struct AttributeRow {
    relation: i64,
    place: i32,
    schema: String,
    table: String,
    name: String,
}

const VIEWS: &str = "select c.oid::int8 as oid, n.nspname as schema, c.relname as name, r.ev_action::text as tree
    from pg_rewrite r
    join pg_class c on c.oid = r.ev_class
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any($1) and c.relkind in ('v', 'm') and r.ev_type = '1'";

const ATTRIBUTES: &str =
    "select a.attrelid::int8 as relation, a.attnum::int4 as place, n.nspname as schema, c.relname as table,
        a.attname as name
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any($1) and c.relkind in ('r', 'p', 'f', 'v', 'm') and a.attnum > 0 and not a.attisdropped";

/// Reads it for the views of these schemas.
///
/// # Errors
/// The database cannot be asked.
pub async fn read(connection: &mut PgConnection, schemas: &[&str]) -> Result<Origins, Refusal> {
    let views: Vec<ViewRow> = rows(connection, VIEWS, schemas).await?;
    let attributes: Vec<AttributeRow> = rows(connection, ATTRIBUTES, schemas).await?;
    let names: BTreeMap<(i64, i32), AttributeRow> = attributes
        .into_iter()
        .map(|row| ((row.relation, row.place), row))
        .collect();
    let trees: BTreeMap<i64, Vec<Shown>> = views.iter().map(|view| (view.oid, shown(&view.tree))).collect();
    let of = |view: &ViewRow| {
        let mut columns: BTreeMap<(Place, String), Vec<String>> = BTreeMap::new();
        for column in trees.get(&view.oid).into_iter().flatten() {
            let (Some(name), Some((relation, place))) = (names.get(&(view.oid, column.place)), base(&trees, column))
            else {
                continue;
            };
            if let Some(origin) = names.get(&(relation, place)) {
                let table = (origin.schema.clone(), origin.table.clone());
                let shows = columns.entry((table, origin.name.clone())).or_default();
                shows.push(name.name.clone());
            }
        }
        columns
    };
    Ok(views
        .iter()
        .map(|view| ((view.schema.clone(), view.name.clone()), of(view)))
        .collect())
}

/// A column of a view, by its place, and where it comes from: a relation and a place in it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Shown {
    place: i32,
    relation: i64,
    origin: i32,
}

/// The table's column behind a view's column, through other views.
fn base(trees: &BTreeMap<i64, Vec<Shown>>, column: &Shown) -> Option<(i64, i32)> {
    let mut at = *column;
    // Views do not go round in circles, but what a catalogue says is not believed for ever.
    for _ in 0..100 {
        let Some(view) = trees.get(&at.relation) else {
            return Some((at.relation, at.origin));
        };
        at = *view.iter().find(|inner| inner.place == at.origin)?;
        if at.relation == 0 {
            return None;
        }
    }
    None
}

/// The columns of the outermost query in a tree such as `({QUERY … :targetList ({TARGETENTRY … :resno 1 … :resorigtbl 16385
/// :resorigcol 2 …}) …})`; those that come from no table are left out.
fn shown(tree: &str) -> Vec<Shown> {
    let (mut depth, mut found) = (0_usize, Vec::new());
    let mut entry: Option<BTreeMap<&str, i64>> = None;
    let mut words = tree.split(' ').peekable();
    while let Some(word) = words.next() {
        // Braces that belong to a name stand behind a backslash.
        let opens = braces(word, '{');
        let closes = braces(word, '}');
        if depth + opens == 2 && opens > 0 && word.ends_with("{TARGETENTRY") {
            entry = Some(BTreeMap::new());
        }
        depth += opens;
        if let Some(fields) = entry.as_mut().filter(|_| depth == 2)
            && matches!(word, ":resno" | ":resorigtbl" | ":resorigcol")
            && let Some(number) = words
                .peek()
                .and_then(|next| next.trim_end_matches(['}', ')']).parse().ok())
        {
            fields.insert(word, number);
        }
        depth = depth.saturating_sub(closes);
        if depth < 2
            && let Some(fields) = entry.take()
        {
            let field = |name| fields.get(name).copied().unwrap_or_default();
            if let (Ok(place), Ok(origin), relation @ 1..) = (
                i32::try_from(field(":resno")),
                i32::try_from(field(":resorigcol")),
                field(":resorigtbl"),
            ) {
                found.push(Shown {
                    place,
                    relation,
                    origin,
                });
            }
        }
    }
    found
}

fn braces(word: &str, brace: char) -> usize {
    let mut escaped = false;
    let counts = word.chars().filter(|character| {
        let counts = *character == brace && !escaped;
        escaped = *character == '\\' && !escaped;
        counts
    });
    counts.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_outermost_query_tells() {
        let tree = "({QUERY :commandType 1 :rtable ({RANGETBLENTRY :alias <> :subquery {QUERY :targetList ({TARGETENTRY :expr {VAR :varno 1} \
            :resno 9 :resname x :ressortgroupref 0 :resorigtbl 7 :resorigcol 7 :resjunk false}) :groupClause <>} :lateral false}) \
            :targetList ({TARGETENTRY :expr {VAR :varno 1 :location 3} :resno 1 :resname a\\{b :ressortgroupref 0 :resorigtbl 16385 \
            :resorigcol 2 :resjunk false} {TARGETENTRY :expr {AGGREF :args ({TARGETENTRY :expr {VAR :varno 1} :resno 5 :resorigtbl 4 \
            :resorigcol 4 :resjunk false})} :resno 2 :resname n :ressortgroupref 0 :resorigtbl 0 :resorigcol 0 :resjunk false}) :override 0})";
        assert_eq!(
            shown(tree),
            [Shown {
                place: 1,
                relation: 16385,
                origin: 2
            }]
        );
    }
}
