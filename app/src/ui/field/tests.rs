use leptos::prelude::RenderHtml;
use serde_json::json;

use super::*;

const HOSTILE: &str = "\"></textarea><script>x</script>";

fn frame() -> Frame {
    Frame {
        help: format!("Help {HOSTILE}"),
        code: Some("max_rows".to_owned()),
        error: Some(format!("Error {HOSTILE}")),
        required: true,
        ..Frame::new("it", format!("Label {HOSTILE}"))
    }
}

fn closed() -> Frame {
    Frame {
        disabled_because: Some(format!("Takes an Administrator {HOSTILE}")),
        ..frame()
    }
}

/// Every kind of field in this frame, holding something hostile.
fn all(frame: &Frame) -> Vec<(&'static str, String)> {
    let text = HOSTILE.to_owned();
    let around = |control: AnyView| frame.clone().around(control);
    let fields = [
        (
            "line",
            around(line(
                frame,
                Line {
                    value: Some(text.clone()),
                    ..Line::default()
                },
            )),
        ),
        (
            "area",
            around(area(
                frame,
                Area {
                    text: text.clone(),
                    ..Area::default()
                },
            )),
        ),
        (
            "number",
            around(number(
                frame,
                Number {
                    value: Some(text.clone()),
                    unit: "seconds",
                    ..Number::default()
                },
            )),
        ),
        ("json", around(json(frame, Some(text.clone()), &json!({})))),
        (
            "select",
            around(select(
                frame,
                Select {
                    choices: vec![Choice::new("a", "A")],
                    value: text.clone(),
                    mono: false,
                },
            )),
        ),
        ("switch", around(switch(frame, true))),
        ("files", around(files(frame))),
        ("tick", tick(frame.clone(), true)),
        ("several", several(frame.clone(), &["a".to_owned()], &[text])),
        ("secret", around(secret(frame, Kept::Set, Some("clear".to_owned())))),
        ("a first secret", around(secret(frame, Kept::NotSet, None))),
    ];
    fields.map(|(name, view)| (name, view.to_html())).into()
}

#[test]
fn label_help_and_error_belong_to_the_control_and_nothing_is_markup() {
    for (name, html) in all(&frame()) {
        assert!(html.contains("id=\"it\""), "{name}: {html}");
        let tied = ["for=\"it\"", "<legend>", "class=\"tick\""];
        assert!(tied.iter().any(|tie| html.contains(tie)), "{name}: {html}");
        assert!(html.contains("it-error it-hint\""), "{name}: {html}");
        for note in [
            "id=\"it-error\"",
            "id=\"it-hint\"",
            "aria-invalid=\"true\"",
            "<code class=\"field-code\">",
        ] {
            assert!(html.contains(note), "{name} lacks {note}: {html}");
        }
        assert!(!html.contains("<script"), "{name}: {html}");
        assert!(!html.contains(" disabled"), "{name}: {html}");
    }
}

#[test]
fn a_closed_field_says_why_and_is_not_sent() {
    for (name, html) in all(&closed()) {
        assert!(
            html.contains("id=\"it-reason\" class=\"reason\">Takes an Administrator"),
            "{name}: {html}"
        );
        assert!(!html.contains("<script"), "{name}: {html}");
        // Each control is closed, with its companion, or stands in a group that is.
        let controls = ["input", "select", "textarea"];
        let open = html
            .split('<')
            .filter(|tag| controls.iter().any(|control| tag.starts_with(control)) && !tag.contains(" disabled"));
        assert!(
            open.count() == 0 || html.contains("<fieldset") && html.contains(" disabled"),
            "{name}: {html}"
        );
    }
}

#[test]
fn a_box_says_no_by_its_companion() {
    for html in [tick(frame(), false).to_html(), switch(&frame(), false).to_html()] {
        let no = html.find("name=\"it\" value=\"false\"").unwrap();
        let yes = html.find("value=\"true\"").unwrap();
        assert!(no < yes && !html.contains(" checked"), "{html}");
    }
    let none = several(frame(), &["a".to_owned()], &[]).to_html();
    assert!(
        none.find("value=\"\"").unwrap() < none.find("value=\"a\"").unwrap(),
        "{none}"
    );
}
