//! Plans: a change that takes several calls. It is drawn up from a form, shown before anything is sent, and then made
//! call by call, each with what came of it.
//!
//! What the calls are made with may be secret: it stays on the server, sealed, until the call was made, and never comes
//! back to the browser. A form that draws a plan up posts to `/plans/<kind>` and is answered by the page with `?plan=<id>`,
//! which holds [`PlanPanel`](crate::components::plan::PlanPanel).

pub mod claim;
pub mod document;
pub mod drift;
pub mod functions;
mod functions_delete;
pub mod functions_elsewhere;
mod kind;
pub mod migrations;
mod reach;
pub mod secrets;
pub mod secrets_across;
mod secrets_delete;
pub mod settings;
pub mod settings_across;

use management_api::{OperationId, SecretJson};
use serde::{Deserialize, Serialize};

pub use self::kind::Kind;
use crate::{
    error::ConsoleError,
    form::{Sent, together},
    outcome::Question,
    paths,
    settings::change::AreaChange,
    ui::Mark,
};

/// The parameter of a page's address that names the plan to be shown.
pub const PLAN: &str = "plan";

/// The parameter of a page's address that names the plan whose changes stand in its form.
pub const EDIT: &str = "edit";
/// Before the name of a setting that somebody else has changed meanwhile: which value is to be, `mine` or `theirs`.
pub const SETTLE: &str = "_settle.";

/// A change of several calls.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// The path of the page that shows it.
    pub page: String,
    /// What its button says, such as "Send 5 secrets".
    pub act: String,
    /// What becomes of each thing, in the order in which they are shown: what needs a decision first.
    pub rows: Vec<PlanRow>,
    /// The calls, in their order. A call that fails keeps those after it from being made that are about the same place,
    /// unless they delete something.
    pub steps: Vec<Step>,
    #[serde(default)]
    pub phase: Phase,
    /// Whether a call that fails keeps all after it from being made.
    #[serde(default)]
    pub halts: bool,
    /// Whether somebody has stopped it before its end.
    #[serde(default)]
    pub stopped: bool,
}

/// What becomes of one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanRow {
    pub mark: Mark,
    pub name: String,
    /// The project that it is in, where the plan is about several.
    #[serde(default)]
    pub place: Option<String>,
    /// Why it is refused, or what else there is to say.
    #[serde(default)]
    pub remark: String,
    /// Which of the steps does it; `None` where nothing is done.
    #[serde(default)]
    pub step: Option<usize>,
}

/// One call of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    pub operation: OperationId,
    /// What it does, such as "Set 100 secrets of Shop".
    pub label: String,
    /// What it is called with; `None` once it was made, and wherever a plan is only shown.
    pub parameters: Option<SecretJson>,
    /// Where a deployment takes its files from.
    #[serde(default)]
    pub files: Option<FilesFrom>,
    #[serde(default)]
    pub state: State,
    /// What becomes of each setting, where it changes a configuration.
    #[serde(default)]
    pub change: Option<AreaChange>,
    /// What is asked before it is made, as far as a box answers it and as it stood when the plan was drawn up.
    #[serde(default)]
    pub asks: Option<Question>,
}

/// A function whose files another project is to have. They are read when the call is made, and pass through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilesFrom {
    pub project: String,
    pub slug: String,
    /// The version that was seen when the plan was drawn up, and that which it goes over; `None` where there is none yet.
    pub version: i64,
    pub over: Option<i64>,
}

/// What came of a call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    #[default]
    Waiting,
    Sending,
    Done,
    Failed(ConsoleError),
    /// Steward ended while it was under way.
    Unknown,
}

/// How far a plan is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    /// Shown, and nothing was sent.
    #[default]
    Drawn,
    Running,
    Ended,
}

impl Step {
    pub fn new(operation: OperationId, label: impl Into<String>, parameters: serde_json::Value) -> Self {
        Self {
            operation,
            label: label.into(),
            parameters: Some(parameters.into()),
            files: None,
            state: State::Waiting,
            change: None,
            asks: None,
        }
    }

    /// Leaves these settings as they are.
    pub fn leave_out(&mut self, settings: &[&str]) {
        if let (Some(change), Some(parameters)) = (&self.change, &self.parameters) {
            let (change, parameters) = change.without(self.operation, settings, parameters);
            (self.change, self.parameters) = (Some(change), Some(parameters));
        }
    }

    /// Whether it was sent, and nobody knows whether it was done.
    pub fn is_uncertain(&self) -> bool {
        match &self.state {
            State::Unknown => true,
            State::Failed(error) => matches!(error, ConsoleError::Uncertain { .. }),
            State::Waiting | State::Sending | State::Done => false,
        }
    }

    /// Whether it is made when the plan is carried out, for the first time or again.
    pub fn is_left(&self) -> bool {
        match self.state {
            State::Waiting | State::Failed(_) | State::Unknown => true,
            State::Sending | State::Done => false,
        }
    }
}

impl Plan {
    pub fn new(page: impl Into<String>, act: impl Into<String>, rows: Vec<PlanRow>, steps: Vec<Step>) -> Self {
        Self {
            page: page.into(),
            act: act.into(),
            rows,
            steps,
            phase: Phase::Drawn,
            halts: false,
            stopped: false,
        }
    }

    /// The address that shows the plan with this id.
    pub fn address(&self, id: &str) -> String {
        format!("{}?{PLAN}={id}", self.page)
    }

    /// The address that shows its changes in the form that they come from; `None` where there is none.
    pub fn edit(&self, id: &str) -> Option<String> {
        let change = self.steps.first()?.change.as_ref()?;
        let form = paths::settings(&change.project, &change.area);
        (self.page == form).then(|| format!("{form}?{EDIT}={id}"))
    }

    /// The plan without what its calls are made with, fit to be shown.
    #[must_use]
    pub fn shown(mut self) -> Self {
        for step in &mut self.steps {
            step.parameters = None;
        }
        self
    }

    /// What a box must say yes to before the calls that are left are made.
    pub fn question(&self) -> Option<Question> {
        let left = self.steps.iter().filter(|step| step.is_left());
        together(left.filter_map(|step| step.asks.clone()).collect())
    }

    /// The operations that its calls are of, each once.
    pub fn operations(&self) -> Vec<OperationId> {
        let mut all = Vec::new();
        for step in &self.steps {
            if !all.contains(&step.operation) {
                all.push(step.operation);
            }
        }
        all
    }

    /// The plan once it is chosen which value is to be, where somebody else has changed one meanwhile.
    ///
    /// # Errors
    /// [`ConsoleError::Invalid`], which names a setting that nothing was chosen for.
    pub fn settled(mut self, sent: &Sent) -> Result<Self, ConsoleError> {
        for step in &mut self.steps {
            let Some(change) = step.change.clone() else { continue };
            let mut left = Vec::new();
            for one in change.settings.iter().filter(|one| one.is_conflict()) {
                let field = format!("{SETTLE}{}", one.name);
                match sent.text(&field) {
                    Some("mine") => {}
                    Some("theirs") => left.push(one.name.as_str()),
                    Some(_) | None => {
                        return Err(ConsoleError::invalid(
                            field.as_str(),
                            format!(
                                "Nothing was sent: somebody else has changed {} meanwhile. Choose which value is to be.",
                                one.name
                            ),
                        ));
                    }
                }
            }
            step.leave_out(&left);
            if let Some(change) = &mut step.change {
                change.settings.iter_mut().for_each(|one| one.opened = None);
            }
        }
        self.drop_empty();
        Ok(self)
    }

    /// Leaves these settings as they are, wherever they stand.
    pub fn leave_out(&mut self, left: &[&str]) {
        self.steps.iter_mut().for_each(|step| step.leave_out(left));
        self.drop_empty();
        self.act = settings::act(&self.steps);
    }

    /// Leaves these projects as they are.
    pub fn leave_projects_out(&mut self, left: &[&str]) {
        let is_left = |step: &Step| {
            step.change
                .as_ref()
                .is_some_and(|change| left.contains(&change.project.as_str()))
        };
        let mut kept = 0..;
        let places: Vec<Option<usize>> = self
            .steps
            .iter()
            .map(|step| (!is_left(step)).then(|| kept.next()).flatten())
            .collect();
        self.rows.retain_mut(|row| match row.step {
            None => true,
            Some(at) => {
                row.step = places.get(at).copied().flatten();
                row.step.is_some()
            }
        });
        self.steps.retain(|step| !is_left(step));
        self.act = settings_across::act(self.steps.len());
    }

    /// Drops the calls that would change no setting any more.
    fn drop_empty(&mut self) {
        self.steps
            .retain(|step| step.change.as_ref().is_none_or(|change| !change.settings.is_empty()));
    }

    /// Where Steward ended in the middle: what was under way may have been done or not.
    #[must_use]
    pub fn interrupted(mut self) -> Self {
        for step in &mut self.steps {
            if step.state == State::Sending {
                step.state = State::Unknown;
            }
        }
        self.phase = Phase::Ended;
        self
    }
}
