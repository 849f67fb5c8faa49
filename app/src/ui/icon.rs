//! The icons: own drawings on a 16 px grid, one path each, in the colour of the text around them.

use leptos::{prelude::*, tachys::html::InertElement};

macro_rules! icons {
    ($( $name:ident $path:literal )*) => {
        /// Names what an icon shows. Icons never carry a meaning alone: a word stands beside them or is read out.
        ///
        /// Each is its own constant, so that the browser gets only those which its islands draw.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct Icon(&'static str);

        #[allow(non_upper_case_globals, reason = "they are named like the variants of an enumeration")]
        impl Icon {
            $( pub const $name: Self = Self(concat!(
                "<svg class=\"icon\" viewBox=\"0 0 16 16\" width=\"16\" height=\"16\" aria-hidden=\"true\"><path d=\"",
                $path,
                "\"></path></svg>",
            )); )*

            pub(crate) fn svg(self) -> &'static str {
                self.0
            }
        }
    };
}

icons! {
    Activity "M1.5 8.5h3l2-5.5 3 10 2-4.5h3"
    Added "M3.5 2.5h9a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1zM8 5.5v5M5.5 8h5"
    Archive "M2.5 3h11v3h-11zM3.5 6v6.5a1 1 0 0 0 1 1h7a1 1 0 0 0 1-1V6M6.5 9h3"
    Audit "M4 2.5h8a1 1 0 0 1 1 1v10.2l-2-1.2-1.5 1.2L8 12.5l-1.5 1.2L5 12.5l-2 1.2V3.5a1 1 0 0 1 1-1zM5.5 5.5h5M5.5 8h5"
    Braces "M6 2.5H5.2A1.7 1.7 0 0 0 3.5 4.2v2.1C3.5 7.2 2.9 8 2 8c.9 0 1.5.8 1.5 1.7v2.1a1.7 1.7 0 0 0 1.7 1.7H6M10 2.5h.8a1.7 1.7 0 0 1 1.7 1.7v2.1c0 .9.6 1.7 1.5 1.7-.9 0-1.5.8-1.5 1.7v2.1a1.7 1.7 0 0 1-1.7 1.7H10"
    Branch "M4.5 5.5a1.75 1.75 0 1 0 0-3.5 1.75 1.75 0 0 0 0 3.5zM4.5 14a1.75 1.75 0 1 0 0-3.5 1.75 1.75 0 0 0 0 3.5zM11.5 7a1.75 1.75 0 1 0 0-3.5 1.75 1.75 0 0 0 0 3.5zM4.5 5.5v5M11.5 7c0 2.6-3.2 1.9-5.4 3.7"
    Changed "M3.5 2.5h9a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1zM8 6.8a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4z"
    Check "M3 8.5 6.5 12 13 4.5"
    CheckCircle "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM5.4 8.2l1.8 1.8 3.4-3.8"
    ChevronDown "m4 6 4 4 4-4"
    ChevronLeft "M10 4 6 8l4 4"
    ChevronRight "m6 4 4 4-4 4"
    ChevronsUpDown "m5 6 3-3 3 3M5 10l3 3 3-3"
    Clock "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.8V8l2.2 1.6"
    Close "m4 4 8 8M12 4l-8 8"
    Copy "M5.5 7A1.5 1.5 0 0 1 7 5.5h5A1.5 1.5 0 0 1 13.5 7v5a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 12zM10.5 3A1.5 1.5 0 0 0 9 2.5H4A1.5 1.5 0 0 0 2.5 4v5c0 .5.2.9.6 1.2"
    Database "M13 4c0 1.1-2.2 2-5 2S3 5.1 3 4s2.2-2 5-2 5 .9 5 2zM3 4v8c0 1.1 2.2 2 5 2s5-.9 5-2V4M3 8c0 1.1 2.2 2 5 2s5-.9 5-2"
    Different "M4 6.3h8M4 9.7h8M10.2 3.5l-4.4 9"
    Download "M8 2.5v7.7M4.8 7.2 8 10.4l3.2-3.2M3 13.5h10"
    Edit "M2.5 13.5 3.2 10.6l7.6-7.6a1.3 1.3 0 0 1 1.8 0l.4.4a1.3 1.3 0 0 1 0 1.8l-7.6 7.6z"
    Enter "M9.5 2.5H12a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H9.5M7 5l3 3-3 3M10 8H2.5"
    Entitlement "M4 2.5h8a1 1 0 0 1 1 1v10l-2.5-1.6L8 13.5l-2.5-1.6L3 13.5v-10a1 1 0 0 1 1-1zM6 7.2l1.4 1.4L10 5.8"
    Error "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6 6l4 4M10 6l-4 4"
    Expand "M9.5 2.5h4v4M13.5 2.5 9 7M6.5 13.5h-4v-4M2.5 13.5 7 9"
    External "M6.5 3H4a1 1 0 0 0-1 1v8a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1V9.5M9.5 3H13v3.5M13 3 7.5 8.5"
    Eye "M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8zM8 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z"
    EyeOff "M6.2 4A7 7 0 0 1 8 3.8c4 0 6.5 4.2 6.5 4.2a12 12 0 0 1-1.8 2.3M4.2 5.2A11.6 11.6 0 0 0 1.5 8S4 12.2 8 12.2c1 0 2-.3 2.8-.7M2.5 2.5l11 11"
    File "M4 2h5l3.5 3.5V13a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1zM9 2v3.5h3.5"
    Folder "M2 4a1 1 0 0 1 1-1h3l1.5 1.8H13a1 1 0 0 1 1 1V12a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1z"
    Function "M9 1.8 3.5 9h4l-.5 5.2L12.5 7h-4z"
    Globe "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM2 8h12M8 2c1.8 1.8 2.5 3.8 2.5 6S9.8 12.2 8 14C6.2 12.2 5.5 10.2 5.5 8S6.2 3.8 8 2z"
    History "M2.4 8a5.6 5.6 0 1 0 1.7-4M2.5 2.3v3h3M8 5v3l2 1.5"
    Info "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.5V11M8 5.2h.01"
    Link "M6.8 9.2a2.6 2.6 0 0 0 3.9.3l2-2a2.6 2.6 0 0 0-3.7-3.7L8 4.9M9.2 6.8a2.6 2.6 0 0 0-3.9-.3l-2 2a2.6 2.6 0 0 0 3.7 3.7L8 11.1"
    Key "M10 9.5a3.5 3.5 0 1 0-3.4-2.6L2.5 11v2.5H5V12h1.5v-1.5H8L9 9.4c.3.1.7.1 1 .1zM10.6 5.4h.01"
    Layers "M8 2 14 5.2 8 8.4 2 5.2zM2.3 8.2 8 11.2l5.7-3M2.3 11l5.7 3 5.7-3"
    List "M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.01M2.5 8h.01M2.5 12h.01"
    Lock "M4 7h8a.5.5 0 0 1 .5.5V13a.5.5 0 0 1-.5.5H4a.5.5 0 0 1-.5-.5V7.5A.5.5 0 0 1 4 7zM5.5 7V5a2.5 2.5 0 0 1 5 0v2"
    Members "M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM1.5 13.5c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4M10.8 2.7a2.5 2.5 0 0 1 0 4.6M12.2 9.8c1.4.6 2.3 1.9 2.3 3.7"
    Menu "M2.5 4.5h11M2.5 8h11M2.5 11.5h11"
    Missing "M6.75 2.13A6 6 0 0 1 9.25 2.13M11.27 2.97A6 6 0 0 1 13.03 4.73M13.87 6.75A6 6 0 0 1 13.87 9.25M13.03 11.27A6 6 0 0 1 11.27 13.03M9.25 13.87A6 6 0 0 1 6.75 13.87M4.73 13.03A6 6 0 0 1 2.97 11.27M2.13 9.25A6 6 0 0 1 2.13 6.75M2.97 4.73A6 6 0 0 1 4.73 2.97"
    Monitor "M3 3h10a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM5.5 13.5h5M8 11v2.5"
    Moon "M13.5 9.5A5.8 5.8 0 0 1 6.5 2.5a5.8 5.8 0 1 0 7 7z"
    Moved "M2.5 8h11M9.5 4l4 4-4 4"
    Organization "M3 13.5V3.5a1 1 0 0 1 1-1h4a1 1 0 0 1 1 1v10M9 6.5h3a1 1 0 0 1 1 1v6M1.5 13.5h13M5.5 5.5h1M5.5 8h1M5.5 10.5h1"
    Panel "M3 2.5h10a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1zM6 2.5v11"
    Pause "M5.5 3.5v9M10.5 3.5v9"
    Play "M5 3.2v9.6L12.5 8z"
    Plus "M8 3v10M3 8h10"
    Pooler "M2 3.5h2.5c3 0 3 4.5 5.5 4.5h4M2 12.5h2.5c3 0 3-4.5 5.5-4.5M12 6l2 2-2 2"
    Project "M8 1.8 13.5 5v6L8 14.2 2.5 11V5zM2.5 5 8 8.1 13.5 5M8 8.1v6.1"
    Question "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6.3 6.3a1.7 1.7 0 1 1 2.5 1.5c-.5.3-.8.7-.8 1.2M8 11.2h.01"
    Refresh "M13.5 2.5v3.3h-3.3M13.3 5.8A5.7 5.7 0 1 0 13.6 9"
    Removed "M3.5 2.5h9a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1zM5.5 8h5"
    Same "M4 6h8M4 10h8"
    Search "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.6 10.6 14 14"
    Server "M3 2.5h10a.5.5 0 0 1 .5.5v3.5a.5.5 0 0 1-.5.5H3a.5.5 0 0 1-.5-.5V3a.5.5 0 0 1 .5-.5zM3 9h10a.5.5 0 0 1 .5.5V13a.5.5 0 0 1-.5.5H3a.5.5 0 0 1-.5-.5V9.5A.5.5 0 0 1 3 9zM5 4.8h.01M5 11.3h.01"
    Settings "M2 4.5h6.5M12.5 4.5H14M2 11.5h1.5M7.5 11.5H14M12.5 4.5a2 2 0 1 1-4 0 2 2 0 0 1 4 0zM7.5 11.5a2 2 0 1 1-4 0 2 2 0 0 1 4 0z"
    Shield "M8 1.8 13 3.6v4c0 3-2 5.2-5 6.6-3-1.4-5-3.6-5-6.6v-4zM5.8 7.8l1.5 1.5 2.9-3.1"
    SignedIn "M6.5 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM1.8 13.5c.2-2.4 2.2-4 4.7-4 .9 0 1.7.2 2.4.6M10 12l1.5 1.5 3-3.2"
    SignOut "M6.5 2.5H4a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1h2.5M10.5 5l3 3-3 3M13.5 8h-7"
    Skipped "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM3.8 12.2l8.4-8.4"
    Sun "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7"
    Terminal "M3.5 2.5h9a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1zM5 6l2 2-2 2M8.5 10.5h2.5"
    Trash "M2.5 4h11M6 4V2.5h4V4M4 4l.5 8.6a1 1 0 0 0 1 .9h5a1 1 0 0 0 1-.9L12 4M6.8 7v3.5M9.2 7v3.5"
    Undo "M4.5 3 2 5.5 4.5 8M2.3 5.5H10a3.7 3.7 0 0 1 0 7.5H6.5"
    Upload "M8 10.5V3M4.8 6.2 8 3l3.2 3.2M3 13.5h10"
    User "M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8zM2.8 13.8C3.2 11.4 5.3 10 8 10s4.8 1.4 5.2 3.8"
    Webhook "M8 5.2a1.9 1.9 0 1 0 0-3.8 1.9 1.9 0 0 0 0 3.8zM3.6 13.8a1.9 1.9 0 1 0 0-3.8 1.9 1.9 0 0 0 0 3.8zM12.4 13.8a1.9 1.9 0 1 0 0-3.8 1.9 1.9 0 0 0 0 3.8zM7.1 5l-2.5 5.2M8.9 5l2.6 5.2M5.5 11.9h5"
    Warning "M7.2 2.9a.9.9 0 0 1 1.6 0l5.3 9.3a.9.9 0 0 1-.8 1.3H2.7a.9.9 0 0 1-.8-1.3zM8 6.2v3M8 11.3h.01"
}

/// The drawing of `icon`; screen readers skip it. Put in as text: it never changes, and views cost bytes in the WASM.
#[component]
pub fn Glyph(icon: Icon) -> impl IntoView {
    InertElement::new(icon.svg())
}
