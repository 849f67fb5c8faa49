//! Every page with the gaps of real answers: fields that are missing, `null` or of another kind cost no page, and no part
//! of one.

use serde_json::json;

use crate::stage::Stage;

/// Worlds, each with other gaps: a seed has the same ones in each run, so what fails here can be seen again.
const SEEDS: std::ops::RangeInclusive<u64> = 1..=3;

/// Numbers of now's size that stand in a page as its text, and are none of what is shown as it came.
fn since_1970(page: &str) -> Vec<&str> {
    let begins = |text: &&str| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let ends = !text[digits..].starts_with(|next: char| next.is_alphanumeric());
        matches!(digits, 10 | 13) && ends && (text.starts_with("17") || text.starts_with("18"))
    };
    let texts = page
        .split('<')
        .filter_map(|part| part.split_once('>'))
        .map(|(_, text)| text.trim());
    texts.filter(begins).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_do_without_what_answers_leave_out() {
    let (mut drawn, mut told, mut wrong) = (0, 0, Vec::new());
    for seed in SEEDS {
        let stage = Stage::with(json!({ "gaps": seed }), &[]).await;
        let mut browser = stage.signed_in().await;
        let (projects, organizations) = (stage.projects().await, stage.organizations().await);
        for page in app::pages::all() {
            let route = page.route.replace(":ref", &projects[0].reference);
            let route = route.replace(":slug", &organizations[0].slug);
            if route.contains(':') {
                continue;
            }
            let page = browser.get(&route).await;
            drawn += 1;
            let raw = since_1970(&page.body);
            if !raw.is_empty() {
                wrong.push(format!(
                    "seed {seed} {route}: times that were not read: {}",
                    raw.join(", ")
                ));
            }
            told += usize::from(page.body.contains("answer had gaps") || page.body.contains("could not be read"));
            let is_whole = page.body.contains("</html>") && !page.body.contains("has another shape");
            if page.status.is_server_error() || !is_whole {
                // Where it says so, or else how it ends.
                let says = page
                    .body
                    .find("error-view")
                    .or_else(|| page.body.find("has another shape"));
                let from = says.unwrap_or(page.body.len()).saturating_sub(200);
                let why = &page.body[page.body.floor_char_boundary(from)..];
                wrong.push(format!(
                    "seed {seed} {route}: {} {}",
                    page.status,
                    why.chars().take(400).collect::<String>()
                ));
            }
        }
    }
    println!("{drawn} pages drawn with gaps in their answers, {told} of them tell of some");
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(told > 0, "there were gaps");
}
