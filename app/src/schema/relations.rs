//! Relations: tables with the columns of their keys, and the foreign keys between them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// A table by its schema and name.
pub type Name = (String, String);

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Relations {
    pub tables: Vec<Table>,
    pub links: Vec<Link>,
    /// How many tables of each schema point at none and are pointed at by none.
    pub alone: BTreeMap<String, i64>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Table {
    pub schema: String,
    pub name: String,
    /// By the planner's estimate; `None` where nothing was counted yet.
    pub rows: Option<i64>,
    /// Those of its keys: the primary one's first.
    pub columns: Vec<Column>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Column {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether it is of the primary key.
    pub primary: bool,
}

/// A foreign key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Link {
    pub name: String,
    pub from: Name,
    pub columns: Vec<String>,
    pub to: Name,
    pub to_columns: Vec<String>,
    /// PostgreSQL's letter for what happens when the other row goes.
    pub on_delete: String,
    /// Whether at most one row points at each.
    pub one: bool,
    /// Whether an index begins with its columns.
    pub indexed: bool,
}

impl Link {
    /// What happens to its row when the other one goes.
    pub fn when_gone(&self) -> &'static str {
        match self.on_delete.as_str() {
            "c" => "Goes, too",
            "n" => "Becomes null",
            "d" => "Becomes the default",
            "a" | "r" => "Refused",
            _ => "Not known",
        }
    }
}

impl Table {
    pub fn is(&self, (schema, name): &Name) -> bool {
        self.schema == *schema && self.name == *name
    }

    pub fn named(&self) -> Name {
        (self.schema.clone(), self.name.clone())
    }
}

impl Relations {
    /// Schemas with tables that have relations.
    pub fn schemas(&self) -> BTreeSet<&str> {
        self.tables.iter().map(|table| table.schema.as_str()).collect()
    }

    /// The tables of one schema that have relations, and what those lie between.
    #[must_use]
    pub fn of(&self, schema: &str) -> Self {
        let touches = |link: &&Link| link.from.0 == schema || link.to.0 == schema;
        self.with(self.links.iter().filter(touches).cloned().collect())
    }

    /// Whatever is at most `steps` away from the table.
    #[must_use]
    pub fn around(&self, table: &Name, steps: usize) -> Self {
        let mut near: BTreeSet<&Name> = BTreeSet::from([table]);
        let mut links: Vec<&Link> = Vec::new();
        for _ in 0..steps {
            links = self
                .links
                .iter()
                .filter(|link| near.contains(&link.from) || near.contains(&link.to))
                .collect();
            near.extend(links.iter().flat_map(|link| [&link.from, &link.to]));
        }
        self.with(links.into_iter().cloned().collect())
    }

    fn with(&self, links: Vec<Link>) -> Self {
        let touched = |table: &&Table| links.iter().any(|link| table.is(&link.from) || table.is(&link.to));
        Self {
            tables: self.tables.iter().filter(touched).cloned().collect(),
            links,
            alone: self.alone.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub fn relations(of: &[(&str, &str)]) -> Relations {
        let name = |name: &str| ("public".to_owned(), name.to_owned());
        let links: Vec<_> = of
            .iter()
            .map(|(from, to)| Link {
                from: name(from),
                to: name(to),
                ..Link::default()
            })
            .collect();
        let names: BTreeSet<Name> = links
            .iter()
            .flat_map(|link| [link.from.clone(), link.to.clone()])
            .collect();
        let table = |(schema, name)| Table {
            schema,
            name,
            ..Table::default()
        };
        Relations {
            tables: names.into_iter().map(table).collect(),
            links,
            alone: BTreeMap::new(),
        }
    }

    #[test]
    fn what_is_near_a_table_is_told_by_steps() {
        let all = relations(&[("a", "b"), ("b", "c"), ("c", "d"), ("x", "y")]);
        let names = |relations: Relations| relations.tables.into_iter().map(|table| table.name).collect::<String>();
        let of = |name: &str| ("public".to_owned(), name.to_owned());
        assert_eq!(names(all.around(&of("a"), 1)), "ab");
        assert_eq!(names(all.around(&of("a"), 2)), "abc");
        assert_eq!(names(all.around(&of("nothing"), 2)), "");
        assert_eq!(names(all.of("public")), "abcdxy");
        assert_eq!(names(all.of("auth")), "");
    }
}
