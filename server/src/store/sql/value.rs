//! Values that are bound to statements.

use std::borrow::Cow;

/// A value as both engines take it.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Int(Option<i64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
    /// SQLite keeps it as 0 or 1.
    Bool(bool),
}

impl Value {
    /// A text as PostgreSQL takes it, which knows no zero byte in one. Nothing that is looked for by an exact text holds
    /// one either.
    pub(super) fn without_zero(text: String) -> String {
        if text.contains('\0') {
            text.replace('\0', "\u{fffd}")
        } else {
            text
        }
    }
}

macro_rules! from {
    ($($kind:ident: $($type:ty),+;)+) => {$($(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::$kind(Some(value.into()))
            }
        }

        impl From<Option<$type>> for Value {
            fn from(value: Option<$type>) -> Self {
                Self::$kind(value.map(Into::into))
            }
        }
    )+)+};
}

from! {
    Int: i64, u32, u16;
    Text: String, &str, Cow<'_, str>;
    Bytes: Vec<u8>, &[u8];
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&String> for Value {
    fn from(value: &String) -> Self {
        value.as_str().into()
    }
}

impl From<&Option<String>> for Value {
    fn from(value: &Option<String>) -> Self {
        value.as_deref().into()
    }
}

impl From<&Vec<u8>> for Value {
    fn from(value: &Vec<u8>) -> Self {
        value.as_slice().into()
    }
}
