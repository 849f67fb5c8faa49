//! A schema's functions as TypeScript types.

use super::{
    layout::{Shape, name, text},
    typescript::{Fields, Writer, sorted},
};
use crate::schema::model::{Argument, Mode, Routine, TypeName};

impl Writer<'_> {
    /// The functions that PostgREST can call.
    pub(super) fn callable(&self, schema: &str) -> Vec<&Routine> {
        let json_or_text = |kind: &TypeName| !kind.array && matches!(kind.name.as_str(), "json" | "jsonb" | "text");
        let routines = self.schema.routines().filter(|routine| {
            let inputs: Vec<_> = routine
                .arguments
                .iter()
                .filter(|argument| argument.mode.is_input())
                .collect();
            let unnamed = |argument: &&&Argument| argument.name.is_empty();
            let alone = inputs.len() == 1
                && inputs
                    .iter()
                    .all(|input| json_or_text(&input.type_name) || input.type_name.row);
            routine.schema == schema
                && !routine.procedure
                && !matches!(routine.returns.name.as_str(), "trigger" | "event_trigger")
                && (alone
                    || inputs
                        .iter()
                        .filter(unnamed)
                        .all(|input| input.has_default && json_or_text(&input.type_name)))
        });
        sorted(routines, |routine| &routine.name)
    }

    pub(super) fn functions(&self, schema: &str) -> Fields {
        let mut named: Vec<(String, Vec<Shape>)> = Vec::new();
        for routine in self.callable(schema) {
            // One that computes a plain value from a row is a column, and no function to call.
            if matches!(routine.arguments.as_slice(), [only] if only.name.is_empty() && only.type_name.row)
                && !routine.returns.row
            {
                continue;
            }
            let signature = self.signature(routine);
            match named.last_mut().filter(|(known, _)| *known == routine.name) {
                Some((_, signatures)) => signatures.push(signature),
                None => named.push((routine.name.clone(), vec![signature])),
            }
        }
        let one = |mut signatures: Vec<Shape>| match signatures.pop() {
            Some(only) if signatures.is_empty() => only,
            last => {
                signatures.extend(last);
                Shape::Union(signatures)
            }
        };
        named
            .into_iter()
            .map(|(routine, signatures)| (name(&routine), one(signatures)))
            .collect()
    }

    fn signature(&self, routine: &Routine) -> Shape {
        let inputs = sorted(
            routine.arguments.iter().filter(|argument| argument.mode.is_input()),
            |argument| &argument.name,
        );
        let fields = inputs.iter().map(|input| {
            let mark = if input.has_default { "?" } else { "" };
            (format!("{}{mark}", name(&input.name)), self.kind(&input.type_name))
        });
        let args = if inputs.is_empty() {
            Shape::plain("never")
        } else {
            Shape::Object {
                fields: fields.collect(),
                open: false,
            }
        };
        let row = routine.returns.row || routine.returns.composite;
        let many = routine.rows > 1.0;
        let mut returns = self.returned(routine);
        if routine.returns_set && (many || !row) {
            returns = returns.array();
        }
        let mut fields = vec![("Args".to_owned(), args), ("Returns".to_owned(), returns)];
        if row {
            let from = match routine.arguments.as_slice() {
                [only] if only.type_name.row => only.type_name.name.as_str(),
                _ => "*",
            };
            let one = !many || from != "*" && !routine.returns_set;
            fields.push((
                "SetofOptions".to_owned(),
                Shape::open(vec![
                    ("from".to_owned(), Shape::plain(text(from))),
                    ("to".to_owned(), Shape::plain(text(&routine.returns.name))),
                    ("isOneToOne".to_owned(), Shape::plain(one.to_string())),
                    (
                        "isSetofReturn".to_owned(),
                        Shape::plain(routine.returns_set.to_string()),
                    ),
                ]),
            ));
        }
        Shape::Object { fields, open: false }
    }

    /// What one row of a function's result is.
    pub(super) fn returned(&self, routine: &Routine) -> Shape {
        let columns: Vec<_> = routine
            .arguments
            .iter()
            .filter(|argument| argument.mode == Mode::Table)
            .collect();
        if !columns.is_empty() {
            let columns = sorted(columns, |column| &column.name).into_iter();
            let fields = columns.map(|column| (name(&column.name), self.kind(&column.type_name)));
            return Shape::open(fields.collect());
        }
        let returns = &routine.returns;
        let relation = (self.schema.relations())
            .find(|relation| returns.row && relation.schema == returns.schema && relation.name == returns.name)
            .filter(|relation| relation.schema == routine.schema && !returns.array);
        match relation {
            Some(relation) => Shape::open(self.row(relation)),
            None => self.kind(returns),
        }
    }
}
