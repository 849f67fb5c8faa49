//! Several secrets of one project's functions: what is new, what changes, what is the same already.

use std::{future::Future, pin::Pin};

use management_api::{
    OperationId,
    secrets::{CreateSecrets, ListSecrets, NewSecret, SECRETS_AT_ONCE},
};
use sha2::{Digest, Sha256};

use super::{Plan, PlanRow, Step};
use crate::{
    backend::{BackendHandle, narrow},
    error::ConsoleError,
    form::Sent,
    paths,
    ui::Mark,
};

/// Fields: `ref`, and any number of `name` and `value` in turn.
pub(super) fn draw_up(
    sent: Sent,
    backend: BackendHandle,
) -> Pin<Box<dyn Future<Output = Result<Plan, ConsoleError>> + Send>> {
    Box::pin(async move {
        let project = sent.text("ref").unwrap_or_default().to_owned();
        let there = narrow(
            &backend,
            &ListSecrets {
                project: project.clone(),
            },
        )
        .await?;
        let (mut rows, mut secrets) = (Vec::new(), Vec::new());
        for (name, value) in sent
            .all("name")
            .zip(sent.all("value"))
            .filter(|(name, _)| !name.is_empty())
        {
            let old = there.iter().find(|secret| secret.name == name);
            let mark = match old {
                None => Mark::Added,
                Some(old) if old.digest == hex(value) => Mark::Same,
                Some(_) => Mark::Changed,
            };
            let step = (mark != Mark::Same).then_some(secrets.len() / SECRETS_AT_ONCE);
            rows.push(PlanRow {
                mark,
                name: name.to_owned(),
                place: None,
                remark: String::new(),
                step,
            });
            if step.is_some() {
                secrets.push(NewSecret {
                    name: name.to_owned(),
                    value: value.to_owned().into(),
                });
            }
        }
        let act = format!("Send {} secrets", secrets.len());
        let steps = secrets.chunks(SECRETS_AT_ONCE).map(|part| {
            let operation = CreateSecrets {
                project: project.clone(),
                secrets: part.to_vec(),
            };
            let parameters = serde_json::to_value(operation).unwrap_or_default();
            Step::new(
                OperationId::CreateSecrets,
                format!("Set {} secrets", part.len()),
                parameters,
            )
        });
        Ok(Plan::new(
            format!("{}/secrets", paths::project(&project)),
            act,
            rows,
            steps.collect(),
        ))
    })
}

fn hex(value: &str) -> String {
    Sha256::digest(value).iter().map(|byte| format!("{byte:02x}")).collect()
}
