//! Backups, restore points and their schedule.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Nothing, One, Operation, OperationId, Secret};

/// One daily backup.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Backup {
    pub id: i64,
    pub is_physical_backup: bool,
    /// `COMPLETED`, `FAILED`, `PENDING`, `REMOVED`, `ARCHIVED` or `CANCELLED`.
    pub status: String,
    pub inserted_at: String,
}

/// The span that a point-in-time recovery can reach, in seconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoverySpan {
    #[serde(rename = "earliest_physical_backup_date_unix", default)]
    pub earliest: Option<i64>,
    #[serde(rename = "latest_physical_backup_date_unix", default)]
    pub latest: Option<i64>,
}

/// What a project can be restored from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Backups {
    pub region: String,
    pub walg_enabled: bool,
    pub pitr_enabled: bool,
    pub backups: Vec<Backup>,
    pub physical_backup_data: RecoverySpan,
}

/// Lists the daily backups and tells how far back a point-in-time recovery reaches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListBackups {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListBackups {
    const ID: OperationId = OperationId::ListBackups;
    type Output = Backups;
}

/// Restores the database from a daily backup. What was written since is lost, and the project is away meanwhile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RestorePhysicalBackup {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The backup's number, from the list of backups.
    pub id: i64,
}

impl Operation for RestorePhysicalBackup {
    const ID: OperationId = OperationId::RestorePhysicalBackup;
    type Output = Nothing;
}

/// Restores the database to a moment in the past. What was written since is lost, and the project is away meanwhile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RestorePitrBackup {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The moment, in seconds since 1970.
    #[schemars(range(min = 0))]
    pub recovery_time_target_unix: i64,
}

impl Operation for RestorePitrBackup {
    const ID: OperationId = OperationId::RestorePitrBackup;
    type Output = Nothing;
}

/// A named moment that the database can be set back to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestorePoint {
    pub name: String,
    /// `AVAILABLE`, `PENDING`, `REMOVED` or `FAILED`.
    pub status: String,
    #[serde(default)]
    pub completed_on: Option<String>,
}

/// Shows a restore point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetRestorePoint {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The restore point's name; the newest one where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 20))]
    pub name: Option<String>,
}

impl Operation for GetRestorePoint {
    const ID: OperationId = OperationId::GetRestorePoint;
    type Output = RestorePoint;
}

/// Names the present moment, so that the database can be set back to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateRestorePoint {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// A name of at most 20 characters.
    #[schemars(length(max = 20))]
    pub name: String,
}

impl Operation for CreateRestorePoint {
    const ID: OperationId = OperationId::CreateRestorePoint;
    type Output = RestorePoint;
}

/// When the daily backup runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupSchedule {
    /// Time of day in UTC, `HH:MM:SS`.
    pub schedule_for: String,
    pub updated_at: String,
}

/// Shows at what time the daily backup runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetBackupSchedule {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetBackupSchedule {
    const ID: OperationId = OperationId::GetBackupSchedule;
    type Output = BackupSchedule;
}

/// Moves the daily backup to another time of day: at most three times in 24 hours.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateBackupSchedule {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// Time of day in UTC, such as `03:30:00`.
    #[schemars(regex(pattern = r"^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"))]
    pub schedule_for: String,
}

impl Operation for UpdateBackupSchedule {
    const ID: OperationId = OperationId::UpdateBackupSchedule;
    type Output = BackupSchedule;
}

/// Sets the database back to a restore point. What was written since is lost, and the project is away meanwhile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UndoToRestorePoint {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The restore point's name.
    #[schemars(length(max = 20))]
    pub name: String,
}

impl Operation for UndoToRestorePoint {
    const ID: OperationId = OperationId::UndoToRestorePoint;
    type Output = Nothing;
}

/// Asks for the address at which a backup can be fetched as a file. Physical backups have none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DownloadBackup {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The backup's number, from the list of backups.
    pub id: i64,
}

impl Operation for DownloadBackup {
    const ID: OperationId = OperationId::DownloadBackup;
    type Output = One<BackupFile>;

    /// The number stands beside the attributes, of which there are none.
    fn shape(body: &mut Map<String, Value>) {
        if let Some(Value::Object(data)) = body.get_mut("data") {
            let mut attributes = data.remove("attributes").unwrap_or_default();
            data.insert("id".to_owned(), attributes["id"].take());
        }
    }
}

/// Where a backup can be fetched, for a while. Whoever has the address has all data.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BackupFile {
    pub file_url: Secret,
}
