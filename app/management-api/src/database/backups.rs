//! Backups, restore points and their schedule.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Nothing, Operation, OperationId};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListBackupsAnswerBackup {
    pub id: i64,
    pub is_physical_backup: bool,
    pub status: String,
    pub inserted_at: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListBackupsAnswerPhysicalBackupData {
    #[serde(default)]
    pub earliest_physical_backup_date_unix: Option<i64>,
    #[serde(default)]
    pub latest_physical_backup_date_unix: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListBackupsAnswer {
    pub region: String,
    pub walg_enabled: bool,
    pub pitr_enabled: bool,
    pub backups: Vec<ListBackupsAnswerBackup>,
    pub physical_backup_data: ListBackupsAnswerPhysicalBackupData,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListBackups {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListBackups {
    const ID: OperationId = OperationId::ListBackups;
    type Output = ListBackupsAnswer;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RestorePhysicalBackup {
    #[serde(rename = "ref")]
    pub project: String,
    pub id: i64,
}

impl Operation for RestorePhysicalBackup {
    const ID: OperationId = OperationId::RestorePhysicalBackup;
    type Output = Nothing;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RestorePitrBackup {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(range(min = 0))]
    pub recovery_time_target_unix: i64,
}

impl Operation for RestorePitrBackup {
    const ID: OperationId = OperationId::RestorePitrBackup;
    type Output = Nothing;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RestorePointAnswer {
    pub name: String,
    pub status: String,
    #[serde(default)]
    pub completed_on: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetRestorePoint {
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 20))]
    pub name: Option<String>,
}

impl Operation for GetRestorePoint {
    const ID: OperationId = OperationId::GetRestorePoint;
    type Output = RestorePointAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateRestorePointAnswer {
    pub name: String,
    pub status: String,
    #[serde(default)]
    pub completed_on: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateRestorePoint {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(length(max = 20))]
    pub name: String,
}

impl Operation for CreateRestorePoint {
    const ID: OperationId = OperationId::CreateRestorePoint;
    type Output = CreateRestorePointAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BackupScheduleAnswer {
    pub schedule_for: String,
    pub updated_at: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetBackupSchedule {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetBackupSchedule {
    const ID: OperationId = OperationId::GetBackupSchedule;
    type Output = BackupScheduleAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateBackupScheduleAnswer {
    pub schedule_for: String,
    pub updated_at: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateBackupSchedule {
    #[serde(rename = "ref")]
    pub project: String,
    pub schedule_for: String,
}

impl Operation for UpdateBackupSchedule {
    const ID: OperationId = OperationId::UpdateBackupSchedule;
    type Output = UpdateBackupScheduleAnswer;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UndoToRestorePoint {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(length(max = 20))]
    pub name: String,
}

impl Operation for UndoToRestorePoint {
    const ID: OperationId = OperationId::UndoToRestorePoint;
    type Output = Nothing;
}
