//! The types at the end of the file that look a table, an enum or a composite type up by its name.

/// One such type and what sets it apart from the others.
struct Helper {
    name: &'static str,
    /// The beginning of its parameter's name, and of the second's.
    parameter: &'static str,
    second: &'static str,
    /// Where the name is looked up, in one or two groups of a schema.
    groups: &'static [&'static str],
    /// For tables: the part of the definition that is wanted, and the letter it is inferred by.
    part: Option<(&'static str, &'static str)>,
}

#[rustfmt::skip]
const HELPERS: [Helper; 5] = [
    Helper { name: "Tables", parameter: "DefaultSchemaTable", second: "Table", groups: &["Tables", "Views"], part: Some(("Row", "R")) },
    Helper { name: "TablesInsert", parameter: "DefaultSchemaTable", second: "Table", groups: &["Tables"], part: Some(("Insert", "I")) },
    Helper { name: "TablesUpdate", parameter: "DefaultSchemaTable", second: "Table", groups: &["Tables"], part: Some(("Update", "U")) },
    Helper { name: "Enums", parameter: "DefaultSchemaEnum", second: "Enum", groups: &["Enums"], part: None },
    Helper { name: "CompositeTypes", parameter: "PublicCompositeType", second: "CompositeType", groups: &["CompositeTypes"], part: None },
];

pub fn helpers() -> String {
    let shortened = "\ntype DatabaseWithoutInternals = Omit<Database, \"__InternalSupabase\">\n\n\
        type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, \"public\">]\n\n";
    let helpers = HELPERS.iter().map(|helper| helper.write() + "\n");
    shortened.to_owned() + &helpers.collect::<String>()
}

impl Helper {
    /// The groups of a schema, joined where there are two.
    fn of(&self, schema: &str, margin: &str) -> String {
        let groups: Vec<_> = self
            .groups
            .iter()
            .map(|group| format!("{schema}[\"{group}\"]"))
            .collect();
        let joined = groups.join(&format!(" &{margin}"));
        if groups.len() > 1 {
            format!("({joined})")
        } else {
            joined
        }
    }

    fn write(&self) -> String {
        let parameter = format!("{}NameOrOptions", self.parameter);
        let second = format!("{}Name", self.second);
        let there = format!("DatabaseWithoutInternals[{parameter}[\"schema\"]]");
        let known = "schema: keyof DatabaseWithoutInternals";
        let (name, default) = (self.name, "DefaultSchema");
        let keys = self.of(default, " ");
        let mut out = format!("export type {name}<\n  {parameter} extends\n    | keyof {keys}\n    | {{ {known} }},\n");
        out += &format!("  {second} extends {parameter} extends {{\n    {known}\n  }}\n");
        out += &format!(
            "    ? keyof {}\n    : never = never,\n> = ",
            self.of(&there, "\n        ")
        );
        out += &format!("{parameter} extends {{\n  {known}\n}}\n");
        match self.part {
            None => {
                out += &format!("  ? {}[{second}]\n", self.of(&there, ""));
                out += &format!("  : {parameter} extends keyof {keys}\n    ? {keys}[{parameter}]\n    : never\n");
            }
            Some((part, letter)) => {
                let infer = |margin: &str| {
                    format!(
                        " extends {{\n{margin}    {part}: infer {letter}\n{margin}  }}\n{margin}  ? {letter}\n{margin}  : never\n"
                    )
                };
                out += &format!("  ? {}[{second}]{}", self.of(&there, "\n      "), infer("  "));
                let broken = self.of(default, "\n        ");
                out += &format!(
                    "  : {parameter} extends keyof {broken}\n    ? {broken}[{parameter}]{}    : never\n",
                    infer("    ")
                );
            }
        }
        out
    }
}
