//! A schema's functions as TypeScript types.

use super::{
    layout::{Shape, name, text},
    typescript::{Fields, Writer, compare, sorted},
};
use crate::schema::model::{Argument, Mode, Relation, Routine, RoutineKind, TypeName};

/// Whether it is the row of a table, or what a composite type is, and no array of them.
fn is_record(kind: &TypeName) -> bool {
    !kind.array && (kind.row || kind.composite)
}

fn inputs(routine: &Routine) -> Vec<&Argument> {
    sorted(
        routine.arguments.iter().filter(|argument| argument.mode.is_input()),
        |argument| &argument.name,
    )
}

/// The argument of a function that takes one.
fn only(routine: &Routine) -> Option<&Argument> {
    match inputs(routine).as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

/// Whether PostgREST can call it: by the names of its arguments, or with a whole body or row as the only one.
fn is_called(routine: &Routine) -> bool {
    let whole_body = |kind: &TypeName| !kind.array && matches!(kind.name.as_str(), "json" | "jsonb" | "text");
    let alone = only(routine)
        .is_some_and(|input| input.name.is_empty() && (whole_body(&input.type_name) || is_record(&input.type_name)));
    let named = |input: &&Argument| !input.name.is_empty() || input.has_default && whole_body(&input.type_name);
    alone || inputs(routine).iter().all(named)
}

impl Writer<'_> {
    /// The functions that PostgREST can call.
    fn callable(&self, schema: &str) -> Vec<&Routine> {
        let routines = self.schema.routines().filter(|routine| {
            routine.schema == schema
                && routine.kind == RoutineKind::Function
                && !matches!(routine.returns.name.as_str(), "trigger" | "event_trigger")
                && is_called(routine)
        });
        sorted(routines, |routine| &routine.name)
    }

    /// The functions that PostgREST offers as if they were columns of a table or view.
    pub(super) fn computed(&self, relation: &Relation) -> Fields {
        let routines = self.callable(&relation.schema).into_iter();
        let computed = routines.filter(|routine| {
            only(routine).map(|input| &input.type_name).is_some_and(|kind| {
                kind.row && !kind.array && kind.schema == relation.schema && kind.name == relation.name
            })
        });
        computed
            .map(|routine| (name(&routine.name), self.returned(routine).or_null()))
            .collect()
    }

    pub(super) fn functions(&self, schema: &str) -> Fields {
        let mut named: Vec<(&str, Vec<&Routine>)> = Vec::new();
        for routine in self.callable(schema) {
            match named.last_mut().filter(|(known, _)| *known == routine.name) {
                Some((_, overloads)) => overloads.push(routine),
                None => named.push((&routine.name, vec![routine])),
            }
        }
        named
            .into_iter()
            .map(|(routine, mut overloads)| {
                overloads.sort_by(|one, other| {
                    compare(&one.declared, &other.declared).then_with(|| compare(&one.result, &other.result))
                });
                let signature = |routine: &&Routine| self.signature(routine, &overloads);
                let mut signatures: Vec<Shape> = overloads.iter().map(signature).collect();
                let shape = match signatures.pop() {
                    Some(only) if signatures.is_empty() => only,
                    last => {
                        signatures.extend(last);
                        Shape::Union(signatures)
                    }
                };
                (name(routine), shape)
            })
            .collect()
    }

    fn signature(&self, routine: &Routine, overloads: &[&Routine]) -> Shape {
        let fields = inputs(routine).into_iter().map(|input| {
            let mark = if input.has_default { "?" } else { "" };
            (format!("{}{mark}", name(&input.name)), self.kind(&input.type_name))
        });
        let fields: Fields = fields.collect();
        let args = if fields.is_empty() {
            Shape::plain("Record<PropertyKey, never>")
        } else {
            Shape::Object { fields, open: false }
        };
        let error = conflict(routine, overloads).or_else(|| not_embedded(routine));
        let mut returns = match error {
            Some(error) => Shape::Marked(
                Box::new(Shape::open(vec![("error".to_owned(), Shape::plain("true"))])),
                text(&error),
            ),
            None => self.returned(routine),
        };
        let row = is_record(&routine.returns);
        let many = routine.returns_set && routine.rows > 1.0;
        if routine.returns_set && (many || !row) {
            returns = returns.array();
        }
        let mut fields = vec![("Args".to_owned(), args), ("Returns".to_owned(), returns)];
        if row {
            let from = match routine.arguments.as_slice() {
                [only] if is_record(&only.type_name) => seen_as(&only.type_name),
                _ => "*".to_owned(),
            };
            let one = !many || from != "*" && !routine.returns_set;
            fields.push((
                "SetofOptions".to_owned(),
                Shape::open(vec![
                    ("from".to_owned(), Shape::plain(text(&from))),
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
    fn returned(&self, routine: &Routine) -> Shape {
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

/// The name of a type as a session sees it that looks into `public`.
fn seen_as(kind: &TypeName) -> String {
    match kind.schema.as_str() {
        "public" => kind.name.clone(),
        schema => format!("{schema}.{}", kind.name),
    }
}

/// What is wrong with a function that takes a whole row, and gives what cannot be looked into.
fn not_embedded(routine: &Routine) -> Option<String> {
    let takes_row = only(routine).is_some_and(|input| input.name.is_empty() && is_record(&input.type_name));
    (takes_row && !is_record(&routine.returns)).then(|| {
        format!(
            "the function {}.{} with parameter or with a single unnamed json/jsonb parameter, but no matches were found in \
             the schema cache",
            routine.schema, routine.name
        )
    })
}

/// What is wrong with overloads that PostgREST cannot tell apart: one without arguments beside one that needs none, and
/// one argument of the same name in several types.
fn conflict(routine: &Routine, overloads: &[&Routine]) -> Option<String> {
    let others = || overloads.iter().filter(|other| other.signature != routine.signature);
    let full = format!("{}.{}", routine.schema, routine.name);
    let candidates = match (inputs(routine).as_slice(), only(routine)) {
        ([], _) => {
            let other =
                others().find(|other| only(other).is_some_and(|input| input.name.is_empty() && input.has_default))?;
            format!("{full}(), {full}( => {})", other.returns_word)
        }
        (_, Some(input)) if !input.name.is_empty() => {
            let same = |other: &Argument| other.name == input.name && other.type_oid != input.type_oid;
            let mut all: Vec<&Argument> = others()
                .filter_map(|other| only(other))
                .filter(|other| same(other))
                .collect();
            if all.is_empty() {
                return None;
            }
            all.insert(0, input);
            all.sort_by_key(|argument| argument.type_oid);
            let all = all
                .iter()
                .map(|one| format!("{full}({} => {})", one.name, one.type_word));
            all.collect::<Vec<_>>().join(", ")
        }
        (_, _) => return None,
    };
    Some(format!(
        "Could not choose the best candidate function between: {candidates}. Try renaming the parameters or the function itself \
         in the database so function overloading can be resolved"
    ))
}
