//! What is done, found in the syntax tree of a script.

use squawk_lexer::tokenize;
use squawk_syntax::{
    SourceFile, SyntaxKind, SyntaxNode,
    ast::{AstNode, Stmt},
};

use super::clauses::Deeds;
use crate::sql::unquoted;

/// Characters of a name.
const NAME: usize = 80;

/// Goes through a script that is not too much.
pub(super) fn read(text: &str) -> Deeds {
    let parse = SourceFile::parse(text);
    let mut deeds = Deeds::default();
    if let Some(error) = parse.errors().first() {
        let before = text.get(..usize::from(error.range().start())).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        deeds.add(
            format!("holds SQL that Steward cannot read, at line {line}"),
            "",
            String::new(),
        );
    }
    walk(&parse.syntax_node(), &mut deeds);
    deeds
}

/// Goes through everything that is run.
fn walk(node: &SyntaxNode, deeds: &mut Deeds) {
    let kind = node.kind();
    match kind {
        // Definitions: what they hold is run later, if ever.
        SyntaxKind::CREATE_FUNCTION | SyntaxKind::CREATE_PROCEDURE | SyntaxKind::CREATE_RULE => return,
        SyntaxKind::EXPLAIN if !analyzes(node) => return,
        SyntaxKind::DELETE if hits_all(node) => deeds.add("deletes every row of", "", target(node)),
        SyntaxKind::UPDATE if hits_all(node) => deeds.add("changes every row of", "", target(node)),
        SyntaxKind::MERGE if holds(node, SyntaxKind::MERGE_DELETE) => {
            deeds.add("deletes rows, by a merge, of", "", target(node));
        }
        SyntaxKind::TRUNCATE => {
            names(node)
                .into_iter()
                .for_each(|name| deeds.add("empties", "table", name));
            cascade(node, deeds);
        }
        SyntaxKind::GRANT | SyntaxKind::GRANT_DEFAULT_PRIVILEGES => {
            deeds.add("gives rights to", "", roles(node));
        }
        SyntaxKind::REVOKE | SyntaxKind::REVOKE_DEFAULT_PRIVILEGES => {
            deeds.add("takes rights away from", "", roles(node));
        }
        SyntaxKind::CREATE_ROLE | SyntaxKind::CREATE_USER | SyntaxKind::CREATE_GROUP => {
            let role = node.children().find(|part| part.kind() == SyntaxKind::ROLE);
            deeds.add("creates", "role", role.map(|role| name(&role)).unwrap_or_default());
        }
        SyntaxKind::ALTER_ROLE | SyntaxKind::ALTER_USER | SyntaxKind::ALTER_GROUP => {
            deeds.add("changes", "role", target(node));
        }
        SyntaxKind::OWNER_TO => deeds.add("changes the owner of", "", altered(node)),
        SyntaxKind::REASSIGN => deeds.add("changes the owner of all that is owned by", "", roles(node)),
        SyntaxKind::DISABLE_RLS | SyntaxKind::NO_FORCE_RLS => {
            deeds.add("turns row level security off for", "table", altered(node))
        }
        SyntaxKind::ALTER_SYSTEM => deeds.add("changes settings of the whole database server", "", String::new()),
        SyntaxKind::DO => deeds.add("runs a block of code that Steward cannot read", "", String::new()),
        SyntaxKind::COPY => copies(node, deeds),
        _ if drops(kind).is_some() => dropped(node, deeds),
        _ => {}
    }
    node.children().for_each(|child| walk(&child, deeds));
}

/// Whether `explain` runs its statement.
fn analyzes(explain: &SyntaxNode) -> bool {
    let mut parts = explain.children().filter(|part| !Stmt::can_cast(part.kind()));
    parts.any(|part| part.text().to_string().to_ascii_lowercase().contains("analy"))
}

/// Whether nothing, or nothing that looks at a row, narrows down what is deleted or changed.
fn hits_all(node: &SyntaxNode) -> bool {
    if node.children().any(|part| part.kind() == SyntaxKind::WHERE_CURRENT_OF) {
        return false;
    }
    let condition = node.children().find(|part| part.kind() == SyntaxKind::WHERE_CLAUSE);
    condition.is_none_or(|condition| !holds(&condition, SyntaxKind::NAME_REF))
}

fn holds(node: &SyntaxNode, kind: SyntaxKind) -> bool {
    node.descendants().any(|part| part.kind() == kind)
}

/// Programs and files of the database's server; what goes to and fro with the client is only a way of writing.
fn copies(copy: &SyntaxNode, deeds: &mut Deeds) {
    let ways = copy
        .children()
        .filter(|part| matches!(part.kind(), SyntaxKind::COPY_FROM | SyntaxKind::COPY_TO));
    for way in ways {
        let mut tokens = way.descendants_with_tokens().map(|part| part.kind());
        if tokens.any(|token| token == SyntaxKind::PROGRAM_KW) {
            deeds.add("runs a program on the database\u{2019}s server", "", String::new());
        } else if !holds(&way, SyntaxKind::COPY_STDIN) && !holds(&way, SyntaxKind::COPY_STDOUT) {
            deeds.add(
                "reads or writes a file of the database\u{2019}s server",
                "",
                String::new(),
            );
        }
    }
}

/// What a node of this kind drops, such as `table`.
fn drops(kind: SyntaxKind) -> Option<String> {
    let kind = format!("{kind:?}");
    Some(kind.strip_prefix("DROP_")?.to_ascii_lowercase().replace('_', " "))
}

fn dropped(node: &SyntaxNode, deeds: &mut Deeds) {
    let what = drops(node.kind()).unwrap_or_default();
    let names = names(node);
    if node.kind() == SyntaxKind::DROP_OWNED {
        deeds.add("drops everything that is owned by", "", roles(node));
    } else if Stmt::can_cast(node.kind()) {
        if names.is_empty() {
            deeds.add("drops", &what, String::new());
        }
        names.into_iter().for_each(|name| deeds.add("drops", &what, name));
    } else {
        // Part of an `alter`.
        deeds.part(
            "drops",
            &what,
            names.first().cloned().unwrap_or_default(),
            altered(node),
        );
    }
    cascade(node, deeds);
}

fn cascade(node: &SyntaxNode, deeds: &mut Deeds) {
    if node.children().any(|part| part.kind() == SyntaxKind::CASCADE) {
        deeds.add("reaches everything that depends on them, too", "", String::new());
    }
}

/// Whether a node names something that exists already.
fn is_name(kind: SyntaxKind) -> bool {
    let kind = format!("{kind:?}");
    kind.ends_with("_REF") || kind.ends_with("_SIG")
}

/// The names in a node; that of what it stands on goes with the one before it, as in `policy on table`.
fn names(node: &SyntaxNode) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in node.children() {
        match part.kind() {
            SyntaxKind::ON_TABLE | SyntaxKind::ON_RELATION => {
                if let Some(last) = found.last_mut() {
                    last.push(' ');
                    last.push_str(&name(&part));
                }
            }
            SyntaxKind::SERVER_CLAUSE => {}
            kind if is_name(kind) => found.push(name(&part)),
            _ => found.extend(names(&part)),
        }
    }
    found
}

/// The first name in a statement: what it works on.
fn target(node: &SyntaxNode) -> String {
    let with_clause = |part: &SyntaxNode| part.kind() == SyntaxKind::WITH_CLAUSE;
    let mut parts = node.children().filter(|part| !with_clause(part));
    parts
        .find_map(|part| {
            if is_name(part.kind()) {
                Some(name(&part))
            } else {
                names(&part).into_iter().next()
            }
        })
        .unwrap_or_default()
}

/// What the `alter` around a node works on.
fn altered(node: &SyntaxNode) -> String {
    let around = node.ancestors().skip(1).find(|around| Stmt::can_cast(around.kind()));
    around.map(|around| target(&around)).unwrap_or_default()
}

/// The roles that a statement names.
fn roles(node: &SyntaxNode) -> String {
    let mut roles = node.children().filter(|part| part.kind() == SyntaxKind::ROLE_REF_LIST);
    roles.next().map(|roles| name(&roles)).unwrap_or_default()
}

/// The text of a node on one line, without quotes that it does not need, cut where it is long.
fn name(node: &SyntaxNode) -> String {
    let text = node.text().to_string();
    let (mut plain, mut at) = (String::with_capacity(text.len()), 0);
    for token in tokenize(&text) {
        let end = at + token.len as usize;
        plain.push_str(unquoted(text.get(at..end).unwrap_or_default()));
        at = end;
    }
    let text = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(NAME) {
        Some((end, _)) => format!("{}\u{2026}", text.get(..end).unwrap_or_default()),
        None => text,
    }
}
