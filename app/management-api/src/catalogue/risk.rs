//! What an operation puts at stake, beside its effect, and what a person is asked before it is done.

/// What an operation puts at stake that its [`Effect`](super::Effect) does not tell: nothing is lost, yet somebody gets
/// in, or somebody is cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Risk {
    /// Somebody, or something, can do afterwards what it could not do before.
    GrantsAccess,
    /// Something can be reached from more of the network than before.
    OpensNetwork,
    /// Somebody who uses the project is cut off, for a moment or for good.
    StopsService,
    /// What the project's own users have stored, or its code, is read.
    ReadsData,
}

impl Risk {
    pub const ALL: &'static [Self] = &[
        Self::GrantsAccess,
        Self::OpensNetwork,
        Self::StopsService,
        Self::ReadsData,
    ];

    /// The risk's one word, for policies.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::GrantsAccess => "grants_access",
            Self::OpensNetwork => "opens_network",
            Self::StopsService => "stops_service",
            Self::ReadsData => "reads_data",
        }
    }

    /// The risk for people, going on from the effect's title.
    pub fn title(self) -> &'static str {
        match self {
            Self::GrantsAccess => "lets somebody in",
            Self::OpensNetwork => "can open it to the network",
            Self::StopsService => "can cut somebody off",
            Self::ReadsData => "reads what people have stored",
        }
    }
}

/// What a person is asked before an operation is done, beside what its effect asks for. A question is a clause that goes
/// on from "I know that this …".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// Nothing.
    Nothing,
    /// Always this.
    That(&'static str),
    /// How many things this parameter names, or which one, where it is one: each of them goes.
    Each(&'static str),
    /// What the SQL in these parameters does, which is run at once.
    Sql(&'static [&'static str]),
    /// What the SQL in these parameters would do, which is only kept, for later.
    KeptSql(&'static [&'static str]),
    /// What a branch does to production: its migrations that production lacks, and what else differs.
    Merge,
    /// What production's migrations that a branch lacks do to the branch.
    Push,
    /// That a branch's database is made anew.
    Reset,
    /// Which secrets are there already, whose values would be replaced.
    ReplacesSecrets,
    /// What would become of the functions that run.
    ChangesFunctions,
    /// Who may connect to the database: everybody, nobody, or else this.
    Addresses(&'static str),
    /// Whether an Edge Function can be called by anybody.
    PublicFunction,
    /// Which schemas the Data API shows.
    Schemas,
    /// Whether Realtime is turned off, or lets clients into public channels.
    Realtime,
    /// Whether Storage can be reached by the S3 protocol.
    S3,
    /// Whether an API key becomes another role.
    KeyRole,
    /// The name of the thing: by its id nobody knows it.
    Name(Named),
}

/// A thing that has an id in its address and a name that people know, which is read before the thing goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    ApiKey,
    LogDrain,
    Member,
    Notebook,
    Organization,
    Webhook,
}

impl Named {
    /// What is typed of it.
    pub fn what(self) -> &'static str {
        match self {
            Self::ApiKey => "name of the key",
            Self::LogDrain => "name of the log drain",
            Self::Member => "address or user name of the member",
            Self::Notebook => "name of the notebook",
            Self::Organization => "name of the organization",
            Self::Webhook => "address of the webhook",
        }
    }
}
