//! From ClickHouse's dialect, in which logs are asked, to PostgreSQL's, which answers.
//!
//! The question is parsed; what is not one query over `logs` is refused, and so is every function that is not among those
//! below. What is left is written again with other names.

use std::ops::ControlFlow;

use sqlparser::{
    ast::{
        AccessExpr, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, GroupByExpr, Ident, ObjectName,
        Query as Parsed, Select, SelectItem, SetExpr, Statement, Subscript, Value, VisitMut, VisitorMut,
    },
    dialect::{ClickHouseDialect, PostgreSqlDialect},
    parser::Parser,
};

/// A query in PostgreSQL's dialect.
#[derive(Debug, PartialEq, Eq)]
pub struct Query {
    pub text: String,
    /// The texts in it: among them are the sources that it asks for, if it names any.
    pub texts: Vec<String>,
    /// The attributes that it reads; `None` where it asks for the whole map.
    pub attributes: Option<Vec<String>>,
}

/// Functions that both have under one name, or PostgreSQL by `logs.sql`, in lower case.
#[rustfmt::skip]
const SAME: &[&str] = &[
    // Of many rows.
    "sum", "avg", "min", "max",
    // Texts.
    "lower", "upper", "length", "concat", "substring", "left", "right", "reverse", "match", "startswith", "endswith",
    "empty", "notempty", "mapcontains", "mapkeys",
    // Numbers.
    "abs", "round", "floor", "ceil", "greatest", "least", "coalesce", "nullif", "intdiv", "toint32", "toint64", "tofloat64",
    "tostring",
    // Times.
    "tostartofminute", "tostartoffiveminutes", "tostartoftenminutes", "tostartoffifteenminutes", "tostartofhour",
    "tostartofday", "tostartofinterval", "todate", "todatetime", "todatetime64", "parsedatetimebesteffort",
    "tounixtimestamp", "tounixtimestamp64milli", "tounixtimestamp64micro", "subtractminutes", "subtracthours",
    "subtractdays", "datediff",
];

/// Translates one query; `now` is the time in PostgreSQL's writing.
///
/// # Errors
/// What is wrong with it, for the person who wrote it.
pub fn translate(sql: &str, now: &str) -> Result<Query, String> {
    let mut statements = Parser::parse_sql(&ClickHouseDialect {}, sql).map_err(|error| error.to_string())?;
    if statements.len() > 1 {
        return Err("Only one statement can be run at a time.".to_owned());
    }
    let Some(Statement::Query(query)) = statements.first_mut() else {
        return Err("Only SELECT statements can be run.".to_owned());
    };
    let mut rewriting = Rewriting {
        now,
        known: vec!["logs".to_owned()],
        texts: Vec::new(),
        attributes: Vec::new(),
        maps: 0,
    };
    match query.visit(&mut rewriting) {
        ControlFlow::Break(message) => Err(message),
        ControlFlow::Continue(()) => Ok(Query {
            text: query.to_string(),
            texts: rewriting.texts,
            attributes: (rewriting.maps == 0).then_some(rewriting.attributes),
        }),
    }
}

struct Rewriting<'a> {
    now: &'a str,
    /// Names that rows can be taken from.
    known: Vec<String>,
    texts: Vec<String>,
    attributes: Vec<String>,
    /// How often the map is named, but for one attribute of it.
    maps: usize,
}

/// The column that is a map of texts.
const MAP: &str = "log_attributes";

/// Something of PostgreSQL's.
fn written(text: &str) -> Result<Expr, String> {
    let parser = Parser::new(&PostgreSqlDialect {}).try_with_sql(text);
    parser
        .and_then(|mut parser| parser.parse_expr())
        .map_err(|error| error.to_string())
}

/// What stands between the parentheses, in PostgreSQL's writing.
fn list(arguments: &FunctionArguments) -> Result<Vec<String>, String> {
    match arguments {
        FunctionArguments::None => Ok(Vec::new()),
        FunctionArguments::Subquery(_) => Err("A function cannot take a query.".to_owned()),
        FunctionArguments::List(list) => {
            if list.args.iter().any(is_wildcard) {
                return Err("`*` is not supported: name the columns, and count rows by `count()`.".to_owned());
            }
            Ok(list.args.iter().map(ToString::to_string).collect())
        }
    }
}

fn is_wildcard(argument: &FunctionArg) -> bool {
    let expression = match argument {
        FunctionArg::Named { arg, .. } | FunctionArg::ExprNamed { arg, .. } | FunctionArg::Unnamed(arg) => arg,
    };
    !matches!(expression, FunctionArgExpr::Expr(_))
}

fn literal(expression: &Expr) -> Option<&str> {
    match expression {
        Expr::Value(value) => match &value.value {
            Value::SingleQuotedString(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

impl Rewriting<'_> {
    fn expression(&mut self, expression: &mut Expr) -> Result<(), String> {
        let replaced = match expression {
            Expr::Function(function) => self.function(function)?,
            Expr::CompoundFieldAccess { root, access_chain } => Some(self.attribute(root, access_chain)?),
            Expr::Interval(interval) => {
                let unit = interval.leading_field.as_ref().map(ToString::to_string);
                let value = interval.value.to_string();
                let text = format!("{} {}", value.trim_matches('\''), unit.unwrap_or_default());
                Some(format!("interval '{}'", text.replace('\'', "").trim()))
            }
            Expr::Identifier(name) => {
                self.maps += usize::from(name.value == MAP);
                quote(name);
                None
            }
            Expr::CompoundIdentifier(names) => {
                self.maps += usize::from(names.last().is_some_and(|name| name.value == MAP));
                names.iter_mut().for_each(quote);
                None
            }
            Expr::Value(_) => {
                self.texts.extend(literal(expression).map(str::to_owned));
                None
            }
            Expr::Wildcard(_) | Expr::QualifiedWildcard(..) => {
                return Err("`select *` is not supported: name the columns.".to_owned());
            }
            _ => None,
        };
        if let Some(text) = replaced {
            *expression = written(&text)?;
        }
        Ok(())
    }

    /// One attribute of the map of texts, which may be named after its table: that is parsed as a column `log_attributes` of
    /// a column.
    fn attribute(&mut self, root: &Expr, access_chain: &[AccessExpr]) -> Result<String, String> {
        let (map, index) = match access_chain {
            [AccessExpr::Subscript(Subscript::Index { index })] => (root.to_string(), index),
            [
                AccessExpr::Dot(column),
                AccessExpr::Subscript(Subscript::Index { index }),
            ] => (format!("{root}.{column}"), index),
            _ => {
                return Err(
                    "An attribute is reached by its whole name, as in log_attributes['request.path'].".to_owned(),
                );
            }
        };
        if let Some(name) = literal(index) {
            self.attributes.push(name.to_owned());
            self.maps = self.maps.saturating_sub(1);
        }
        Ok(format!("attribute({map}, {index})"))
    }

    /// The function as PostgreSQL has it; `None` where that is the same.
    fn function(&self, function: &Function) -> Result<Option<String>, String> {
        let name = function.name.to_string();
        let (arguments, parameters) = (list(&function.args)?, list(&function.parameters)?);
        let distinct = match &function.args {
            FunctionArguments::List(list) => list.duplicate_treatment.is_some(),
            FunctionArguments::None | FunctionArguments::Subquery(_) => false,
        };
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let only =
            |kind: &str, value: &str, condition: &str| Some(format!("{kind}({value}) FILTER (WHERE {condition})"));
        Ok(match (name.to_lowercase().as_str(), arguments.as_slice()) {
            ("count", []) => Some("count(*)".to_owned()),
            ("count", [_]) => None,
            ("countif", [condition]) => only("count", "*", condition),
            ("sumif", [value, condition]) => only("sum", value, condition),
            ("avgif", [value, condition]) => only("avg", value, condition),
            ("minif", [value, condition]) => only("min", value, condition),
            ("maxif", [value, condition]) => only("max", value, condition),
            ("uniq" | "uniqexact", [value]) => Some(format!("count(DISTINCT {value})")),
            ("any" | "anylast", [value]) => Some(format!("min({value})")),
            ("median", [value]) => Some(format!("percentile_cont(0.5) WITHIN GROUP (ORDER BY {value})")),
            ("quantile", [value]) => {
                let share = parameters.first().map_or("0.5", String::as_str);
                Some(format!("percentile_cont({share}) WITHIN GROUP (ORDER BY {value})"))
            }
            ("grouparray", [value]) => Some(format!("array_agg({value})")),
            ("if", [condition, yes, no]) => Some(format!("CASE WHEN {condition} THEN {yes} ELSE {no} END")),
            ("multiif", cases @ [_, _, .., _]) if cases.len() % 2 == 1 => {
                let (pairs, last) = cases.split_at(cases.len() - 1);
                let pairs = pairs.chunks(2).map(|pair| format!("WHEN {} THEN {}", pair[0], pair[1]));
                Some(format!(
                    "CASE {} ELSE {} END",
                    pairs.collect::<Vec<_>>().join(" "),
                    last[0]
                ))
            }
            ("ifnull", [value, other]) => Some(format!("coalesce({value}, {other})")),
            ("position", [text, part]) => Some(format!("strpos({text}, {part})")),
            ("replaceall" | "replace", [text, part, by]) => Some(format!("replace({text}, {part}, {by})")),
            ("now" | "now64", _) => Some(format!("timestamp '{}'", self.now)),
            ("today", []) => Some(format!("date '{}'", self.now)),
            (
                "toint32orzero" | "toint64orzero" | "toint16orzero" | "touint16orzero" | "touint32orzero"
                | "touint64orzero",
                [text],
            ) => Some(format!("whole({text})")),
            ("tofloat64orzero" | "tofloat32orzero", [text]) => Some(format!("broken({text})")),
            (known, _) if SAME.contains(&known) && !distinct && parameters.is_empty() => None,
            _ => return Err(format!("Unknown function, or not with these arguments: {name}.")),
        })
    }

    fn query(&mut self, query: &mut Parsed) -> Result<(), String> {
        if query.format_clause.is_some() {
            return Err("The format of the answer cannot be chosen.".to_owned());
        }
        query.settings = None;
        for table in query.with.iter().flat_map(|with| &with.cte_tables) {
            self.known.push(table.alias.name.value.to_lowercase());
        }
        each_select(&mut query.body, &mut select)
    }
}

/// Does something with every `select` of a query.
fn each_select(body: &mut SetExpr, act: &mut impl FnMut(&mut Select) -> Result<(), String>) -> Result<(), String> {
    match body {
        SetExpr::Select(select) => act(select),
        SetExpr::SetOperation { left, right, .. } => {
            each_select(left, act)?;
            each_select(right, act)
        }
        // Visited by itself.
        SetExpr::Query(_) => Ok(()),
        _ => Err("Only SELECT statements can be run.".to_owned()),
    }
}

fn select(select: &mut Select) -> Result<(), String> {
    let mut aliases = Vec::new();
    for item in &mut select.projection {
        match item {
            SelectItem::Wildcard(_) | SelectItem::QualifiedWildcard(..) => {
                return Err("`select *` is not supported: name the columns.".to_owned());
            }
            SelectItem::ExprWithAlias { alias, .. } => {
                quote(alias);
                aliases.push(alias.value.clone());
            }
            _ => aliases.push(String::new()),
        }
    }
    // There an alias goes before a column of its name; in PostgreSQL it is the other way round.
    if let GroupByExpr::Expressions(grouped, _) = &mut select.group_by {
        for expression in grouped {
            let Expr::Identifier(name) = &*expression else { continue };
            if let Some(at) = aliases.iter().position(|alias| *alias == name.value) {
                *expression = written(&(at + 1).to_string())?;
            }
        }
    }
    Ok(())
}

/// Names keep their case there, and PostgreSQL folds what stands in no quotes.
fn quote(name: &mut Ident) {
    let folds = name.value.chars().any(|c| c.is_ascii_uppercase());
    if folds || name.quote_style.is_some() {
        name.quote_style = Some('"');
    }
}

impl VisitorMut for Rewriting<'_> {
    type Break = String;

    fn pre_visit_query(&mut self, query: &mut Parsed) -> ControlFlow<String> {
        flow(self.query(query))
    }

    fn pre_visit_relation(&mut self, name: &mut ObjectName) -> ControlFlow<String> {
        let known = self
            .known
            .contains(&name.to_string().trim_matches(['`', '"']).to_lowercase());
        flow(
            known
                .then_some(())
                .ok_or_else(|| format!("Unknown table: {name}. There is one table, logs.")),
        )
    }

    fn post_visit_expr(&mut self, expression: &mut Expr) -> ControlFlow<String> {
        flow(self.expression(expression))
    }
}

fn flow(outcome: Result<(), String>) -> ControlFlow<String> {
    match outcome {
        Ok(()) => ControlFlow::Continue(()),
        Err(message) => ControlFlow::Break(message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(sql: &str) -> String {
        translate(sql, "2026-11-27 12:00:00").unwrap().text
    }

    #[test]
    fn what_people_write_is_what_postgresql_reads() {
        for (sql, expected) in [
            (
                "select id, log_attributes['request.path'] as p from logs where source = 'edge_logs' limit 5",
                "SELECT id, attribute(log_attributes, 'request.path') AS p FROM logs WHERE source = 'edge_logs' LIMIT 5",
            ),
            (
                "select toStartOfMinute(timestamp) as timestamp, count() as n from logs group by timestamp",
                "SELECT toStartOfMinute(timestamp) AS timestamp, count(*) AS n FROM logs GROUP BY 1",
            ),
            (
                "select countIf(toInt32OrZero(log_attributes['a']) >= 500) from logs",
                "SELECT count(*) FILTER (WHERE whole(attribute(log_attributes, 'a')) >= 500) FROM logs",
            ),
            (
                "select quantile(0.95)(toFloat64OrZero(log_attributes['t'])) from logs",
                "SELECT percentile_cont(0.95) WITHIN GROUP (ORDER BY broken(attribute(log_attributes, 't'))) FROM logs",
            ),
            (
                "select id from logs where timestamp > now() - interval 1 hour",
                "SELECT id FROM logs WHERE timestamp > TIMESTAMP '2026-11-27 12:00:00' - INTERVAL '1 HOUR'",
            ),
            (
                "with a as (select id from logs) select id as `My Id` from a",
                "WITH a AS (SELECT id FROM logs) SELECT id AS \"My Id\" FROM a",
            ),
        ] {
            assert_eq!(text(sql), expected);
        }
        let query = translate("select id from logs where source in ('edge_logs', 'auth_logs')", "").unwrap();
        assert_eq!(query.texts, ["edge_logs", "auth_logs"]);
        assert_eq!(query.attributes, Some(Vec::new()));
        for (sql, attributes) in [
            (
                "select l.log_attributes['a'], log_attributes['b.c'] from logs l",
                Some(vec!["a", "b.c"]),
            ),
            ("select log_attributes, log_attributes['a'] from logs", None),
            ("select mapKeys(log_attributes) from logs", None),
        ] {
            let found = translate(sql, "").unwrap().attributes;
            let attributes = attributes.map(|names| names.into_iter().map(str::to_owned).collect::<Vec<_>>());
            assert_eq!(found, attributes, "{sql}");
        }
    }

    #[test]
    fn what_the_service_refuses_is_refused() {
        for sql in [
            "select * from logs",
            "select l.* from logs l",
            "select count(*) from logs",
            "select id from edge_logs",
            "select id from pg_catalog.pg_class",
            "select 1; select 2",
            "delete from logs",
            "create table evil (id int)",
            "select pg_read_file('/etc/passwd')",
            "select set_config('role', 'x', true)",
            "select id from logs format CSV",
            "select id from",
            "",
        ] {
            assert!(translate(sql, "").is_err(), "{sql}");
        }
    }
}
