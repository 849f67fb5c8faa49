//! Explain: PostgreSQL's plan for a statement, as a tree of what it does.

use serde_json::{Map, Value};

/// A plan, and what all of it took where it was run.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    pub root: Node,
    /// Milliseconds; `None` where it was only planned.
    pub planning: Option<f64>,
    pub execution: Option<f64>,
}

/// A step of the plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// Such as `Seq Scan`.
    pub kind: String,
    /// What it reads: a table, an index, a function.
    pub on: String,
    /// Rows that it was expected to give, each time it runs.
    pub expected: f64,
    /// Rows that it gave, on average of its runs; `None` where it was not run.
    pub gave: Option<f64>,
    pub runs: f64,
    /// In the planner's own unit, with all below it.
    pub cost: f64,
    /// Milliseconds of all its runs, with all below it; and without.
    pub took: Option<f64>,
    pub own: Option<f64>,
    /// What else is worth knowing: conditions, and rows that they removed.
    pub facts: Vec<(String, String)>,
    pub below: Vec<Node>,
}

/// Which of a step's own words are told.
const FACTS: &[&str] = &[
    "Filter",
    "Index Cond",
    "Recheck Cond",
    "Hash Cond",
    "Merge Cond",
    "Join Filter",
    "Sort Key",
    "Group Key",
    "Sort Method",
    "Rows Removed by Filter",
    "Rows Removed by Join Filter",
    "Rows Removed by Index Recheck",
    "Heap Fetches",
    "Workers Launched",
    "Subplan Name",
];

impl Explained {
    /// What `explain (format json)` has given; `None` where it is something else.
    pub fn read(value: &Value) -> Option<Self> {
        let one = value.as_array()?.first()?.as_object()?;
        let number = |name: &str| one.get(name).and_then(Value::as_f64);
        Some(Self {
            root: Node::read(one.get("Plan")?.as_object()?, 0)?,
            planning: number("Planning Time"),
            execution: number("Execution Time"),
        })
    }
}

/// Plans nest; nobody reads one that is deeper.
const DEEPEST: usize = 100;

impl Node {
    fn read(plan: &Map<String, Value>, depth: usize) -> Option<Self> {
        if depth > DEEPEST {
            return None;
        }
        let number = |name: &str| plan.get(name).and_then(Value::as_f64);
        let word = |name: &str| plan.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let below = plan.get("Plans").and_then(Value::as_array).into_iter().flatten();
        let below: Vec<Node> = below
            .filter_map(|one| Self::read(one.as_object()?, depth + 1))
            .collect();
        let runs = number("Actual Loops").unwrap_or(1.0);
        // PostgreSQL tells the time of one run, on average.
        let took = number("Actual Total Time").map(|time| time * runs);
        let inner: f64 = below.iter().filter_map(|node| node.took).sum();
        let fact = |name: &&str| {
            let text = match plan.get(*name)? {
                Value::Null => return None,
                Value::String(text) => text.clone(),
                Value::Array(parts) => parts
                    .iter()
                    .map(|part| part.as_str().map_or_else(|| part.to_string(), str::to_owned))
                    .collect::<Vec<_>>()
                    .join(", "),
                other => other.to_string(),
            };
            Some(((*name).to_owned(), text))
        };
        let names = ["Index Name", "Relation Name", "Function Name", "CTE Name"].map(word);
        let on: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
        Some(Self {
            kind: [word("Join Type"), word("Strategy"), word("Node Type")]
                .into_iter()
                .filter(|part| !part.is_empty() && part != "Plain" && part != "Inner")
                .collect::<Vec<_>>()
                .join(" "),
            on: on.join(" on "),
            expected: number("Plan Rows").unwrap_or_default(),
            gave: number("Actual Rows"),
            runs,
            cost: number("Total Cost").unwrap_or_default(),
            own: took.map(|took| (took - inner).max(0.0)),
            took,
            facts: FACTS.iter().filter_map(fact).collect(),
            below,
        })
    }

    /// How far the planner was from what came, where that is tenfold or more and not about a handful of rows: `40× under`.
    pub fn misjudged(&self) -> Option<String> {
        let (expected, gave) = (self.expected.max(1.0), self.gave?.max(1.0));
        let (ratio, word) = if gave >= expected {
            (gave / expected, "under")
        } else {
            (expected / gave, "over")
        };
        (ratio >= 10.0 && expected.max(gave) >= 100.0).then(|| format!("{ratio:.0}\u{d7} {word}"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_plan_becomes_a_tree_with_the_time_of_each_step() {
        let plan = json!([{ "Plan": {
            "Node Type": "Hash Join", "Join Type": "Left", "Plan Rows": 10, "Actual Rows": 4000, "Actual Loops": 1,
            "Actual Total Time": 10.0, "Total Cost": 99.5, "Hash Cond": "(a.id = b.a)",
            "Plans": [{ "Node Type": "Index Scan", "Relation Name": "a", "Index Name": "a_pkey", "Plan Rows": 1, "Actual Rows": 1,
                "Actual Loops": 3, "Actual Total Time": 2.0, "Total Cost": 1.0, "Sort Key": ["a", "b"] }],
        }, "Planning Time": 0.5, "Execution Time": 10.5 }]);
        let explained = Explained::read(&plan).unwrap();
        let root = &explained.root;
        assert_eq!(
            (root.kind.as_str(), root.took, root.own),
            ("Left Hash Join", Some(10.0), Some(4.0))
        );
        assert_eq!(root.misjudged().as_deref(), Some("400\u{d7} under"));
        assert_eq!(root.below[0].on, "a_pkey on a");
        assert_eq!(root.below[0].took, Some(6.0), "three runs of two");
        assert_eq!(root.below[0].facts, [("Sort Key".to_owned(), "a, b".to_owned())]);
        assert_eq!((explained.planning, explained.execution), (Some(0.5), Some(10.5)));
    }

    #[test]
    fn what_was_only_planned_has_no_times_and_anything_else_is_no_plan() {
        let plan = json!([{ "Plan": { "Node Type": "Result", "Plan Rows": 1, "Total Cost": 0.01 } }]);
        let root = Explained::read(&plan).unwrap().root;
        assert_eq!(
            (root.gave, root.took, root.own, root.misjudged()),
            (None, None, None, None)
        );
        for other in [json!(null), json!([]), json!([{ "a": 1 }]), json!("Seq Scan")] {
            assert_eq!(Explained::read(&other), None);
        }
    }
}
