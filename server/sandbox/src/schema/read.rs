//! From PostgreSQL's catalogue to a [`Schema`].

use serde::de::DeserializeOwned;
use sqlx::{Connection, PgConnection};

use super::{
    edges::Numbers,
    key::{Key, Kind},
    model::{
        Argument, Column, Constraint, Extension, Grants, Index, Mode, Object, Policy, Publication, Published, Relation,
        Routine, Rule, Schema, Sequence, Trigger, Type,
    },
    rows::{
        ColumnRow, CommentRow, ConstraintRow, DependRow, GrantRow, InitialGrantRow, Names, NamespaceRow, Numbered,
        RelationRow, RoutineRow, RuleRow, TypeRow, rows,
    },
};
use crate::answer::Refusal;

/// Reads what is in the named schemas; one that does not exist is left out. What extensions made is theirs and left out.
///
/// # Errors
/// The database cannot be asked.
pub async fn read(connection: &mut PgConnection, schemas: &[&str]) -> Result<Schema, Refusal> {
    // All in one snapshot, and without a search path, so that every name is written with its schema.
    let mut transaction = connection
        .begin_with("begin isolation level repeatable read read only")
        .await
        .map_err(super::failed)?;
    sqlx::query("set local search_path = ''")
        .execute(&mut *transaction)
        .await
        .map_err(super::failed)?;
    let mut reader = Reader {
        names: Names::read(&mut transaction).await?,
        connection: &mut transaction,
        schemas,
        schema: Schema::default(),
        numbers: Numbers::default(),
    };
    reader.surroundings().await?;
    reader.types_and_relations().await?;
    reader.routines().await?;
    reader.belongings().await?;
    reader.ties().await?;
    let schema = reader.schema;
    transaction.rollback().await.map_err(super::failed)?;
    Ok(schema)
}

struct Reader<'a> {
    connection: &'a mut PgConnection,
    schemas: &'a [&'a str],
    names: Names,
    schema: Schema,
    numbers: Numbers,
}

impl Reader<'_> {
    async fn rows<T: DeserializeOwned>(&mut self, query: &'static str) -> Result<Vec<T>, Refusal> {
        rows(self.connection, query, self.schemas).await
    }

    fn keep(&mut self, class: &'static str, oid: i64, key: Key, object: Object) {
        self.numbers.know(class, oid, key.clone());
        self.schema.objects.insert(key, object);
    }

    async fn surroundings(&mut self) -> Result<(), Refusal> {
        for row in self
            .rows::<NamespaceRow>(include_str!("catalog/namespaces.sql"))
            .await?
        {
            self.keep("pg_namespace", row.oid, Key::namespace(&row.name), Object::Namespace);
        }
        let extensions = self.rows::<Numbered<Extension>>(include_str!("catalog/extensions.sql"));
        for Numbered { oid, value } in extensions.await? {
            let key = Key::new(Kind::Extension, "", "", &value.name);
            self.keep("pg_extension", oid, key, Object::Extension(value));
        }
        for Numbered { oid, value } in self
            .rows::<Numbered<Sequence>>(include_str!("catalog/sequences.sql"))
            .await?
        {
            let key = Key::new(Kind::Sequence, &value.schema, "", &value.name);
            self.keep("pg_class", oid, key, Object::Sequence(value));
        }
        Ok(())
    }

    async fn types_and_relations(&mut self) -> Result<(), Refusal> {
        let mut attributes: Vec<(i64, Column)> = Vec::new();
        let relations = self.rows::<Numbered<RelationRow<Relation>>>(include_str!("catalog/relations.sql"));
        for Numbered { oid, value } in relations.await? {
            let key = Key::relation(&value.value.schema, &value.value.name);
            self.numbers.know("pg_type", value.row_type, key.clone());
            self.keep("pg_class", oid, key, Object::Relation(Box::new(value.value)));
        }
        for ColumnRow {
            relation,
            type_oid,
            expression_oid,
            value: mut column,
        } in self
            .rows::<ColumnRow<Column>>(include_str!("catalog/columns.sql"))
            .await?
        {
            column.type_name = self.names.of(type_oid);
            let Some(table) = self.numbers.find("pg_class", relation).cloned() else {
                attributes.push((relation, column));
                continue;
            };
            let key = Key::new(Kind::Column, &table.schema, &table.name, &column.name);
            if !self.is_view(&table) {
                self.numbers.know_column(relation, column.place, key.clone());
                if let (Some(oid), Some(expression)) = (expression_oid, &column.expression) {
                    if column.generated {
                        self.numbers.know("pg_attrdef", oid, key.clone());
                    } else {
                        let default = Key {
                            kind: Kind::Default,
                            ..key.clone()
                        };
                        self.keep("pg_attrdef", oid, default, Object::Default(expression.clone()));
                    }
                }
                self.schema.edges.insert((key.clone(), table));
            }
            self.schema.objects.insert(key, Object::Column(column));
        }
        for Numbered {
            oid,
            value:
                TypeRow {
                    array_oid,
                    multirange,
                    relation,
                    mut value,
                },
        } in self
            .rows::<Numbered<TypeRow<Type>>>(include_str!("catalog/types.sql"))
            .await?
        {
            let own = |(of, column): &(i64, Column)| (*of == relation).then(|| column.clone());
            value.attributes = attributes.iter().filter_map(own).collect();
            let key = Key::new(Kind::Type, &value.schema, "", &value.name);
            for (class, oid) in [("pg_type", array_oid), ("pg_type", multirange), ("pg_class", relation)] {
                self.numbers.know(class, oid, key.clone());
            }
            self.keep("pg_type", oid, key, Object::Type(value));
        }
        Ok(())
    }

    fn is_view(&self, key: &Key) -> bool {
        matches!(self.schema.objects.get(key), Some(Object::Relation(relation)) if relation.is_view())
    }

    async fn routines(&mut self) -> Result<(), Refusal> {
        let routines = self.rows::<Numbered<RoutineRow<Routine>>>(include_str!("catalog/routines.sql"));
        for Numbered { oid, value: row } in routines.await? {
            let mut routine = row.value;
            let mut inputs = 0;
            let first_default = row.inputs - usize::try_from(routine.defaults).unwrap_or_default().min(row.inputs);
            for (place, kind) in row.types.iter().enumerate() {
                let mode = match row.modes.get(place).map(String::as_str) {
                    Some("o") => Mode::Out,
                    Some("b") => Mode::InOut,
                    Some("v") => Mode::Variadic,
                    Some("t") => Mode::Table,
                    Some(_) | None => Mode::In,
                };
                inputs += usize::from(mode.is_input());
                routine.arguments.push(Argument {
                    name: row.names.get(place).cloned().unwrap_or_default(),
                    mode,
                    has_default: mode.is_input() && inputs > first_default,
                    type_name: self.names.of(*kind),
                    type_oid: *kind,
                    type_word: self.names.word(*kind),
                });
            }
            routine.returns = self.names.of(row.return_oid);
            routine.returns_word = self.names.word(row.return_oid);
            let key = Key::new(Kind::Routine, &routine.schema, &routine.signature, &routine.name);
            self.keep("pg_proc", oid, key, Object::Routine(Box::new(routine)));
        }
        Ok(())
    }

    /// What belongs to tables.
    async fn belongings(&mut self) -> Result<(), Refusal> {
        let constraints = self.rows::<Numbered<ConstraintRow<Constraint>>>(include_str!("catalog/constraints.sql"));
        for Numbered {
            oid,
            value: ConstraintRow { index_oid, value },
        } in constraints.await?
        {
            let key = Key::new(Kind::Constraint, &value.schema, &value.table, &value.name);
            // A foreign key names the index it relies on; the others, the one they made.
            if value.referenced_table.is_none() {
                self.numbers.know("pg_class", index_oid, key.clone());
            }
            self.keep("pg_constraint", oid, key, Object::Constraint(value));
        }
        for Numbered { oid, value } in self
            .rows::<Numbered<Index>>(include_str!("catalog/indexes.sql"))
            .await?
        {
            let key = Key::new(Kind::Index, &value.schema, &value.table, &value.name);
            self.keep("pg_class", oid, key, Object::Index(value));
        }
        let triggers = self.rows::<Numbered<Trigger>>(include_str!("catalog/triggers.sql"));
        for Numbered { oid, value } in triggers.await? {
            let key = Key::new(Kind::Trigger, &value.schema, &value.table, &value.name);
            self.keep("pg_trigger", oid, key, Object::Trigger(value));
        }
        for row in self.rows::<RuleRow>(include_str!("catalog/rules.sql")).await? {
            let Some(table) = self.numbers.find("pg_class", row.relation).cloned() else {
                continue;
            };
            match row.definition {
                None => self.numbers.know("pg_rewrite", row.oid, table),
                Some(definition) => {
                    let key = Key::new(Kind::Rule, &row.schema, &row.table, &row.name);
                    let rule = Rule {
                        schema: row.schema,
                        table: row.table,
                        name: row.name,
                        definition,
                        enabled: row.enabled,
                    };
                    self.keep("pg_rewrite", row.oid, key, Object::Rule(rule));
                }
            }
        }
        let publications = self.rows::<Numbered<Publication>>(include_str!("catalog/publications.sql"));
        for Numbered { oid, value } in publications.await? {
            let key = Key::new(Kind::Publication, "", "", &value.name);
            self.keep("pg_publication", oid, key, Object::Publication(value));
        }
        let published = self.rows::<Numbered<Published>>(include_str!("catalog/published.sql"));
        for Numbered { oid, value } in published.await? {
            let key = Key::new(Kind::Published, &value.schema, &value.table, &value.publication);
            self.keep("pg_publication_rel", oid, key, Object::Published(value));
        }
        let policies = self.rows::<Numbered<Policy>>(include_str!("catalog/policies.sql"));
        for Numbered { oid, value } in policies.await? {
            let key = Key::new(Kind::Policy, &value.schema, &value.table, &value.name);
            self.keep("pg_policy", oid, key, Object::Policy(value));
        }
        Ok(())
    }

    /// What holds between objects, and what is said and granted of them.
    async fn ties(&mut self) -> Result<(), Refusal> {
        let depends = self.rows::<DependRow>(include_str!("catalog/depends.sql")).await?;
        self.numbers.know_members(&depends);
        let edges = depends.iter().filter_map(|row| self.numbers.edge(row));
        self.schema.edges.extend(edges);
        for row in self.rows::<CommentRow>(include_str!("catalog/comments.sql")).await? {
            let key = self.numbers.commented(&row.class, row.object, row.part);
            if let Some(key) = key.filter(|key| self.schema.objects.contains_key(key)) {
                self.schema.comments.insert(key, row.text);
            }
        }
        for row in self.rows::<GrantRow>(include_str!("catalog/grants.sql")).await? {
            if let Some(key) = self.numbers.find(&row.class, row.object) {
                let key = match row.column {
                    Some(column) => Key::new(Kind::Column, &key.schema, &key.name, &column),
                    None => key.clone(),
                };
                let grants: &mut Grants = self.schema.grants.entry(key).or_default();
                grants.insert(row.grantee, row.rights.each().collect());
            }
        }
        for row in self
            .rows::<InitialGrantRow>(include_str!("catalog/defaults.sql"))
            .await?
        {
            let kind = match row.letter.as_str() {
                "r" => Kind::Relation,
                "S" => Kind::Sequence,
                "f" => Kind::Routine,
                _ => Kind::Namespace,
            };
            let grants = self.schema.initial_grants.entry((kind, row.schema)).or_default();
            grants.insert(row.grantee, row.rights.each().collect());
        }
        Ok(())
    }
}
