//! The 225 rows. Long because it is a table: one look finds an operation, and no row needs another.

use super::{
    Answer, Area,
    Asks::{
        self, Addresses, ChangesFunctions, Each, KeptSql, KeyRole, Merge, Name, PublicFunction, Push, Realtime,
        ReplacesSecrets, Reset, S3, Schemas, Sql, That,
    },
    Body, Effect, Limit, Method, Named,
    Permissions::{self, All, Any},
    Risk::{self, GrantsAccess, OpensNetwork, ReadsData, StopsService},
    Row, Stability,
};

macro_rules! catalogue {
    ($( $id:ident {
        $name:literal $method:ident $path:literal $area:ident $effect:ident $stability:ident $success:literal,
        permissions: $permissions:expr, scope: $scope:expr,
        $( query: $query:expr, )?
        $( body: $body:ident $( ($($of:literal),+) )?, )?
        $( parts: $parts:expr, )?
        $( replaces: $replaces:literal, )?
        $( answer: $answer:ident, )?
        $( limit: $limit:ident, )?
        $( secret_parameters: $secret_parameters:expr, )?
        $( secret_answer: $secret_answer:expr, )?
        $( risks: $risks:expr, )?
        $( asks: $asks:expr, )?
        sentence: $sentence:literal,
    } )*) => {
        /// Every operation of the Management API.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum OperationId { $( $id ),* }

        impl OperationId {
            /// All operations, in the catalogue's order.
            pub const ALL: &'static [OperationId] = &[ $( OperationId::$id ),* ];
        }

        pub(super) static ROWS: &[Row] = &[ $( Row {
            id: OperationId::$id,
            name: $name,
            method: Method::$method,
            path: $path,
            area: Area::$area,
            permissions: $permissions,
            scope: $scope,
            effect: Effect::$effect,
            risks: *first(&[ $( &(&$risks as &[Risk]), )? &(&[] as &[Risk]) ]),
            asks: *first(&[ $( &$asks, )? &Asks::Nothing ]),
            stability: Stability::$stability,
            success: $success,
            query: *first(&[ $( &(&$query as &[&str]), )? &(&[] as &[&str]) ]),
            body: *first(&[ $( &(Body::$body $( ($($of),+) )?), )? &Body::None ]),
            parts: *first(&[ $( &(&$parts as &[&str]), )? &(&[] as &[&str]) ]),
            replaces: *first(&[ $( &$replaces, )? &false ]),
            answer: *first(&[ $( &Answer::$answer, )? &Answer::Json ]),
            limit: *first(&[ $( &Limit::$limit, )? &Limit::Usual ]),
            secret_parameters: first(&[ $( $secret_parameters, )? &[] ]),
            secret_answer: first(&[ $( $secret_answer, )? &[] ]),
            sentence: $sentence,
        } ),* ];
    };
}

/// The value a row gives, or the default that stands behind it.
const fn first<T: ?Sized>(given_then_default: &[&'static T]) -> &'static T {
    given_then_default[0]
}

/// What log drains take to be let in. Whether the service answers it in clear is not known.
const DRAIN_SECRETS: &[&str] = &[
    "api_key",
    "username",
    "password",
    "headers",
    "dsn",
    "api_token",
    "cipher_key",
    "client_key",
    "client_cert",
    "ca_cert",
    "access_key_id",
    "secret_access_key",
];

/// The auth settings that are secrets. They read back as digests, which must never be written back.
const AUTH_SECRETS: &[&str] = &[
    "smtp_pass",
    "security_captcha_secret",
    "sms_messagebird_access_key",
    "sms_textlocal_api_key",
    "sms_twilio_auth_token",
    "sms_twilio_verify_auth_token",
    "sms_vonage_api_secret",
    "hook_mfa_verification_attempt_secrets",
    "hook_password_verification_attempt_secrets",
    "hook_custom_access_token_secrets",
    "hook_send_sms_secrets",
    "hook_send_email_secrets",
    "hook_before_user_created_secrets",
    "hook_after_user_created_secrets",
    "external_apple_secret",
    "external_azure_secret",
    "external_bitbucket_secret",
    "external_discord_secret",
    "external_facebook_secret",
    "external_figma_secret",
    "external_github_secret",
    "external_gitlab_secret",
    "external_google_secret",
    "external_kakao_secret",
    "external_keycloak_secret",
    "external_linkedin_oidc_secret",
    "external_slack_oidc_secret",
    "external_notion_secret",
    "external_slack_secret",
    "external_spotify_secret",
    "external_twitch_secret",
    "external_twitter_secret",
    "external_x_secret",
    "external_workos_secret",
    "external_zoom_secret",
    "nimbus_oauth_client_secret",
];

catalogue! {
    GetPerformanceAdvisors {
        "v1-get-performance-advisors" Get "/v1/projects/{ref}/advisors/performance" Advisors Read Deprecated 200,
        permissions: Any(&["advisors_read"]), scope: Some("database:read"),
        sentence: "read the performance advice for the project {ref}",
    }
    GetSecurityAdvisors {
        "v1-get-security-advisors" Get "/v1/projects/{ref}/advisors/security" Advisors Read Deprecated 200,
        permissions: Any(&["advisors_read"]), scope: Some("database:read"),
        query: ["lint_type"],
        sentence: "read the security advice for the project {ref}",
    }
    RunAdvisors {
        "v2-run-project-advisors" Post "/v2/projects/{ref}/advisors/run" Advisors Read Stable 200,
        permissions: Any(&["advisors_read"]), scope: None,
        body: Data("project_advisors"),
        sentence: "ran checks of the project {ref}",
    }
    GetFunctionStats {
        "v1-get-project-function-combined-stats" Get "/v1/projects/{ref}/analytics/endpoints/functions.combined-stats" Analytics Read Stable 200,
        permissions: Any(&["analytics_usage_read"]), scope: None,
        query: ["interval", "function_id"],
        sentence: "read the statistics of the function {function_id} of the project {ref}",
    }
    QueryLogs {
        "v1-get-project-logs" Get "/v1/projects/{ref}/analytics/endpoints/logs" Analytics Read Stable 200,
        permissions: Any(&["analytics_logs_read"]), scope: Some("analytics:read"),
        query: ["sql", "iso_timestamp_start", "iso_timestamp_end"],
        limit: Usage,
        risks: [ReadsData],
        sentence: "queried the logs of the project {ref}",
    }
    GetApiUsage {
        "v1-get-project-usage-api-count" Get "/v1/projects/{ref}/analytics/endpoints/usage.api-counts" Analytics Read Stable 200,
        permissions: Any(&["analytics_usage_read"]), scope: None,
        query: ["interval"],
        limit: Usage,
        sentence: "read the API requests of the project {ref}",
    }
    GetApiRequestCount {
        "v1-get-project-usage-request-count" Get "/v1/projects/{ref}/analytics/endpoints/usage.api-requests-count" Analytics Read Stable 200,
        permissions: Any(&["analytics_usage_read"]), scope: None,
        limit: Usage,
        sentence: "read the number of API requests of the project {ref}",
    }
    ScrapeMetrics {
        "v1-scrape-project-metrics" Get "/v1/projects/{ref}/analytics/endpoints/metrics" Analytics Read Stable 200,
        permissions: Any(&["analytics_logs_read"]), scope: Some("analytics:read"),
        answer: Text,
        limit: Usage,
        sentence: "read the metrics of the project {ref}",
    }
    QueryLogsBefore {
        "v1-get-project-logs-all" Get "/v1/projects/{ref}/analytics/endpoints/logs.all" Analytics Read Removed 410,
        permissions: Any(&["analytics_logs_read"]), scope: Some("analytics:read"),
        sentence: "asked the removed logs of the project {ref}",
    }
    ListLogDrains {
        "v2-list-log-drains" Get "/v2/projects/{ref}/analytics/log-drains" Analytics Read Stable 200,
        permissions: Any(&["analytics_config_read"]), scope: Some("analytics_config:read"),
        secret_answer: DRAIN_SECRETS,
        sentence: "listed the log drains of the project {ref}",
    }
    CreateLogDrain {
        "v2-create-log-drain" Post "/v2/projects/{ref}/analytics/log-drains" Analytics Costly Stable 201,
        permissions: Any(&["analytics_config_write"]), scope: Some("analytics_config:write"),
        body: Data("log_drain"),
        parts: ["config"],
        secret_parameters: &["config"],
        secret_answer: DRAIN_SECRETS,
        risks: [GrantsAccess, ReadsData],
        asks: That("sends the project\u{2019}s logs to somebody else\u{2019}s server, and is billed by time and by event"),
        sentence: "added the log drain {name} to the project {ref}",
    }
    UpdateLogDrain {
        "v2-update-log-drain" Put "/v2/projects/{ref}/analytics/log-drains/{id}" Analytics Write Stable 200,
        permissions: Any(&["analytics_config_write"]), scope: Some("analytics_config:write"),
        body: Data("log_drain"),
        parts: ["config"],
        secret_parameters: &["config"],
        secret_answer: DRAIN_SECRETS,
        risks: [GrantsAccess, ReadsData],
        asks: That("can send the project\u{2019}s logs to another server"),
        sentence: "changed the log drain {id} of the project {ref}",
    }
    DeleteLogDrain {
        "v2-delete-log-drain" Delete "/v2/projects/{ref}/analytics/log-drains/{id}" Analytics Destructive Stable 204,
        permissions: Any(&["analytics_config_write"]), scope: Some("analytics_config:write"),
        asks: Name(Named::LogDrain),
        sentence: "removed the log drain {id} of the project {ref}",
    }
    GetAuthConfig {
        "v1-get-auth-service-config" Get "/v1/projects/{ref}/config/auth" Auth Read Stable 200,
        permissions: Any(&["auth_config_read"]), scope: Some("auth:read"),
        secret_answer: AUTH_SECRETS,
        sentence: "read the auth settings of the project {ref}",
    }
    UpdateAuthConfig {
        "v1-update-auth-service-config" Patch "/v1/projects/{ref}/config/auth" Auth Write Stable 200,
        permissions: All(&["auth_config_write", "project_admin_write"]), scope: Some("auth:write"),
        body: Json,
        secret_parameters: AUTH_SECRETS,
        secret_answer: AUTH_SECRETS,
        risks: [GrantsAccess],
        asks: That("changes who can sign up and sign in to the project, and how"),
        sentence: "changed the auth settings of the project {ref}",
    }
    ListSigningKeys {
        "v1-get-project-signing-keys" Get "/v1/projects/{ref}/config/auth/signing-keys" Auth Read Stable 200,
        permissions: Any(&["auth_signing_keys_read"]), scope: Some("secrets:read"),
        sentence: "listed the signing keys of the project {ref}",
    }
    CreateSigningKey {
        "v1-create-project-signing-key" Post "/v1/projects/{ref}/config/auth/signing-keys" Auth Write Stable 201,
        permissions: Any(&["auth_signing_keys_write"]), scope: Some("secrets:write"),
        body: Json,
        secret_parameters: &["private_jwk"],
        risks: [GrantsAccess],
        asks: That("makes a key whose holder can sign tokens that the project accepts"),
        sentence: "created a {algorithm} signing key in the project {ref}",
    }
    GetLegacySigningKey {
        "v1-get-legacy-signing-key" Get "/v1/projects/{ref}/config/auth/signing-keys/legacy" Auth Read Stable 200,
        permissions: Any(&["auth_signing_keys_read"]), scope: Some("secrets:read"),
        sentence: "read the legacy signing key of the project {ref}",
    }
    CreateLegacySigningKey {
        "v1-create-legacy-signing-key" Post "/v1/projects/{ref}/config/auth/signing-keys/legacy" Auth Write Stable 201,
        permissions: Any(&["auth_signing_keys_write"]), scope: Some("secrets:write"),
        risks: [GrantsAccess],
        asks: That("makes the legacy JWT secret a signing key, whose tokens stay good until it is revoked"),
        sentence: "took the legacy JWT secret of the project {ref} over as a signing key",
    }
    RemoveSigningKey {
        "v1-remove-project-signing-key" Delete "/v1/projects/{ref}/config/auth/signing-keys/{id}" Auth Destructive Stable 200,
        permissions: Any(&["auth_signing_keys_write"]), scope: Some("secrets:write"),
        risks: [StopsService],
        sentence: "removed the signing key {id} of the project {ref}",
    }
    GetSigningKey {
        "v1-get-project-signing-key" Get "/v1/projects/{ref}/config/auth/signing-keys/{id}" Auth Read Stable 200,
        permissions: Any(&["auth_signing_keys_read"]), scope: None,
        sentence: "read the signing key {id} of the project {ref}",
    }
    UpdateSigningKey {
        "v1-update-project-signing-key" Patch "/v1/projects/{ref}/config/auth/signing-keys/{id}" Auth Write Stable 200,
        permissions: Any(&["auth_signing_keys_write"]), scope: Some("secrets:write"),
        body: Json,
        risks: [GrantsAccess, StopsService],
        asks: That("changes which tokens the project accepts: whoever holds one of a revoked key is signed out at once"),
        sentence: "set the signing key {id} of the project {ref} to {status}",
    }
    ListSsoProviders {
        "v1-list-all-sso-provider" Get "/v1/projects/{ref}/config/auth/sso/providers" Auth Read Stable 200,
        permissions: Any(&["auth_config_read"]), scope: Some("auth:read"),
        sentence: "listed the SSO providers of the project {ref}",
    }
    CreateSsoProvider {
        "v1-create-a-sso-provider" Post "/v1/projects/{ref}/config/auth/sso/providers" Auth Write Stable 201,
        permissions: Any(&["auth_config_write"]), scope: Some("auth:write"),
        body: Json,
        risks: [GrantsAccess],
        asks: That("lets everybody in whom this identity provider vouches for"),
        sentence: "added an SSO provider to the project {ref}",
    }
    DeleteSsoProvider {
        "v1-delete-a-sso-provider" Delete "/v1/projects/{ref}/config/auth/sso/providers/{provider_id}" Auth Destructive Stable 200,
        permissions: Any(&["auth_config_write"]), scope: Some("auth:write"),
        risks: [StopsService],
        sentence: "removed the SSO provider {provider_id} of the project {ref}",
    }
    GetSsoProvider {
        "v1-get-a-sso-provider" Get "/v1/projects/{ref}/config/auth/sso/providers/{provider_id}" Auth Read Stable 200,
        permissions: Any(&["auth_config_read"]), scope: Some("auth:read"),
        sentence: "read the SSO provider {provider_id} of the project {ref}",
    }
    UpdateSsoProvider {
        "v1-update-a-sso-provider" Put "/v1/projects/{ref}/config/auth/sso/providers/{provider_id}" Auth Write Stable 200,
        permissions: Any(&["auth_config_write"]), scope: Some("auth:write"),
        body: Json,
        risks: [GrantsAccess, StopsService],
        asks: That("changes who is let in by this identity provider, and can lock out who was"),
        sentence: "changed the SSO provider {provider_id} of the project {ref}",
    }
    ListThirdPartyAuth {
        "v1-list-project-tpa-integrations" Get "/v1/projects/{ref}/config/auth/third-party-auth" Auth Read Stable 200,
        permissions: Any(&["auth_config_read"]), scope: Some("auth:read"),
        sentence: "listed the third-party auth of the project {ref}",
    }
    CreateThirdPartyAuth {
        "v1-create-project-tpa-integration" Post "/v1/projects/{ref}/config/auth/third-party-auth" Auth Write Stable 201,
        permissions: Any(&["auth_config_write"]), scope: Some("auth:write"),
        body: Json,
        risks: [GrantsAccess],
        asks: That("lets the project accept every token that this issuer signs"),
        sentence: "added a third-party auth issuer to the project {ref}",
    }
    DeleteThirdPartyAuth {
        "v1-delete-project-tpa-integration" Delete "/v1/projects/{ref}/config/auth/third-party-auth/{tpa_id}" Auth Destructive Stable 200,
        permissions: Any(&["auth_config_write"]), scope: Some("auth:write"),
        risks: [StopsService],
        sentence: "removed the third-party auth issuer {tpa_id} of the project {ref}",
    }
    GetThirdPartyAuth {
        "v1-get-project-tpa-integration" Get "/v1/projects/{ref}/config/auth/third-party-auth/{tpa_id}" Auth Read Stable 200,
        permissions: Any(&["auth_config_read"]), scope: Some("auth:read"),
        sentence: "read the third-party auth issuer {tpa_id} of the project {ref}",
    }
    ListAddons {
        "v1-list-project-addons" Get "/v1/projects/{ref}/billing/addons" Billing Read Stable 200,
        permissions: Any(&["infra_add_ons_read"]), scope: None,
        sentence: "listed the add-ons of the project {ref}",
    }
    ApplyAddon {
        "v1-apply-project-addon" Patch "/v1/projects/{ref}/billing/addons" Billing Costly Stable 200,
        permissions: Any(&["infra_add_ons_write"]), scope: None,
        body: Json,
        sentence: "applied the add-on {addon_variant} to the project {ref}",
    }
    RemoveAddon {
        "v1-remove-project-addon" Delete "/v1/projects/{ref}/billing/addons/{addon_variant}" Billing Destructive Stable 200,
        permissions: Any(&["infra_add_ons_write"]), scope: None,
        sentence: "removed the add-on {addon_variant} of the project {ref}",
    }
    DeleteBranch {
        "v1-delete-a-branch" Delete "/v1/branches/{branch_id_or_ref}" Branches Destructive Stable 200,
        permissions: Any(&["branching_production_delete", "branching_development_delete"]), scope: Some("environment:write"),
        query: ["force"],
        risks: [StopsService],
        sentence: "deleted the branch {branch_id_or_ref}",
    }
    GetBranchConfig {
        "v1-get-a-branch-config" Get "/v1/branches/{branch_id_or_ref}" Branches Read Stable 200,
        permissions: Any(&["branching_production_read", "branching_development_read"]), scope: Some("environment:read"),
        secret_answer: &["db_pass", "jwt_secret"],
        sentence: "opened the branch {branch_id_or_ref}",
    }
    UpdateBranch {
        "v1-update-a-branch-config" Patch "/v1/branches/{branch_id_or_ref}" Branches Write Stable 200,
        permissions: Any(&["branching_production_write", "branching_development_write"]), scope: Some("environment:write"),
        body: Json,
        sentence: "changed the branch {branch_id_or_ref}",
    }
    DiffBranch {
        "v1-diff-a-branch" Get "/v1/branches/{branch_id_or_ref}/diff" Branches Read Beta 200,
        permissions: Any(&["branching_production_write", "branching_development_write"]), scope: Some("environment:write"),
        query: ["included_schemas", "pgdelta"],
        answer: Text,
        sentence: "compared the branch {branch_id_or_ref} with production",
    }
    MergeBranch {
        "v1-merge-a-branch" Post "/v1/branches/{branch_id_or_ref}/merge" Branches Destructive Stable 201,
        permissions: Any(&["branching_production_write", "branching_development_write"]), scope: Some("environment:write"),
        body: Json,
        risks: [StopsService],
        asks: Merge,
        sentence: "merged the branch {branch_id_or_ref} into production",
    }
    PushBranch {
        "v1-push-a-branch" Post "/v1/branches/{branch_id_or_ref}/push" Branches Destructive Stable 201,
        permissions: Any(&["branching_production_write", "branching_development_write"]), scope: Some("environment:write"),
        body: Json,
        asks: Push,
        sentence: "pushed production to the branch {branch_id_or_ref}",
    }
    ResetBranch {
        "v1-reset-a-branch" Post "/v1/branches/{branch_id_or_ref}/reset" Branches Destructive Stable 201,
        permissions: Any(&["branching_production_write", "branching_development_write"]), scope: Some("environment:write"),
        body: Json,
        risks: [StopsService],
        asks: Reset,
        sentence: "reset the branch {branch_id_or_ref}",
    }
    RestoreBranch {
        "v1-restore-a-branch" Post "/v1/branches/{branch_id_or_ref}/restore" Branches Write Stable 200,
        permissions: Any(&["branching_production_write", "branching_development_write"]), scope: Some("environment:write"),
        sentence: "brought back the deleted branch {branch_id_or_ref}",
    }
    ListActionRuns {
        "v1-list-action-runs" Get "/v1/projects/{ref}/actions" Branches Read Stable 200,
        permissions: Any(&["action_runs_read"]), scope: Some("environment:read"),
        query: ["offset", "limit"],
        sentence: "listed the action runs of the project {ref}",
    }
    CountActionRuns {
        "v1-count-action-runs" Head "/v1/projects/{ref}/actions" Branches Read Stable 200,
        permissions: Any(&["action_runs_read"]), scope: Some("environment:read"),
        answer: Count,
        sentence: "counted the action runs of the project {ref}",
    }
    GetActionRun {
        "v1-get-action-run" Get "/v1/projects/{ref}/actions/{run_id}" Branches Read Stable 200,
        permissions: Any(&["action_runs_read"]), scope: Some("environment:read"),
        sentence: "opened the action run {run_id} of the project {ref}",
    }
    GetActionRunLogs {
        "v1-get-action-run-logs" Get "/v1/projects/{ref}/actions/{run_id}/logs" Branches Read Stable 200,
        permissions: Any(&["action_runs_read"]), scope: Some("environment:read"),
        answer: Text,
        risks: [ReadsData],
        sentence: "read the logs of the action run {run_id} of the project {ref}",
    }
    UpdateActionRunStatus {
        "v1-update-action-run-status" Patch "/v1/projects/{ref}/actions/{run_id}/status" Branches Write Stable 200,
        permissions: Any(&["action_runs_write"]), scope: Some("environment:write"),
        body: Json,
        sentence: "set the steps of the action run {run_id} of the project {ref}",
    }
    DisableBranching {
        "v1-disable-preview-branching" Delete "/v1/projects/{ref}/branches" Branches Destructive Stable 200,
        permissions: Any(&["branching_production_delete"]), scope: Some("environment:write"),
        risks: [StopsService],
        sentence: "turned branching off for the project {ref}",
    }
    ListBranches {
        "v1-list-all-branches" Get "/v1/projects/{ref}/branches" Branches Read Stable 200,
        permissions: Any(&["branching_production_read", "branching_development_read"]), scope: Some("environment:read"),
        sentence: "listed the branches of the project {ref}",
    }
    CreateBranch {
        "v1-create-a-branch" Post "/v1/projects/{ref}/branches" Branches Costly Stable 201,
        permissions: Any(&["branching_production_create", "branching_development_create"]), scope: Some("environment:write"),
        body: Json,
        secret_parameters: &["secrets"],
        sentence: "created the branch {branch_name} of the project {ref}",
    }
    GetBranch {
        "v1-get-a-branch" Get "/v1/projects/{ref}/branches/{name}" Branches Read Stable 200,
        permissions: Any(&["branching_production_read", "branching_development_read"]), scope: Some("environment:read"),
        sentence: "opened the branch {name} of the project {ref}",
    }
    CreateSizedBranch {
        "v2-create-a-branch" Post "/v2/projects/{ref}/branches" Branches Costly Stable 201,
        permissions: Any(&["branching_development_create", "branching_production_create"]), scope: Some("environment:write"),
        body: Data("branch"),
        sentence: "created the branch {name} of the project {ref}",
    }
    ListCompute {
        "v2-list-all-compute-instances" Get "/v2/projects/{ref}/compute" Compute Read Alpha 200,
        permissions: Any(&["workers_read"]), scope: Some("edge_functions:read"),
        sentence: "listed the compute instances of the project {ref}",
    }
    GetCompute {
        "v2-get-a-compute-instance" Get "/v2/projects/{ref}/compute/{name}" Compute Read Alpha 200,
        permissions: Any(&["workers_read"]), scope: Some("edge_functions:read"),
        sentence: "opened the compute instance {name} of the project {ref}",
    }
    CreateComputeUpload {
        "v2-create-compute-instance-upload" Post "/v2/projects/{ref}/compute/{name}/uploads" Compute Write Alpha 201,
        permissions: Any(&["workers_write"]), scope: Some("edge_functions:write"),
        secret_answer: &["url"],
        sentence: "asked for an upload for the compute instance {name} of the project {ref}",
    }
    DeployCompute {
        "v2-deploy-a-compute-instance" Post "/v2/projects/{ref}/compute/{name}/deploy" Compute Write Alpha 202,
        permissions: Any(&["workers_write"]), scope: Some("edge_functions:write"),
        body: Data("project_compute_instance"),
        parts: ["spec"],
        risks: [GrantsAccess, OpensNetwork, StopsService],
        asks: That("runs a program beside the database, in place of one of that name that runs already"),
        sentence: "deployed the compute instance {name} of the project {ref}",
    }
    DeleteCompute {
        "v2-delete-a-compute-instance" Delete "/v2/projects/{ref}/compute/{name}" Compute Destructive Alpha 204,
        permissions: Any(&["workers_write"]), scope: Some("edge_functions:write"),
        risks: [StopsService],
        sentence: "deleted the compute instance {name} of the project {ref}",
    }
    DeleteLoginRoles {
        "v1-delete-login-roles" Delete "/v1/projects/{ref}/cli/login-role" Database Write Beta 200,
        permissions: Any(&["database_write"]), scope: Some("database:write"),
        risks: [StopsService],
        asks: That("cuts off every tool that is connected by one of these roles"),
        sentence: "deleted the temporary login roles of the project {ref}",
    }
    CreateLoginRole {
        "v1-create-login-role" Post "/v1/projects/{ref}/cli/login-role" Database Write Beta 201,
        permissions: Any(&["database_write"]), scope: Some("database:write"),
        body: Json,
        secret_answer: &["password"],
        risks: [GrantsAccess],
        asks: That("makes a role with a password that reaches the database, for whoever holds it"),
        sentence: "created a temporary login role in the project {ref}",
    }
    GetPgbouncerConfig {
        "v1-get-project-pgbouncer-config" Get "/v1/projects/{ref}/config/database/pgbouncer" Database Read Stable 200,
        permissions: Any(&["database_read"]), scope: Some("database:read"),
        sentence: "read the PgBouncer settings of the project {ref}",
    }
    GetPoolerConfig {
        "v1-get-pooler-config" Get "/v1/projects/{ref}/config/database/pooler" Database Read Stable 200,
        permissions: Any(&["database_pooling_config_read"]), scope: Some("database:read"),
        sentence: "read the pooler settings of the project {ref}",
    }
    UpdatePoolerConfig {
        "v1-update-pooler-config" Patch "/v1/projects/{ref}/config/database/pooler" Database Write Stable 200,
        permissions: Any(&["database_pooling_config_write"]), scope: Some("database:write"),
        body: Json,
        risks: [StopsService],
        asks: That("restarts the pooler, which cuts the connections through it"),
        sentence: "changed the pooler settings of the project {ref}",
    }
    GetPostgresConfig {
        "v1-get-postgres-config" Get "/v1/projects/{ref}/config/database/postgres" Database Read Stable 200,
        permissions: Any(&["database_config_read"]), scope: Some("database:read"),
        sentence: "read the Postgres settings of the project {ref}",
    }
    UpdatePostgresConfig {
        "v1-update-postgres-config" Put "/v1/projects/{ref}/config/database/postgres" Database Write Stable 200,
        permissions: Any(&["database_config_write"]), scope: Some("database:write"),
        body: Json,
        replaces: true,
        risks: [StopsService],
        asks: That("can restart the database, which cuts every connection, and sets whatever is left out back to its usual value"),
        sentence: "changed the Postgres settings of the project {ref}",
    }
    PatchPostgresConfig {
        "v1-patch-postgres-config" Patch "/v1/projects/{ref}/config/database/postgres" Database Write Stable 200,
        permissions: Any(&["database_config_write"]), scope: Some("database:write"),
        body: Json,
        risks: [StopsService],
        asks: That("can restart the database, which cuts every connection off"),
        sentence: "changed some Postgres settings of the project {ref}",
    }
    ListBackups {
        "v1-list-all-backups" Get "/v1/projects/{ref}/database/backups" Database Read Stable 200,
        permissions: Any(&["backups_read"]), scope: Some("database:read"),
        sentence: "listed the backups of the project {ref}",
    }
    RestorePhysicalBackup {
        "v1-restore-physical-backup" Post "/v1/projects/{ref}/database/backups/restore" Database Destructive Internal 201,
        permissions: Any(&["backups_write"]), scope: Some("database:write"),
        body: Json,
        risks: [StopsService],
        sentence: "restored the project {ref} from the backup {id}",
    }
    RestorePitrBackup {
        "v1-restore-pitr-backup" Post "/v1/projects/{ref}/database/backups/restore-pitr" Database Destructive Stable 201,
        permissions: Any(&["backups_write"]), scope: Some("database:write"),
        body: Json,
        risks: [StopsService],
        sentence: "restored the project {ref} to the second {recovery_time_target_unix}",
    }
    GetRestorePoint {
        "v1-get-restore-point" Get "/v1/projects/{ref}/database/backups/restore-point" Database Read Internal 200,
        permissions: Any(&["backups_read"]), scope: Some("database:read"),
        query: ["name"],
        sentence: "read a restore point of the project {ref}",
    }
    CreateRestorePoint {
        "v1-create-restore-point" Post "/v1/projects/{ref}/database/backups/restore-point" Database Write Internal 201,
        permissions: Any(&["backups_write"]), scope: Some("database:write"),
        body: Json,
        sentence: "created the restore point {name} in the project {ref}",
    }
    GetBackupSchedule {
        "v1-get-backup-schedule" Get "/v1/projects/{ref}/database/backups/schedule" Database Read Stable 200,
        permissions: Any(&["backups_read"]), scope: Some("database:read"),
        sentence: "read the backup schedule of the project {ref}",
    }
    UpdateBackupSchedule {
        "v1-update-backup-schedule" Patch "/v1/projects/{ref}/database/backups/schedule" Database Write Stable 200,
        permissions: Any(&["backups_write"]), scope: Some("database:write"),
        body: Json,
        sentence: "changed the backup schedule of the project {ref}",
    }
    UndoToRestorePoint {
        "v1-undo" Post "/v1/projects/{ref}/database/backups/undo" Database Destructive Internal 201,
        permissions: Any(&["backups_write"]), scope: Some("database:write"),
        body: Json,
        risks: [StopsService],
        sentence: "set the project {ref} back to the restore point {name}",
    }
    DownloadBackup {
        "v2-download-project-backup" Post "/v2/projects/{ref}/backups/download" Database Write Stable 201,
        permissions: Any(&["backups_write"]), scope: Some("database:write"),
        body: Data("project_backup_file_url"),
        secret_answer: &["file_url"],
        risks: [ReadsData],
        asks: That("makes an address at which whoever has it can fetch all data"),
        sentence: "asked for the file of the backup {id} of the project {ref}",
    }
    GetDatabaseMetadata {
        "v1-get-database-metadata" Get "/v1/projects/{ref}/database/context" Database Read Deprecated 200,
        permissions: Any(&["database_read"]), scope: Some("projects:read"),
        limit: Metadata,
        sentence: "read the database metadata of the project {ref}",
    }
    GetJitAccess {
        "v1-get-jit-access" Get "/v1/projects/{ref}/database/jit" Database Read Stable 200,
        permissions: Any(&["database_jit_read"]), scope: Some("database:read"),
        sentence: "read who may use just-in-time access to the project {ref}",
    }
    AuthorizeJitAccess {
        "v1-authorize-jit-access" Post "/v1/projects/{ref}/database/jit" Database Read Stable 200,
        permissions: Any(&["database_jit_read"]), scope: Some("database:read"),
        body: Json,
        sentence: "asked for just-in-time access as {role} to the project {ref}",
    }
    UpdateJitAccess {
        "v1-update-jit-access" Put "/v1/projects/{ref}/database/jit" Database Write Stable 200,
        permissions: Any(&["database_jit_write"]), scope: None,
        body: Json,
        risks: [GrantsAccess],
        asks: That("lets this person connect to the database in the roles that are named"),
        sentence: "gave {user_id} just-in-time access to the project {ref}",
    }
    ListJitAccess {
        "v1-list-jit-access" Get "/v1/projects/{ref}/database/jit/list" Database Read Stable 200,
        permissions: Any(&["database_jit_write"]), scope: None,
        sentence: "listed the just-in-time access to the project {ref}",
    }
    DeleteJitAccess {
        "v1-delete-jit-access" Delete "/v1/projects/{ref}/database/jit/{user_id}" Database Write Stable 200,
        permissions: Any(&["database_jit_write"]), scope: None,
        risks: [StopsService],
        asks: That("keeps this person from connecting to the database with just-in-time access"),
        sentence: "took the just-in-time access to the project {ref} from {user_id}",
    }
    InviteToJit {
        "v1-invite-external-jit-access" Post "/v1/projects/{ref}/database/jit/invite" Database Write Stable 201,
        permissions: Any(&["database_jit_write"]), scope: None,
        body: Json,
        risks: [GrantsAccess],
        asks: That("lets somebody from outside the organization connect to the database"),
        sentence: "invited {email} to connect to the database of the project {ref}",
    }
    AcceptJitInvitation {
        "v1-accept-invite-external-jit-access" Post "/v1/projects/{ref}/database/jit/invite/accept" Database Write Stable 201,
        permissions: Permissions::None, scope: None,
        body: Json,
        secret_parameters: &["token"],
        sentence: "accepted the invitation of {email} to the database of the project {ref}",
    }
    DeleteJitInvitation {
        "v1-delete-invite-external-jit-access" Delete "/v1/projects/{ref}/database/jit/invite/{invite_id}" Database Write Stable 200,
        permissions: Any(&["database_jit_write"]), scope: None,
        sentence: "withdrew the invitation {invite_id} to the database of the project {ref}",
    }
    RollbackMigrations {
        "v1-rollback-migrations" Delete "/v1/projects/{ref}/database/migrations" Database Destructive Stable 200,
        permissions: Any(&["database_migrations_write"]), scope: Some("database:write"),
        query: ["gte"],
        sentence: "rolled the migrations of the project {ref} back to {gte}",
    }
    ListMigrations {
        "v1-list-migration-history" Get "/v1/projects/{ref}/database/migrations" Database Read Stable 200,
        permissions: Any(&["database_migrations_read"]), scope: Some("database:read"),
        sentence: "listed the migrations of the project {ref}",
    }
    ApplyMigration {
        "v1-apply-a-migration" Post "/v1/projects/{ref}/database/migrations" Database Destructive Stable 200,
        permissions: Any(&["database_migrations_write"]), scope: Some("database:write"),
        body: Json,
        asks: Sql(&["query"]),
        sentence: "applied a migration to the project {ref}",
    }
    UpsertMigration {
        "v1-upsert-a-migration" Put "/v1/projects/{ref}/database/migrations" Database Write Stable 200,
        permissions: Any(&["database_migrations_write"]), scope: Some("database:write"),
        body: Json,
        asks: KeptSql(&["query", "rollback"]),
        sentence: "recorded a migration of the project {ref}",
    }
    GetMigration {
        "v1-get-a-migration" Get "/v1/projects/{ref}/database/migrations/{version}" Database Read Stable 200,
        permissions: Any(&["database_migrations_read"]), scope: Some("database:read"),
        sentence: "opened the migration {version} of the project {ref}",
    }
    PatchMigration {
        "v1-patch-a-migration" Patch "/v1/projects/{ref}/database/migrations/{version}" Database Write Stable 200,
        permissions: Any(&["database_migrations_write"]), scope: Some("database:write"),
        body: Json,
        asks: KeptSql(&["rollback"]),
        sentence: "changed the migration {version} of the project {ref}",
    }
    GetDatabaseOpenapi {
        "v1-get-database-openapi" Get "/v1/projects/{ref}/database/openapi" Database Read Stable 200,
        permissions: Any(&["database_read"]), scope: Some("database:read"),
        query: ["schema"],
        sentence: "read the Data API document of the project {ref}",
    }
    UpdateDatabasePassword {
        "v1-update-database-password" Patch "/v1/projects/{ref}/database/password" Database Destructive Stable 200,
        permissions: Any(&["database_config_write"]), scope: Some("database:write"),
        body: Json,
        secret_parameters: &["password"],
        risks: [StopsService],
        sentence: "changed the database password of the project {ref}",
    }
    RunQuery {
        "v1-run-a-query" Post "/v1/projects/{ref}/database/query" Database Destructive Beta 201,
        permissions: Any(&["database_write", "database_read"]), scope: Some("database:write"),
        body: Json,
        risks: [ReadsData],
        asks: Sql(&["query"]),
        sentence: "ran a query in the project {ref}",
    }
    RunReadOnlyQuery {
        "v1-read-only-query" Post "/v1/projects/{ref}/database/query/read-only" Database Read Beta 201,
        permissions: Any(&["database_read"]), scope: Some("database:read"),
        body: Json,
        risks: [ReadsData],
        sentence: "ran a read-only query in the project {ref}",
    }
    EnableDatabaseWebhooks {
        "v1-enable-database-webhook" Post "/v1/projects/{ref}/database/webhooks/enable" Database Write Beta 201,
        permissions: Any(&["database_webhooks_config_write"]), scope: Some("database:write"),
        sentence: "enabled database webhooks in the project {ref}",
    }
    GetJitAccessConfig {
        "v1-get-jit-access-config" Get "/v1/projects/{ref}/jit-access" Database Read Beta 200,
        permissions: Any(&["project_admin_read"]), scope: Some("database:read"),
        sentence: "read whether just-in-time access is on in the project {ref}",
    }
    UpdateJitAccessConfig {
        "v1-update-jit-access-config" Put "/v1/projects/{ref}/jit-access" Database Write Beta 200,
        permissions: Any(&["project_admin_write"]), scope: Some("database:write"),
        body: Json,
        replaces: true,
        risks: [GrantsAccess],
        asks: That("changes whether people connect to the database with just-in-time access"),
        sentence: "set just-in-time access of the project {ref} to {state}",
    }
    RemoveReadReplica {
        "v1-remove-a-read-replica" Post "/v1/projects/{ref}/read-replicas/remove" Database Destructive Beta 201,
        permissions: Any(&["infra_read_replicas_write"]), scope: None,
        body: Json,
        risks: [StopsService],
        sentence: "removed the read replica {database_identifier} of the project {ref}",
    }
    SetupReadReplica {
        "v1-setup-a-read-replica" Post "/v1/projects/{ref}/read-replicas/setup" Database Costly Beta 201,
        permissions: Any(&["infra_read_replicas_write"]), scope: None,
        body: Json,
        sentence: "set up a read replica of the project {ref} in {read_replica_region}",
    }
    GetReadonlyMode {
        "v1-get-readonly-mode-status" Get "/v1/projects/{ref}/readonly" Database Read Stable 200,
        permissions: Any(&["database_readonly_config_read"]), scope: Some("database:read"),
        sentence: "read whether the project {ref} is read-only",
    }
    DisableReadonlyMode {
        "v1-disable-readonly-mode-temporarily" Post "/v1/projects/{ref}/readonly/temporary-disable" Database Write Stable 201,
        permissions: Any(&["database_readonly_config_write"]), scope: Some("database:write"),
        sentence: "lifted the read-only mode of the project {ref} for 15 minutes",
    }
    GetSslEnforcement {
        "v1-get-ssl-enforcement-config" Get "/v1/projects/{ref}/ssl-enforcement" Database Read Beta 200,
        permissions: Any(&["database_ssl_config_read"]), scope: Some("database:read"),
        sentence: "read the SSL enforcement of the project {ref}",
    }
    UpdateSslEnforcement {
        "v1-update-ssl-enforcement-config" Put "/v1/projects/{ref}/ssl-enforcement" Database Write Beta 200,
        permissions: Any(&["database_ssl_config_write"]), scope: Some("database:write"),
        body: Json,
        parts: ["requestedConfig"],
        replaces: true,
        risks: [OpensNetwork, StopsService],
        asks: That("changes whether the database takes connections that are not encrypted, and restarts it"),
        sentence: "changed the SSL enforcement of the project {ref}",
    }
    GenerateTypescriptTypes {
        "v1-generate-typescript-types" Get "/v1/projects/{ref}/types/typescript" Database Read Stable 200,
        permissions: Any(&["database_read"]), scope: Some("database:read"),
        query: ["included_schemas"],
        sentence: "generated the TypeScript types of the project {ref}",
    }
    ListSnippets {
        "v1-list-all-snippets" Get "/v1/snippets" Database Read Stable 200,
        permissions: Any(&["snippets_read"]), scope: Some("database:read"),
        query: ["project_ref", "cursor", "limit", "sort_by", "sort_order"],
        sentence: "listed the SQL snippets",
    }
    GetSnippet {
        "v1-get-a-snippet" Get "/v1/snippets/{id}" Database Read Stable 200,
        permissions: Any(&["snippets_read"]), scope: Some("database:read"),
        sentence: "opened the SQL snippet {id}",
    }
    DeleteHostnameConfig {
        "v1-Delete hostname config" Delete "/v1/projects/{ref}/custom-hostname" Domains Destructive Beta 200,
        permissions: Any(&["custom_domain_write"]), scope: Some("domains:write"),
        query: ["remove_addon"],
        limit: Domains,
        risks: [StopsService],
        sentence: "removed the custom hostname of the project {ref}",
    }
    GetHostnameConfig {
        "v1-get-hostname-config" Get "/v1/projects/{ref}/custom-hostname" Domains Read Beta 200,
        permissions: Any(&["custom_domain_read"]), scope: Some("domains:read"),
        sentence: "read the custom hostname of the project {ref}",
    }
    ActivateCustomHostname {
        "v1-activate-custom-hostname" Post "/v1/projects/{ref}/custom-hostname/activate" Domains Write Beta 201,
        permissions: Any(&["custom_domain_write"]), scope: Some("domains:write"),
        risks: [StopsService],
        asks: That("makes the custom hostname the project\u{2019}s address: sign-in providers that do not know its callback address turn people away"),
        sentence: "activated the custom hostname of the project {ref}",
    }
    InitializeCustomHostname {
        "v1-update-hostname-config" Post "/v1/projects/{ref}/custom-hostname/initialize" Domains Costly Beta 201,
        permissions: Any(&["custom_domain_write"]), scope: Some("domains:write"),
        body: Json,
        limit: Domains,
        sentence: "set up the custom hostname {custom_hostname} for the project {ref}",
    }
    ReverifyCustomHostname {
        "v1-verify-dns-config" Post "/v1/projects/{ref}/custom-hostname/reverify" Domains Write Beta 201,
        permissions: Any(&["custom_domain_write"]), scope: Some("domains:write"),
        limit: Domains,
        sentence: "had the DNS records of the custom hostname of the project {ref} checked",
    }
    DeactivateVanitySubdomain {
        "v1-deactivate-vanity-subdomain-config" Delete "/v1/projects/{ref}/vanity-subdomain" Domains Destructive Beta 200,
        permissions: Any(&["vanity_subdomain_write"]), scope: Some("domains:write"),
        limit: Domains,
        risks: [StopsService],
        sentence: "removed the vanity subdomain of the project {ref}",
    }
    GetVanitySubdomain {
        "v1-get-vanity-subdomain-config" Get "/v1/projects/{ref}/vanity-subdomain" Domains Read Beta 200,
        permissions: Any(&["vanity_subdomain_read"]), scope: Some("domains:read"),
        limit: Domains,
        sentence: "read the vanity subdomain of the project {ref}",
    }
    ActivateVanitySubdomain {
        "v1-activate-vanity-subdomain-config" Post "/v1/projects/{ref}/vanity-subdomain/activate" Domains Write Beta 201,
        permissions: Any(&["vanity_subdomain_write"]), scope: Some("domains:write"),
        body: Json,
        limit: Domains,
        risks: [StopsService],
        asks: That("gives the project this address: a vanity subdomain that it had before stops answering, and sign-in providers have to know the new callback address"),
        sentence: "activated the vanity subdomain {vanity_subdomain} for the project {ref}",
    }
    CheckVanitySubdomain {
        "v1-check-vanity-subdomain-availability" Post "/v1/projects/{ref}/vanity-subdomain/check-availability" Domains Read Beta 201,
        permissions: Any(&["vanity_subdomain_write"]), scope: Some("domains:write"),
        body: Json,
        limit: Domains,
        sentence: "checked whether the vanity subdomain {vanity_subdomain} is free",
    }
    ListFunctions {
        "v1-list-all-functions" Get "/v1/projects/{ref}/functions" Functions Read Stable 200,
        permissions: Any(&["edge_functions_read"]), scope: Some("edge_functions:read"),
        sentence: "listed the functions of the project {ref}",
    }
    CreateFunction {
        "v1-create-a-function" Post "/v1/projects/{ref}/functions" Functions Write Deprecated 201,
        permissions: Any(&["edge_functions_write"]), scope: Some("edge_functions:write"),
        query: ["slug", "name", "verify_jwt", "import_map", "entrypoint_path", "import_map_path", "ezbr_sha256"],
        body: Whole("function"),
        risks: [OpensNetwork],
        asks: PublicFunction,
        sentence: "created the function {slug} in the project {ref}",
    }
    BulkUpdateFunctions {
        "v1-bulk-update-functions" Put "/v1/projects/{ref}/functions" Functions Destructive Stable 200,
        permissions: Any(&["edge_functions_write"]), scope: Some("edge_functions:write"),
        body: Whole("functions"),
        risks: [OpensNetwork],
        asks: ChangesFunctions,
        sentence: "updated several functions of the project {ref}",
    }
    DeployFunction {
        "v1-deploy-a-function" Post "/v1/projects/{ref}/functions/deploy" Functions Write Stable 201,
        permissions: Any(&["edge_functions_write"]), scope: Some("edge_functions:write"),
        query: ["slug", "bundleOnly"],
        body: Multipart,
        risks: [OpensNetwork],
        asks: PublicFunction,
        sentence: "deployed the function {slug} to the project {ref}",
    }
    DeleteFunction {
        "v1-delete-a-function" Delete "/v1/projects/{ref}/functions/{function_slug}" Functions Destructive Stable 200,
        permissions: Any(&["edge_functions_write"]), scope: Some("edge_functions:write"),
        risks: [StopsService],
        sentence: "deleted the function {function_slug} of the project {ref}",
    }
    GetFunction {
        "v1-get-a-function" Get "/v1/projects/{ref}/functions/{function_slug}" Functions Read Stable 200,
        permissions: Any(&["edge_functions_read"]), scope: Some("edge_functions:read"),
        sentence: "opened the function {function_slug} of the project {ref}",
    }
    UpdateFunction {
        "v1-update-a-function" Patch "/v1/projects/{ref}/functions/{function_slug}" Functions Write Stable 200,
        permissions: Any(&["edge_functions_write"]), scope: Some("edge_functions:write"),
        query: ["slug", "name", "verify_jwt", "import_map", "entrypoint_path", "import_map_path", "ezbr_sha256"],
        body: Whole("function"),
        risks: [OpensNetwork],
        asks: PublicFunction,
        sentence: "changed the function {function_slug} of the project {ref}",
    }
    GetFunctionBody {
        "v1-get-a-function-body" Get "/v1/projects/{ref}/functions/{function_slug}/body" Functions Read Stable 200,
        permissions: Any(&["edge_functions_read"]), scope: Some("edge_functions:read"),
        answer: Bytes,
        risks: [ReadsData],
        sentence: "read the source of the function {function_slug} of the project {ref}",
    }
    ListNotebooks {
        "v2-list-notebooks" Get "/v2/projects/{ref}/notebooks" Notebooks Read Stable 200,
        permissions: Any(&["project_notebooks_read"]), scope: Some("database:read"),
        query: ["page[size]", "page[after]", "page[before]", "filter[name]", "sort"],
        sentence: "listed the notebooks of the project {ref}",
    }
    GetNotebook {
        "v2-get-notebook" Get "/v2/projects/{ref}/notebooks/{id}" Notebooks Read Stable 200,
        permissions: Any(&["project_notebooks_read"]), scope: Some("database:read"),
        sentence: "opened the notebook {id} of the project {ref}",
    }
    CreateNotebook {
        "v2-create-notebook" Post "/v2/projects/{ref}/notebooks" Notebooks Write Stable 201,
        permissions: Any(&["project_notebooks_write"]), scope: Some("database:write"),
        body: Data("notebook"),
        sentence: "made the notebook {name} in the project {ref}",
    }
    UpdateNotebook {
        "v2-update-notebook" Patch "/v2/projects/{ref}/notebooks/{id}" Notebooks Write Stable 200,
        permissions: Any(&["project_notebooks_write"]), scope: Some("database:write"),
        body: Data("notebook"),
        sentence: "changed the notebook {id} of the project {ref}",
    }
    DeleteNotebook {
        "v2-delete-notebook" Delete "/v2/projects/{ref}/notebooks/{id}" Notebooks Destructive Stable 204,
        permissions: Any(&["project_notebooks_write"]), scope: Some("database:write"),
        asks: Name(Named::Notebook),
        sentence: "deleted the notebook {id} of the project {ref}",
    }
    Authorize {
        "v1-authorize-user" Get "/v1/oauth/authorize" Oauth Read Beta 204,
        permissions: Permissions::None, scope: None,
        query: ["client_id", "response_type", "redirect_uri", "scope", "state", "response_mode", "code_challenge", "code_challenge_method", "organization_slug", "resource", "target_flow"],
        sentence: "asked for consent",
    }
    AuthorizeProjectClaim {
        "v1-oauth-authorize-project-claim" Get "/v1/oauth/authorize/project-claim" Oauth Read Stable 204,
        permissions: All(&["organization_admin_write", "project_admin_write"]), scope: None,
        query: ["project_ref", "client_id", "response_type", "redirect_uri", "state", "response_mode", "code_challenge", "code_challenge_method"],
        sentence: "asked for consent to claim the project {project_ref}",
    }
    RevokeToken {
        "v1-revoke-token" Post "/v1/oauth/revoke" Oauth Write Beta 204,
        permissions: Permissions::None, scope: None,
        body: Json,
        secret_parameters: &["client_secret", "refresh_token"],
        sentence: "revoked the sign-in",
    }
    ExchangeToken {
        "v1-exchange-oauth-token" Post "/v1/oauth/token" Oauth Write Beta 201,
        permissions: Permissions::None, scope: None,
        body: Form,
        secret_parameters: &["client_secret", "code", "code_verifier", "refresh_token", "assertion"],
        secret_answer: &["access_token", "refresh_token"],
        sentence: "exchanged a code for tokens",
    }
    ListOrganizations {
        "v1-list-all-organizations" Get "/v1/organizations" Organizations Read Stable 200,
        permissions: Any(&["organizations_read"]), scope: Some("organizations:read"),
        sentence: "listed the organizations",
    }
    CreateOrganization {
        "v1-create-an-organization" Post "/v1/organizations" Organizations Write Stable 201,
        permissions: Any(&["organizations_create"]), scope: None,
        body: Json,
        sentence: "created the organization {name}",
    }
    GetOrganization {
        "v1-get-an-organization" Get "/v1/organizations/{slug}" Organizations Read Stable 200,
        permissions: Any(&["organization_admin_read"]), scope: Some("organizations:read"),
        sentence: "opened the organization {slug}",
    }
    GetOrganizationEntitlements {
        "v1-get-organization-entitlements" Get "/v1/organizations/{slug}/entitlements" Organizations Read Stable 200,
        permissions: Any(&["organization_admin_read"]), scope: Some("organizations:read"),
        sentence: "read the entitlements of the organization {slug}",
    }
    ListOrganizationMembers {
        "v1-list-organization-members" Get "/v1/organizations/{slug}/members" Organizations Read Stable 200,
        permissions: Any(&["members_read"]), scope: Some("organizations:read"),
        sentence: "listed the members of the organization {slug}",
    }
    ListMembers {
        "v2-list-organization-members" Get "/v2/organizations/{slug}/members" Organizations Read Stable 200,
        permissions: Any(&["members_read"]), scope: Some("organizations:read"),
        query: ["page[size]", "page[after]", "page[before]", "filter[username]", "filter[primary_email]"],
        sentence: "listed the members of {slug} with their roles",
    }
    ListRoles {
        "v2-list-organization-roles" Get "/v2/organizations/{slug}/roles" Organizations Read Stable 200,
        permissions: Any(&["members_read"]), scope: Some("organizations:read"),
        sentence: "listed the roles of {slug}",
    }
    AssignMemberRole {
        "v2-assign-organization-member-role" Patch "/v2/organizations/{slug}/members/{user_id}/roles" Organizations Write Stable 200,
        permissions: Any(&["organization_admin_write"]), scope: Some("organizations:write"),
        body: Data("organization_member_role"),
        risks: [GrantsAccess, StopsService],
        asks: That("changes what this person can do, in place of what their roles said of the same projects"),
        sentence: "made {user_id} {role} in {slug}",
    }
    RemoveMember {
        "v2-remove-organization-members" Delete "/v2/organizations/{slug}/members/{user_id}" Organizations Destructive Stable 204,
        permissions: Any(&["organization_admin_write"]), scope: Some("organizations:write"),
        risks: [StopsService],
        asks: Name(Named::Member),
        sentence: "removed {user_id} from {slug}",
    }
    InviteMembers {
        "v2-create-organization-invitations" Post "/v2/organizations/{slug}/members/invitations" Organizations Write Stable 201,
        permissions: Any(&["members_write"]), scope: Some("organizations:write"),
        body: List("organization_invitation", "invitations"),
        risks: [GrantsAccess],
        asks: That("sends an e-mail to each address, whose link lets them into the organization"),
        sentence: "invited people into {slug}",
    }
    WithdrawInvitations {
        "v2-delete-organization-invitations" Delete "/v2/organizations/{slug}/members/invitations" Organizations Write Stable 200,
        permissions: Any(&["members_write"]), scope: Some("organizations:write"),
        body: List("organization_invitation", "emails"),
        sentence: "withdrew the invitations of {emails} into {slug}",
    }
    SearchProjects {
        "v2-list-organization-projects" Get "/v2/organizations/{slug}/projects" Organizations Read Stable 200,
        permissions: Any(&["organization_projects_read"]), scope: Some("projects:read"),
        query: ["page[size]", "page[after]", "page[before]", "sort", "search"],
        sentence: "listed the projects of {slug} with their machines",
    }
    ListGithubConnections {
        "v2-list-organization-github-connections" Get "/v2/organizations/{slug}/integrations/github/connections" Organizations Read Stable 200,
        permissions: Any(&["organization_projects_read"]), scope: Some("projects:read"),
        query: ["page[size]", "page[after]", "page[before]", "filter[project_ref]"],
        sentence: "listed the GitHub connections of {slug}",
    }
    ListMaintenanceWindows {
        "v2-list-organization-maintenance-windows" Get "/v2/organizations/{slug}/maintenance/windows" Organizations Read Stable 200,
        permissions: Any(&["organization_admin_read"]), scope: Some("organizations:read"),
        sentence: "read the maintenance windows of {slug}",
    }
    GetProjectClaim {
        "v1-get-organization-project-claim" Get "/v1/organizations/{slug}/project-claim/{token}" Organizations Read Internal 200,
        permissions: Any(&["organization_admin_write"]), scope: None,
        secret_parameters: &["token"],
        sentence: "read what claiming a project for the organization {slug} would mean",
    }
    ClaimProject {
        "v1-claim-project-for-organization" Post "/v1/organizations/{slug}/project-claim/{token}" Organizations Costly Internal 204,
        permissions: Any(&["organization_admin_write"]), scope: None,
        secret_parameters: &["token"],
        asks: That("takes the project into the organization, which pays for it from then on"),
        sentence: "claimed a project for the organization {slug}",
    }
    GetProfile {
        "v1-get-profile" Get "/v1/profile" Profile Read Stable 200,
        permissions: Permissions::None, scope: None,
        sentence: "read the profile",
    }
    ListOrganizationProjects {
        "v1-get-all-projects-for-organization" Get "/v1/organizations/{slug}/projects" Projects Read Stable 200,
        permissions: Any(&["organization_projects_read"]), scope: Some("projects:read"),
        query: ["offset", "limit", "search", "sort", "statuses"],
        sentence: "listed the projects of the organization {slug}",
    }
    ListProjects {
        "v1-list-all-projects" Get "/v1/projects" Projects Read Stable 200,
        permissions: Any(&["projects_read"]), scope: Some("projects:read"),
        sentence: "listed the projects",
    }
    CreateProject {
        "v1-create-a-project" Post "/v1/projects" Projects Costly Stable 201,
        permissions: Any(&["organization_projects_create"]), scope: Some("projects:write"),
        body: Json,
        secret_parameters: &["db_pass"],
        sentence: "created the project {name}",
    }
    ListAvailableRegions {
        "v1-get-available-regions" Get "/v1/projects/available-regions" Projects Read Beta 200,
        permissions: Permissions::None, scope: Some("organizations:read"),
        query: ["organization_slug", "continent", "desired_instance_size"],
        sentence: "listed the regions for the organization {organization_slug}",
    }
    DeleteProject {
        "v1-delete-a-project" Delete "/v1/projects/{ref}" Projects Destructive Stable 200,
        permissions: Any(&["project_admin_write"]), scope: Some("projects:write"),
        risks: [StopsService],
        sentence: "deleted the project {ref}",
    }
    GetProject {
        "v1-get-project" Get "/v1/projects/{ref}" Projects Read Stable 200,
        permissions: Any(&["project_admin_read"]), scope: Some("projects:read"),
        sentence: "opened the project {ref}",
    }
    UpdateProject {
        "v1-update-a-project" Patch "/v1/projects/{ref}" Projects Write Stable 200,
        permissions: Any(&["project_admin_write"]), scope: Some("projects:write"),
        body: Json,
        sentence: "renamed the project {ref} to {name}",
    }
    DeleteClaimToken {
        "v1-delete-project-claim-token" Delete "/v1/projects/{ref}/claim-token" Projects Write Internal 204,
        permissions: All(&["organization_admin_write", "project_admin_write"]), scope: None,
        sentence: "revoked the claim token of the project {ref}",
    }
    GetClaimToken {
        "v1-get-project-claim-token" Get "/v1/projects/{ref}/claim-token" Projects Read Internal 200,
        permissions: Any(&["project_admin_read"]), scope: None,
        sentence: "read the claim token of the project {ref}",
    }
    CreateClaimToken {
        "v1-create-project-claim-token" Post "/v1/projects/{ref}/claim-token" Projects Write Internal 200,
        permissions: All(&["organization_admin_write", "project_admin_write"]), scope: None,
        secret_answer: &["token"],
        risks: [GrantsAccess],
        asks: That("makes a token with which whoever holds it can take the project into an organization of theirs"),
        sentence: "created a claim token for the project {ref}",
    }
    GetDisk {
        "v1-get-database-disk" Get "/v1/projects/{ref}/config/disk" Projects Read Stable 200,
        permissions: Any(&["infra_disk_config_read"]), scope: None,
        sentence: "read the disk settings of the project {ref}",
    }
    UpdateDisk {
        "v1-modify-database-disk" Post "/v1/projects/{ref}/config/disk" Projects Costly Stable 201,
        permissions: Any(&["infra_disk_config_write"]), scope: None,
        body: Json,
        parts: ["attributes"],
        sentence: "changed the disk of the project {ref}",
    }
    GetDiskAutoscale {
        "v1-get-project-disk-autoscale-config" Get "/v1/projects/{ref}/config/disk/autoscale" Projects Read Stable 200,
        permissions: Any(&["infra_disk_config_read"]), scope: None,
        sentence: "read the disk autoscaling of the project {ref}",
    }
    GetDiskUtilization {
        "v1-get-disk-utilization" Get "/v1/projects/{ref}/config/disk/util" Projects Read Stable 200,
        permissions: Any(&["infra_disk_config_read"]), scope: None,
        sentence: "read the disk usage of the project {ref}",
    }
    GetServicesHealth {
        "v1-get-services-health" Get "/v1/projects/{ref}/health" Projects Read Stable 200,
        permissions: Any(&["project_admin_read"]), scope: Some("projects:read"),
        query: ["services", "timeout_ms"],
        sentence: "checked the health of the project {ref}",
    }
    DeleteNetworkBans {
        "v1-delete-network-bans" Delete "/v1/projects/{ref}/network-bans" Projects Write Beta 200,
        permissions: Any(&["database_network_bans_write"]), scope: Some("projects:write"),
        body: Json,
        risks: [OpensNetwork],
        asks: That("lets these addresses try to connect to the database again"),
        sentence: "lifted network bans of the project {ref}",
    }
    ListNetworkBans {
        "v1-list-all-network-bans" Post "/v1/projects/{ref}/network-bans/retrieve" Projects Read Beta 201,
        permissions: Any(&["database_network_bans_read"]), scope: Some("projects:read"),
        sentence: "listed the network bans of the project {ref}",
    }
    ListNetworkBansEnriched {
        "v1-list-all-network-bans-enriched" Post "/v1/projects/{ref}/network-bans/retrieve/enriched" Projects Read Beta 201,
        permissions: Any(&["database_network_bans_read"]), scope: Some("projects:read"),
        sentence: "listed the network bans of the project {ref} with their databases",
    }
    GetNetworkRestrictions {
        "v1-get-network-restrictions" Get "/v1/projects/{ref}/network-restrictions" Projects Read Beta 200,
        permissions: Any(&["database_network_restrictions_read"]), scope: Some("projects:read"),
        sentence: "read the network restrictions of the project {ref}",
    }
    PatchNetworkRestrictions {
        "v1-patch-network-restrictions" Patch "/v1/projects/{ref}/network-restrictions" Projects Write Alpha 200,
        permissions: Any(&["database_network_restrictions_write"]), scope: Some("projects:write"),
        body: Json,
        parts: ["add", "remove"],
        risks: [OpensNetwork, StopsService],
        asks: Addresses("changes from which addresses the database can be reached"),
        sentence: "added to or took from the network restrictions of the project {ref}",
    }
    UpdateNetworkRestrictions {
        "v1-update-network-restrictions" Post "/v1/projects/{ref}/network-restrictions/apply" Projects Write Beta 201,
        permissions: Any(&["database_network_restrictions_write"]), scope: Some("projects:write"),
        body: Json,
        replaces: true,
        risks: [OpensNetwork, StopsService],
        asks: Addresses("changes from which addresses the database can be reached"),
        sentence: "replaced the network restrictions of the project {ref}",
    }
    ReviewNetworkRestrictions {
        "v1-review-network-restrictions" Post "/v1/projects/{ref}/network-restrictions/review" Projects Write Alpha 201,
        permissions: Any(&["database_network_restrictions_write"]), scope: Some("projects:write"),
        body: Json,
        risks: [OpensNetwork, StopsService],
        asks: That("settles who may connect to the database, as the change that waits has it"),
        sentence: "settled the change of the network restrictions of the project {ref} that waited: {action}",
    }
    PauseProject {
        "v1-pause-a-project" Post "/v1/projects/{ref}/pause" Projects Write Stable 200,
        permissions: Any(&["project_admin_write"]), scope: Some("projects:write"),
        risks: [StopsService],
        asks: That("stops the project: its database, APIs and functions answer nobody until it is restored"),
        sentence: "paused the project {ref}",
    }
    RestartProject {
        "v1-restart-a-project" Post "/v1/projects/{ref}/restart" Projects Write Stable 200,
        permissions: Any(&["project_admin_write"]), scope: Some("projects:write"),
        risks: [StopsService],
        asks: That("takes the project away for some minutes and cuts every connection off"),
        sentence: "restarted the project {ref}",
    }
    PreviewTransfer {
        "v2-preview-a-project-transfer" Post "/v2/projects/{ref}/transfers/previews" Projects Read Stable 200,
        permissions: Any(&["project_admin_read"]), scope: None,
        body: Data("project_transfer_input"),
        sentence: "looked at what it would take to give the project {ref} to {target_organization_slug}",
    }
    TransferProject {
        "v2-transfer-a-project" Post "/v2/projects/{ref}/transfers" Projects Destructive Stable 200,
        permissions: Any(&["organization_admin_write"]), scope: None,
        body: Data("project_transfer_input"),
        risks: [GrantsAccess, StopsService],
        sentence: "gave the project {ref} to {target_organization_slug}",
    }
    ListPrivateLinks {
        "v2-list-private-link-associations" Get "/v2/projects/{ref}/private-link/associations" Projects Read Stable 200,
        permissions: Any(&["project_admin_read"]), scope: None,
        sentence: "listed the PrivateLink accounts of the project {ref}",
    }
    CreatePrivateLink {
        "v2-create-private-link-association" Post "/v2/projects/{ref}/private-link/associations" Projects Costly Stable 201,
        permissions: Any(&["project_admin_write"]), scope: None,
        body: Data("private_link_association"),
        risks: [GrantsAccess, OpensNetwork],
        asks: That("lets networks of that account at AWS connect to the database, and may be billed"),
        sentence: "shared the database of the project {ref} with the AWS account {aws_account_id}",
    }
    DeletePrivateLink {
        "v2-delete-private-link-association" Delete "/v2/projects/{ref}/private-link/associations/aws-account/{aws_account_id}" Projects Destructive Stable 204,
        permissions: Any(&["project_admin_write"]), scope: None,
        risks: [StopsService],
        sentence: "stopped sharing the database of the project {ref} with the AWS account {aws_account_id}",
    }
    DeletePrivateLinkOfDatabase {
        "v2-delete-private-link-association-for-database" Delete "/v2/projects/{ref}/private-link/associations/aws-account/{aws_account_id}/database/{database_identifier}" Projects Destructive Stable 204,
        permissions: Any(&["project_admin_write"]), scope: None,
        risks: [StopsService],
        sentence: "stopped sharing the database {database_identifier} of the project {ref} with the AWS account {aws_account_id}",
    }
    GetProjectConfig {
        "v2-get-project-config" Get "/v2/projects/{ref}/config" Projects Read Alpha 200,
        permissions: All(&[
            "database_config_read", "database_read", "database_ssl_config_read", "database_network_restrictions_read",
            "auth_config_read", "data_api_config_read", "realtime_config_read", "storage_config_read",
        ]), scope: None,
        secret_answer: AUTH_SECRETS,
        sentence: "read all settings of the project {ref}",
    }
    ListRestoreVersions {
        "v1-list-available-restore-versions" Get "/v1/projects/{ref}/restore" Projects Read Stable 200,
        permissions: Any(&["project_admin_read"]), scope: Some("projects:read"),
        sentence: "listed the versions the project {ref} can be restored with",
    }
    RestoreProject {
        "v1-restore-a-project" Post "/v1/projects/{ref}/restore" Projects Write Stable 200,
        permissions: Any(&["project_admin_write"]), scope: Some("projects:write"),
        sentence: "restored the project {ref}",
    }
    CancelProjectRestoration {
        "v1-cancel-a-project-restoration" Post "/v1/projects/{ref}/restore/cancel" Projects Write Stable 200,
        permissions: Any(&["project_admin_write"]), scope: Some("projects:write"),
        sentence: "cancelled the restoration of the project {ref}",
    }
    UpgradePostgres {
        "v1-upgrade-postgres-version" Post "/v1/projects/{ref}/upgrade" Projects Destructive Beta 201,
        permissions: All(&["project_admin_write", "database_write"]), scope: Some("projects:write"),
        body: Json,
        risks: [StopsService],
        sentence: "upgraded Postgres of the project {ref} to {target_version}",
    }
    GetUpgradeEligibility {
        "v1-get-postgres-upgrade-eligibility" Get "/v1/projects/{ref}/upgrade/eligibility" Projects Read Beta 200,
        permissions: All(&["project_admin_read", "database_read"]), scope: Some("projects:read"),
        sentence: "read the upgrades open to the project {ref}",
    }
    GetUpgradeStatus {
        "v1-get-postgres-upgrade-status" Get "/v1/projects/{ref}/upgrade/status" Projects Read Beta 200,
        permissions: All(&["project_admin_read", "database_read"]), scope: Some("projects:read"),
        query: ["tracking_id"],
        sentence: "read how far the upgrade of the project {ref} is",
    }
    GetRealtimeConfig {
        "v1-get-realtime-config" Get "/v1/projects/{ref}/config/realtime" Realtime Read Stable 200,
        permissions: Any(&["realtime_config_read"]), scope: None,
        sentence: "read the Realtime settings of the project {ref}",
    }
    UpdateRealtimeConfig {
        "v1-update-realtime-config" Patch "/v1/projects/{ref}/config/realtime" Realtime Write Stable 204,
        permissions: Any(&["realtime_config_write"]), scope: None,
        body: Json,
        risks: [OpensNetwork, StopsService],
        asks: Realtime,
        sentence: "changed the Realtime settings of the project {ref}",
    }
    ShutdownRealtime {
        "v1-shutdown-realtime" Post "/v1/projects/{ref}/config/realtime/shutdown" Realtime Destructive Stable 204,
        permissions: Any(&["realtime_config_write"]), scope: None,
        risks: [StopsService],
        sentence: "disconnected every Realtime client of the project {ref}",
    }
    GetPostgrestConfig {
        "v1-get-postgrest-service-config" Get "/v1/projects/{ref}/postgrest" Rest Read Stable 200,
        permissions: Any(&["data_api_config_read"]), scope: Some("rest:read"),
        secret_answer: &["jwt_secret"],
        sentence: "read the Data API settings of the project {ref}",
    }
    UpdatePostgrestConfig {
        "v1-update-postgrest-service-config" Patch "/v1/projects/{ref}/postgrest" Rest Write Stable 200,
        permissions: Any(&["data_api_config_write"]), scope: Some("rest:write"),
        body: Json,
        risks: [OpensNetwork, StopsService],
        asks: Schemas,
        sentence: "changed the Data API settings of the project {ref}",
    }
    ListApiKeys {
        "v1-get-project-api-keys" Get "/v1/projects/{ref}/api-keys" Secrets Read Stable 200,
        permissions: Any(&["api_gateway_keys_read"]), scope: Some("secrets:read"),
        query: ["reveal"],
        secret_answer: &["api_key"],
        sentence: "listed the API keys of the project {ref}",
    }
    CreateApiKey {
        "v1-create-project-api-key" Post "/v1/projects/{ref}/api-keys" Secrets Write Stable 201,
        permissions: Any(&["api_gateway_keys_write"]), scope: Some("secrets:write"),
        query: ["reveal"],
        body: Json,
        secret_answer: &["api_key"],
        risks: [GrantsAccess],
        asks: That("makes a key that lets its holder call the project’s APIs; a secret key passes over row level security"),
        sentence: "created the API key {name} in the project {ref}",
    }
    GetLegacyApiKeys {
        "v1-get-project-legacy-api-keys" Get "/v1/projects/{ref}/api-keys/legacy" Secrets Read Stable 200,
        permissions: Any(&["api_gateway_keys_read"]), scope: Some("secrets:read"),
        sentence: "read whether the legacy API keys of the project {ref} are on",
    }
    UpdateLegacyApiKeys {
        "v1-update-project-legacy-api-keys" Put "/v1/projects/{ref}/api-keys/legacy" Secrets Write Stable 200,
        permissions: Any(&["api_gateway_keys_write"]), scope: Some("secrets:write"),
        query: ["enabled"],
        risks: [GrantsAccess, StopsService],
        asks: That("changes whether the legacy API keys work: off, every client that still uses them is cut off; on, they let people in again"),
        sentence: "set the legacy API keys of the project {ref} to enabled: {enabled}",
    }
    DeleteApiKey {
        "v1-delete-project-api-key" Delete "/v1/projects/{ref}/api-keys/{id}" Secrets Destructive Stable 200,
        permissions: Any(&["api_gateway_keys_write"]), scope: Some("secrets:write"),
        query: ["reveal", "was_compromised", "reason"],
        secret_answer: &["api_key"],
        risks: [StopsService],
        asks: Name(Named::ApiKey),
        sentence: "deleted the API key {id} of the project {ref}",
    }
    GetApiKey {
        "v1-get-project-api-key" Get "/v1/projects/{ref}/api-keys/{id}" Secrets Read Stable 200,
        permissions: Any(&["api_gateway_keys_read"]), scope: Some("secrets:read"),
        query: ["reveal"],
        secret_answer: &["api_key"],
        sentence: "read the API key {id} of the project {ref}",
    }
    UpdateApiKey {
        "v1-update-project-api-key" Patch "/v1/projects/{ref}/api-keys/{id}" Secrets Write Stable 200,
        permissions: Any(&["api_gateway_keys_write"]), scope: Some("secrets:write"),
        query: ["reveal"],
        body: Json,
        secret_answer: &["api_key"],
        risks: [GrantsAccess],
        asks: KeyRole,
        sentence: "changed the API key {id} of the project {ref}",
    }
    GetEncryptionKey {
        "v1-get-pgsodium-config" Get "/v1/projects/{ref}/pgsodium" Secrets Read Beta 200,
        permissions: Any(&["project_admin_write"]), scope: Some("secrets:read"),
        secret_answer: &["root_key"],
        sentence: "read the encryption root key of the project {ref}",
    }
    UpdateEncryptionKey {
        "v1-update-pgsodium-config" Put "/v1/projects/{ref}/pgsodium" Secrets Destructive Beta 200,
        permissions: Any(&["project_admin_write"]), scope: Some("secrets:write"),
        body: Json,
        secret_parameters: &["root_key"],
        secret_answer: &["root_key"],
        risks: [StopsService],
        sentence: "replaced the encryption root key of the project {ref}",
    }
    DeleteSecrets {
        "v1-bulk-delete-secrets" Delete "/v1/projects/{ref}/secrets" Secrets Destructive Stable 200,
        permissions: Any(&["edge_functions_secrets_write"]), scope: Some("secrets:write"),
        body: Whole("names"),
        risks: [StopsService],
        asks: Each("names"),
        sentence: "deleted the secrets {names} of the project {ref}",
    }
    ListSecrets {
        "v1-list-all-secrets" Get "/v1/projects/{ref}/secrets" Secrets Read Stable 200,
        permissions: Any(&["edge_functions_secrets_read"]), scope: Some("secrets:read"),
        sentence: "listed the secrets of the project {ref}",
    }
    CreateSecrets {
        "v1-bulk-create-secrets" Post "/v1/projects/{ref}/secrets" Secrets Write Stable 201,
        permissions: Any(&["edge_functions_secrets_write"]), scope: Some("secrets:write"),
        body: Whole("secrets"),
        secret_parameters: &["secrets"],
        risks: [StopsService],
        asks: ReplacesSecrets,
        sentence: "set secrets of the project {ref}",
    }
    GetStorageConfig {
        "v1-get-storage-config" Get "/v1/projects/{ref}/config/storage" Storage Read Stable 200,
        permissions: Any(&["storage_config_read"]), scope: None,
        sentence: "read the Storage settings of the project {ref}",
    }
    UpdateStorageConfig {
        "v1-update-storage-config" Patch "/v1/projects/{ref}/config/storage" Storage Write Stable 200,
        permissions: Any(&["storage_config_write"]), scope: None,
        body: Json,
        parts: ["features", "external"],
        risks: [OpensNetwork],
        asks: S3,
        sentence: "changed the Storage settings of the project {ref}",
    }
    ListBuckets {
        "v1-list-all-buckets" Get "/v1/projects/{ref}/storage/buckets" Storage Read Stable 200,
        permissions: Any(&["storage_read"]), scope: Some("storage:read"),
        sentence: "listed the buckets of the project {ref}",
    }
    ListOrganizationWebhooks {
        "v2-organizations-slug-webhooks-endpoints-get" Get "/v2/organizations/{slug}/webhooks/endpoints" Webhooks Read Stable 200,
        permissions: Permissions::None, scope: None,
        query: ["page[offset]", "page[limit]"],
        secret_answer: &["custom_headers"],
        sentence: "listed the webhooks of {slug}",
    }
    CreateOrganizationWebhook {
        "v2-organizations-slug-webhooks-endpoints-post" Post "/v2/organizations/{slug}/webhooks/endpoints" Webhooks Write Stable 201,
        permissions: Permissions::None, scope: None,
        body: Data("endpoint"),
        secret_parameters: &["signing_secret", "custom_headers"],
        secret_answer: &["custom_headers"],
        risks: [GrantsAccess],
        asks: That("tells somebody else\u{2019}s server what happens here"),
        sentence: "added the webhook {url} to {slug}",
    }
    DeleteOrganizationWebhooks {
        "v2-organizations-slug-webhooks-endpoints-delete" Delete "/v2/organizations/{slug}/webhooks/endpoints" Webhooks Destructive Stable 200,
        permissions: Permissions::None, scope: None,
        secret_answer: &["custom_headers"],
        risks: [StopsService],
        asks: Name(Named::Organization),
        sentence: "removed every webhook of {slug}, with all that was known of their deliveries",
    }
    GetOrganizationWebhook {
        "v2-organizations-slug-webhooks-endpoints-id-get" Get "/v2/organizations/{slug}/webhooks/endpoints/{id}" Webhooks Read Stable 200,
        permissions: Permissions::None, scope: None,
        secret_answer: &["custom_headers"],
        sentence: "opened the webhook {id} of {slug}",
    }
    UpdateOrganizationWebhook {
        "v2-organizations-slug-webhooks-endpoints-id-patch" Patch "/v2/organizations/{slug}/webhooks/endpoints/{id}" Webhooks Write Stable 200,
        permissions: Permissions::None, scope: None,
        body: Data("endpoint"),
        secret_parameters: &["signing_secret", "custom_headers"],
        secret_answer: &["custom_headers"],
        risks: [GrantsAccess, StopsService],
        asks: That("can tell another server what happens here, or stop telling it"),
        sentence: "changed the webhook {id} of {slug}",
    }
    DeleteOrganizationWebhook {
        "v2-organizations-slug-webhooks-endpoints-id-delete" Delete "/v2/organizations/{slug}/webhooks/endpoints/{id}" Webhooks Destructive Stable 200,
        permissions: Permissions::None, scope: None,
        secret_answer: &["custom_headers"],
        risks: [StopsService],
        asks: Name(Named::Webhook),
        sentence: "removed the webhook {id} of {slug}",
    }
    TestOrganizationWebhook {
        "v2-organizations-slug-webhooks-endpoints-id-test-post" Post "/v2/organizations/{slug}/webhooks/endpoints/{id}/test" Webhooks Write Stable 201,
        permissions: Permissions::None, scope: None,
        body: Data("event"),
        limit: Webhooks,
        sentence: "tested the webhook {id} of {slug}",
    }
    ListOrganizationDeliveries {
        "v2-organizations-slug-webhooks-endpoints-id-deliveries-get" Get "/v2/organizations/{slug}/webhooks/endpoints/{id}/deliveries" Webhooks Read Stable 200,
        permissions: Permissions::None, scope: None,
        query: ["page[before]", "page[after]", "page[size]"],
        sentence: "listed what the webhook {id} of {slug} was told",
    }
    GetOrganizationDelivery {
        "v2-organizations-slug-webhooks-deliveries-id-get" Get "/v2/organizations/{slug}/webhooks/deliveries/{id}" Webhooks Read Stable 200,
        permissions: Permissions::None, scope: None,
        sentence: "opened the delivery {id} of a webhook of {slug}",
    }
    RetryOrganizationDelivery {
        "v2-organizations-slug-webhooks-deliveries-id-retry-post" Post "/v2/organizations/{slug}/webhooks/deliveries/{id}/retry" Webhooks Write Stable 201,
        permissions: Permissions::None, scope: None,
        limit: Webhooks,
        sentence: "sent the delivery {id} of a webhook of {slug} once more",
    }
    ListProjectWebhooks {
        "v2-projects-ref-webhooks-endpoints-get" Get "/v2/projects/{ref}/webhooks/endpoints" Webhooks Read Stable 200,
        permissions: Permissions::None, scope: None,
        query: ["page[offset]", "page[limit]"],
        secret_answer: &["custom_headers"],
        sentence: "listed the webhooks of the project {ref}",
    }
    CreateProjectWebhook {
        "v2-projects-ref-webhooks-endpoints-post" Post "/v2/projects/{ref}/webhooks/endpoints" Webhooks Write Stable 201,
        permissions: Permissions::None, scope: None,
        body: Data("endpoint"),
        secret_parameters: &["signing_secret", "custom_headers"],
        secret_answer: &["custom_headers"],
        risks: [GrantsAccess],
        asks: That("tells somebody else\u{2019}s server what happens here"),
        sentence: "added the webhook {url} to the project {ref}",
    }
    DeleteProjectWebhooks {
        "v2-projects-ref-webhooks-endpoints-delete" Delete "/v2/projects/{ref}/webhooks/endpoints" Webhooks Destructive Stable 200,
        permissions: Permissions::None, scope: None,
        secret_answer: &["custom_headers"],
        risks: [StopsService],
        sentence: "removed every webhook of the project {ref}, with all that was known of their deliveries",
    }
    GetProjectWebhook {
        "v2-projects-ref-webhooks-endpoints-id-get" Get "/v2/projects/{ref}/webhooks/endpoints/{id}" Webhooks Read Stable 200,
        permissions: Permissions::None, scope: None,
        secret_answer: &["custom_headers"],
        sentence: "opened the webhook {id} of the project {ref}",
    }
    UpdateProjectWebhook {
        "v2-projects-ref-webhooks-endpoints-id-patch" Patch "/v2/projects/{ref}/webhooks/endpoints/{id}" Webhooks Write Stable 200,
        permissions: Permissions::None, scope: None,
        body: Data("endpoint"),
        secret_parameters: &["signing_secret", "custom_headers"],
        secret_answer: &["custom_headers"],
        risks: [GrantsAccess, StopsService],
        asks: That("can tell another server what happens here, or stop telling it"),
        sentence: "changed the webhook {id} of the project {ref}",
    }
    DeleteProjectWebhook {
        "v2-projects-ref-webhooks-endpoints-id-delete" Delete "/v2/projects/{ref}/webhooks/endpoints/{id}" Webhooks Destructive Stable 200,
        permissions: Permissions::None, scope: None,
        secret_answer: &["custom_headers"],
        risks: [StopsService],
        asks: Name(Named::Webhook),
        sentence: "removed the webhook {id} of the project {ref}",
    }
    TestProjectWebhook {
        "v2-projects-ref-webhooks-endpoints-id-test-post" Post "/v2/projects/{ref}/webhooks/endpoints/{id}/test" Webhooks Write Stable 201,
        permissions: Permissions::None, scope: None,
        body: Data("event"),
        limit: Webhooks,
        sentence: "tested the webhook {id} of the project {ref}",
    }
    ListProjectDeliveries {
        "v2-projects-ref-webhooks-endpoints-id-deliveries-get" Get "/v2/projects/{ref}/webhooks/endpoints/{id}/deliveries" Webhooks Read Stable 200,
        permissions: Permissions::None, scope: None,
        query: ["page[before]", "page[after]", "page[size]"],
        sentence: "listed what the webhook {id} of the project {ref} was told",
    }
    GetProjectDelivery {
        "v2-projects-ref-webhooks-deliveries-id-get" Get "/v2/projects/{ref}/webhooks/deliveries/{id}" Webhooks Read Stable 200,
        permissions: Permissions::None, scope: None,
        sentence: "opened the delivery {id} of a webhook of the project {ref}",
    }
    RetryProjectDelivery {
        "v2-projects-ref-webhooks-deliveries-id-retry-post" Post "/v2/projects/{ref}/webhooks/deliveries/{id}/retry" Webhooks Write Stable 201,
        permissions: Permissions::None, scope: None,
        limit: Webhooks,
        sentence: "sent the delivery {id} of a webhook of the project {ref} once more",
    }
}
