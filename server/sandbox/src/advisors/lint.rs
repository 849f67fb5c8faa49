//! The pieces of advice that a database can be given, each with the query that finds where it is due.

/// What a piece of advice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    Performance,
    Security,
}

pub struct Lint {
    pub name: &'static str,
    pub title: &'static str,
    pub level: &'static str,
    pub category: Category,
    pub description: &'static str,
    /// Its number in Supabase's documentation.
    pub number: u8,
    pub query: &'static str,
}

impl Lint {
    pub fn remediation(&self) -> String {
        format!(
            "https://supabase.com/docs/guides/database/database-linter?lint={:04}_{}",
            self.number, self.name
        )
    }
}

macro_rules! lints {
    ($($number:literal $name:literal $level:literal $category:ident $title:literal $description:literal)*) => {
        &[$(Lint {
            name: $name,
            title: $title,
            level: $level,
            category: Category::$category,
            description: $description,
            number: $number,
            query: include_str!(concat!("lints/", $name, ".sql")),
        }),*]
    };
}

#[rustfmt::skip]
pub const LINTS: &[Lint] = lints! {
    1 "unindexed_foreign_keys" "INFO" Performance "Foreign key without an index"
        "Joins over a foreign key, and deletions of what it points to, read the whole table when no index covers its columns."
    2 "auth_users_exposed" "ERROR" Security "auth.users is shown"
        "A view that the API can read shows columns of auth.users, and with them data about people."
    3 "auth_rls_initplan" "WARN" Performance "Policy asks who calls for every row"
        "A function such as auth.uid() in a policy runs once a row unless it stands in a select of its own."
    4 "no_primary_key" "INFO" Performance "Table without a primary key"
        "Without a primary key, rows cannot be told apart quickly, nor replicated by their changes."
    5 "unused_index" "INFO" Performance "Index that is not used"
        "An index that no query reads takes room and slows writing down."
    6 "multiple_permissive_policies" "WARN" Performance "Several permissive policies"
        "Every permissive policy for the same role and command is evaluated for each row; one that joins them is faster."
    7 "policy_exists_rls_disabled" "ERROR" Security "Policies without row level security"
        "Policies take effect only once row level security is enabled for their table."
    8 "rls_enabled_no_policy" "INFO" Security "Row level security without a policy"
        "With row level security and no policy, only roles that bypass it see any row."
    9 "duplicate_index" "WARN" Performance "Duplicate indexes"
        "Two indexes that are alike cost twice and help once."
    10 "security_definer_view" "ERROR" Security "View with its owner's rights"
        "A view without security_invoker passes by the row level security that holds for the person who asks."
    11 "function_search_path_mutable" "WARN" Security "Function with an open search path"
        "A function that does not set its search_path finds names wherever its caller's path leads."
    13 "rls_disabled_in_public" "ERROR" Security "Row level security is off in public"
        "Tables of schemas that the Data API exposes are open to whoever they are granted to, unless row level security guards them."
    14 "extension_in_public" "WARN" Security "Extension in public"
        "What an extension brings along can be called through the API when it is in the schema public."
    15 "rls_references_user_metadata" "ERROR" Security "Policy relies on user metadata"
        "People can change their own user_metadata, so no policy should trust it."
    16 "materialized_view_in_api" "WARN" Security "Materialized view in the API"
        "Row level security does not hold for materialized views: whoever may read one sees all of it."
    17 "foreign_table_in_api" "WARN" Security "Foreign table in the API"
        "Row level security does not hold for foreign tables: whoever may read one sees all of it."
    18 "unsupported_reg_types" "WARN" Security "Column type that stops upgrades"
        "Columns of some reg* types have to be gone before PostgreSQL can be upgraded to another major version."
};
