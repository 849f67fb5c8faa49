//! TypeScript types as a tree, laid out as the real service's formatter does: lines of 80 characters, no semicolons.

const WIDTH: usize = 80;

#[derive(Clone, Debug)]
pub enum Shape {
    Plain(String),
    Union(Vec<Shape>),
    /// Fields with their names, a `?` included. An open object always has a line for each field.
    Object {
        fields: Vec<(String, Shape)>,
        open: bool,
    },
    Array(Box<Shape>),
    /// A shape and a text that it is marked with: `{ … } & "why"`.
    Marked(Box<Shape>, String),
    /// Values in brackets.
    List(Vec<Shape>),
}

impl Shape {
    pub fn plain(text: impl Into<String>) -> Self {
        Self::Plain(text.into())
    }

    pub fn open(fields: Vec<(String, Self)>) -> Self {
        Self::Object { fields, open: true }
    }

    pub fn or_null(self) -> Self {
        match self {
            Self::Plain(text) if text == "unknown" => Self::Plain(text),
            Self::Union(mut shapes) => {
                shapes.push(Self::plain("null"));
                Self::Union(shapes)
            }
            shape => Self::Union(vec![shape, Self::plain("null")]),
        }
    }

    pub fn array(self) -> Self {
        Self::Array(Box::new(self))
    }

    /// On one line, if that can be.
    fn flat(&self) -> Option<String> {
        let all = |shapes: &[Self]| shapes.iter().map(Self::flat).collect::<Option<Vec<_>>>();
        match self {
            Self::Plain(text) => Some(text.clone()),
            Self::Union(shapes) => Some(all(shapes)?.join(" | ")),
            Self::Object { fields, .. } if fields.is_empty() => Some("{}".to_owned()),
            Self::Object { open: true, .. } => None,
            Self::Object { fields, .. } => {
                let fields = fields
                    .iter()
                    .map(|(name, shape)| Some(format!("{name}: {}", shape.flat()?)));
                Some(format!("{{ {} }}", fields.collect::<Option<Vec<_>>>()?.join("; ")))
            }
            Self::Array(shape) => match &**shape {
                Self::Union(_) => Some(format!("({})[]", shape.flat()?)),
                Self::Marked(..) => Some(format!("({})[]", shape.flat()?)),
                _ => Some(format!("{}[]", shape.flat()?)),
            },
            Self::Marked(shape, mark) => Some(format!("{} & {mark}", shape.flat()?)),
            Self::List(shapes) => Some(format!("[{}]", all(shapes)?.join(", "))),
        }
    }

    /// The text behind a name: `indent` is that of the line, `used` what stands on it already.
    pub fn write(&self, indent: usize, used: usize) -> String {
        if let Some(flat) = self.flat().filter(|flat| used + flat.chars().count() <= WIDTH) {
            return format!(" {flat}");
        }
        let margin = " ".repeat(indent);
        match self {
            Self::Plain(text) => format!(" {text}"),
            Self::Object { fields, .. } => {
                let fields: String = fields
                    .iter()
                    .map(|(name, shape)| format!("{margin}  {}\n", field(name, shape, indent + 2)))
                    .collect();
                format!(" {{\n{fields}{margin}}}")
            }
            Self::Array(shape) => format!("{}[]", shape.write(indent, used + 2)),
            Self::Marked(shape, mark) => format!("{} & {mark}", shape.write(indent, used)),
            Self::List(shapes) => {
                let items: String = shapes
                    .iter()
                    .map(|shape| format!("{margin}  {},\n", shape.write(indent + 2, indent + 2).trim_start()))
                    .collect();
                format!(" [\n{items}{margin}]")
            }
            Self::Union(shapes) => {
                if let [object @ Self::Object { .. }, Self::Plain(null)] = shapes.as_slice() {
                    return format!("{} | {null}", object.write(indent, used));
                }
                let pipe = |shape: &Self| {
                    let shape = shape.write(indent + 4, indent + 4);
                    format!("\n{margin}  | {}", shape.trim_start())
                };
                shapes.iter().map(pipe).collect()
            }
        }
    }
}

/// `name: shape`, beginning on a line with this indent.
pub fn field(name: &str, shape: &Shape, indent: usize) -> String {
    let used = indent + name.chars().count() + 2;
    format!("{name}:{}", shape.write(indent, used))
}

/// A name as the name of a field, in quotes where it must be.
pub fn name(name: &str) -> String {
    let mut characters = name.chars();
    let starts = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '$');
    let plain = characters.next().is_some_and(starts) && characters.all(|c| starts(c) || c.is_ascii_digit());
    if plain { name.to_owned() } else { text(name) }
}

pub fn text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_a_line_is_broken() {
        let long = Shape::Plain("x".repeat(60));
        let union = Shape::Union(vec![long.clone(), Shape::plain("null")]);
        assert_eq!(field("a", &union, 2), format!("a: {} | null", "x".repeat(60)));
        assert_eq!(
            field("a_longer_name", &union, 2),
            format!("a_longer_name:\n    | {}\n    | null", "x".repeat(60))
        );
        let object = Shape::Object {
            fields: vec![("b?".to_owned(), long)],
            open: false,
        };
        assert_eq!(field("a", &object, 0), format!("a: {{ b?: {} }}", "x".repeat(60)));
        assert_eq!(
            field("args", &object.clone(), 10),
            format!("args: {{\n            b?: {}\n          }}", "x".repeat(60))
        );
        assert_eq!(
            field("a", &Shape::open(Vec::new()).or_null().array(), 0),
            "a: ({} | null)[]"
        );
    }

    #[test]
    fn names_are_quoted_where_they_must_be() {
        assert_eq!(
            (name("user_id"), name("user-id"), name("2nd")),
            ("user_id".into(), "\"user-id\"".into(), "\"2nd\"".into())
        );
    }
}
