//! E-mails as they would be sent: what stands in double braces is filled with examples.

use html_escape::encode_text;

/// What may stand in a template, and an example of it. From Supabase's documentation of its templates.
const EXAMPLES: &[(&str, &str)] = &[
    (
        ".ConfirmationURL",
        "https://example.com/auth/v1/verify?token=0123456789abcdef&type=signup",
    ),
    (".Token", "123456"),
    (".TokenHash", "0123456789abcdef"),
    (".SiteURL", "https://example.com"),
    (".RedirectTo", "https://example.com/welcome"),
    (".Email", "ada@example.com"),
    (".NewEmail", "ada.lovelace@example.com"),
    (".OldEmail", "ada@example.com"),
    (".Phone", "+49 170 0000000"),
    (".OldPhone", "+49 170 1111111"),
    (".Provider", "github"),
    (".FactorType", "totp"),
];

/// The e-mail with examples in it. What only Supabase's own templates can work out, such as conditions, stays as it is
/// written, in a mark.
pub fn example(template: &str) -> String {
    let mut html = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((action, after)) = after.split_once("}}") else {
            break;
        };
        html.push_str(before);
        let word = action.trim().trim_matches('-').trim();
        match EXAMPLES.iter().find(|(name, _)| *name == word) {
            Some((_, example)) => html.push_str(&encode_text(example)),
            None => html.push_str(&format!("<mark>{}</mark>", encode_text(&format!("{{{{{action}}}}}")))),
        }
        rest = after;
    }
    html.push_str(rest);
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_stand_where_braces_stood() {
        for (template, expected) in [
            ("<p>{{ .Token }}</p>", "<p>123456</p>"),
            (
                "{{.Email}} or {{- .NewEmail -}}",
                "ada@example.com or ada.lovelace@example.com",
            ),
            (
                "{{ if .Data.x }}a{{ end }}",
                "<mark>{{ if .Data.x }}</mark>a<mark>{{ end }}</mark>",
            ),
            ("{{ <b> }}", "<mark>{{ &lt;b&gt; }}</mark>"),
            ("open {{ .Token", "open {{ .Token"),
            ("", ""),
        ] {
            assert_eq!(example(template), expected, "{template}");
        }
        assert!(example("<a href=\"{{ .ConfirmationURL }}\">").contains("token=0123456789abcdef&amp;type"));
    }
}
