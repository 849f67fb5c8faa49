//! What is going to be done to a database, and the question that comes of it: a box for each thing that loses rows, one for
//! all else, and a name to be typed where something is lost.

use management_api::OperationId;

use super::{
    Count, Pending,
    held::{Held, lost},
};
use crate::{
    form::yes_to,
    outcome::{Question, Tick},
    sql::{Act, acts, summed},
};

/// So many boxes stand for one thing each; what is beyond them shares one.
const BOXES: usize = 20;

/// Something that will be done, and the version of the migration that does it, where it is one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    act: Act,
    migration: Option<String>,
}

/// All that will be done to a database.
#[derive(Clone, Debug, Default)]
pub struct Doing {
    steps: Vec<Step>,
    /// All the SQL: a yes holds for this and for no other.
    about: String,
}

impl Doing {
    /// What `diff` does, the difference that is left in the end; one that could not be read may do anything.
    pub async fn add_diff<E>(&mut self, diff: Result<&str, E>) {
        match diff {
            Ok(diff) => {
                self.about.push_str(diff);
                let acts = acts(diff).await;
                acts.into_iter().for_each(|act| self.add(act, None));
            }
            Err(_) => {
                let unknown = Act::unknown("may drop anything: what differs could not be read");
                self.add(unknown, None);
            }
        }
    }

    /// What migrations do that will be run; `None` where it is not known which these are.
    pub async fn add_pending(&mut self, pending: Option<&[Pending]>) {
        let Some(pending) = pending else {
            let unknown = Act::unknown("may run migrations that do anything: which are missing could not be read");
            return self.add(unknown, None);
        };
        for Pending { version, sql, .. } in pending {
            self.about.push_str(&format!("\n{version}\n"));
            match sql {
                Some(sql) => {
                    self.about.push_str(sql);
                    let acts = acts(sql).await;
                    acts.into_iter().for_each(|act| self.add(act, Some(version.clone())));
                }
                None => {
                    let unknown = Act::unknown(format!("runs the migration {version}, whose SQL is not known here"));
                    self.add(unknown, None);
                }
            }
        }
    }

    /// What the difference does, the migrations before it do as well: it is asked about once.
    fn add(&mut self, act: Act, migration: Option<String>) {
        let known = |step: &Step| key(&step.act) == key(&act);
        if !self.steps.iter().any(known) {
            self.steps.push(Step { act, migration });
        }
    }

    /// What loses rows, in the order of its boxes.
    pub fn losing(&self) -> Vec<&Act> {
        let losing = self.steps.iter().filter(|step| step.act.loses);
        losing.map(|step| &step.act).collect()
    }

    /// What must be said yes to first; `None` where nothing is lost, rewritten or granted. `on` says what it is done to,
    /// `name` is typed where rows are lost, and `counts` tells how many these are, one for each of [`Self::losing`].
    pub fn question(
        &self,
        (operation, path): (OperationId, &str),
        on: &str,
        name: &str,
        counts: &[Option<Count>],
    ) -> Option<Question> {
        let tick = |does: String, told: String| Tick {
            sure: yes_to(operation, path, &does, &self.about),
            does: told,
        };
        let (losing, rest): (Vec<&Step>, Vec<&Step>) = self.steps.iter().partition(|step| step.act.loses);
        let by = |step: &Step| match &step.migration {
            Some(version) => format!(", by the migration {version}"),
            None => String::new(),
        };
        let mut ticks: Vec<Tick> = losing
            .iter()
            .take(BOXES)
            .enumerate()
            .map(|(at, step)| {
                let count = counts.get(at).and_then(Option::as_ref);
                let count = count.map(|count| format!(": {}", count.told())).unwrap_or_default();
                let (does, by) = (step.act.told(), by(step));
                tick(format!("{does}{by}"), format!("{does} on {on}{by}{count}"))
            })
            .collect();
        for (steps, begins) in [
            (losing.get(BOXES..).unwrap_or_default(), "loses more on"),
            (&*rest, "changes"),
        ] {
            let deeds = summed(steps.iter().map(|step| step.act.clone()).collect());
            if !deeds.is_empty() {
                let deeds: Vec<String> = deeds.into_iter().map(|deed| deed.does).collect();
                let does = format!("{begins} {on}: it {}", deeds.join("; it "));
                ticks.push(tick(does.clone(), does));
            }
        }
        (!ticks.is_empty()).then(|| Question {
            ticks,
            name: (!losing.is_empty()).then(|| name.to_owned()),
        })
    }
}

/// What makes two acts one: a diff names the schema, people leave `public` out.
fn key(act: &Act) -> (&str, &str, &str, &str) {
    fn plain(name: &str) -> &str {
        name.strip_prefix("public.").unwrap_or(name)
    }
    (&act.does, &act.what, plain(&act.name), plain(&act.of))
}

/// What is asked before a branch's database is made anew. `name` is the branch's; `held`: what is in its database, where
/// that was read.
pub fn reset_question(path: &str, name: &str, held: Option<&[Held]>) -> Question {
    let does = "empties the branch\u{2019}s database: every row in it is lost, and every change that is no migration";
    // A yes holds whatever is counted.
    let sure = yes_to(OperationId::ResetBranch, path, does, "");
    let told = format!(
        "empties the branch\u{2019}s database: {}; every change that is no migration is lost, too",
        lost(held)
    );
    Question {
        name: Some(name.to_owned()),
        ..Question::one(told, sure)
    }
}

#[cfg(test)]
mod tests {
    use futures::executor::block_on;

    use super::*;

    const MERGE: (OperationId, &str) = (OperationId::MergeBranch, "/v1/branches/abc/merge");

    fn pending(sql: Option<&str>) -> Pending {
        Pending {
            version: "7".to_owned(),
            name: "n".to_owned(),
            sql: sql.map(str::to_owned),
        }
    }

    fn asked(diff: &str, pending: Option<&[Pending]>) -> (Vec<String>, Option<String>) {
        let mut doing = Doing::default();
        block_on(doing.add_diff(Ok::<_, ()>(diff)));
        block_on(doing.add_pending(pending));
        let question = doing.question(
            MERGE,
            "production",
            "Harbour",
            &[Some(Count::Rows { count: 3, more: false })],
        );
        match question {
            Some(question) => (
                question.ticks.into_iter().map(|tick| tick.does).collect(),
                question.name,
            ),
            None => (Vec::new(), None),
        }
    }

    #[test]
    fn each_thing_that_is_lost_has_a_box_of_its_own() {
        let (ticks, name) = asked(
            "drop table public.a; alter table public.b drop column c; revoke all on public.b from anon; drop policy p on public.b",
            Some(&[pending(Some("drop table a; delete from b"))]),
        );
        assert_eq!(
            ticks,
            [
                "drops the table public.a on production: 3 rows",
                "drops the column c of public.b on production",
                "deletes every row of b on production, by the migration 7",
                "changes production: it takes rights away from anon; it drops the policy p on public.b",
            ]
        );
        assert_eq!(name.as_deref(), Some("Harbour"));
    }

    #[test]
    fn what_only_adds_asks_nothing_and_what_is_not_known_asks() {
        let harmless = [pending(Some("create table a ()"))];
        assert_eq!(asked("create table a ()", Some(&harmless)), (Vec::new(), None));
        let (ticks, name) = asked("", Some(&[pending(None)]));
        assert_eq!(
            ticks,
            ["runs the migration 7, whose SQL is not known here on production: 3 rows"]
        );
        assert!(name.is_some());
        let (ticks, name) = asked("", None);
        assert!(ticks[0].contains("which are missing could not be read"), "{ticks:?}");
        assert!(name.is_some());
        let (_, name) = asked("grant select on a to anon", Some(&[]));
        assert_eq!(name, None);
    }

    #[test]
    fn a_yes_holds_for_the_same_sql_whatever_is_counted() {
        let sures = |sql: &str, counts: &[Option<Count>]| {
            let mut doing = Doing::default();
            block_on(doing.add_diff(Ok::<_, ()>(sql)));
            doing
                .question(MERGE, "production", "", counts)
                .unwrap()
                .ticks
                .remove(0)
                .sure
        };
        let one = sures("drop table a", &[]);
        assert_eq!(one, sures("drop table a", &[Some(Count::Absent)]));
        assert_ne!(one, sures("drop table a; create table b ()", &[]));
    }

    #[test]
    fn many_things_share_a_box() {
        let sql: String = (0..25).map(|at| format!("drop table t{at};")).collect();
        let (ticks, _) = asked(&sql, Some(&[]));
        assert_eq!(ticks.len(), BOXES + 1);
        assert_eq!(
            ticks[BOXES],
            "loses more on production: it drops 5 tables: t20, t21, t22, t23, t24"
        );
    }
}
