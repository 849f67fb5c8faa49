//! Cut: the rows that are whole at the beginning of a list whose end did not come.

use bytes::{Bytes, BytesMut};

/// The list up to its last whole row; `None` where it is no list, or no row of it is whole.
pub fn cut_list(mut begun: BytesMut) -> Option<Bytes> {
    let end = last_row(&begun)?;
    begun.truncate(end);
    begun.extend_from_slice(b"]");
    Some(begun.freeze())
}

/// Where the last row ends that is an object or a list.
fn last_row(begun: &[u8]) -> Option<usize> {
    let (mut depth, mut text, mut escaped, mut end) = (0_usize, false, false, None);
    for (at, byte) in begun.iter().enumerate() {
        if text {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => text = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => text = true,
            b'[' | b'{' => {
                if depth == 0 && *byte == b'{' {
                    return None;
                }
                depth += 1;
            }
            b']' | b'}' => {
                depth = depth.checked_sub(1)?;
                if depth == 1 {
                    end = Some(at + 1);
                }
            }
            _ if depth == 0 && !byte.is_ascii_whitespace() => return None,
            _ => {}
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_are_whole_make_a_list() {
        let whole = br#" [{"a":"}]\"{","b":[1,{"c":"\\"}]}, {"a":2},{"a":3}]"#;
        let rows = |begun: &[u8]| {
            cut_list(begun.into()).map(|list| serde_json::from_slice::<Vec<serde_json::Value>>(&list).unwrap().len())
        };
        let counts: Vec<_> = (0..whole.len()).map(|at| rows(&whole[..at])).collect();
        assert_eq!((counts[10], counts[whole.len() - 1]), (None, Some(3)));
        assert!(counts.is_sorted(), "{counts:?}");
        assert!(counts.contains(&Some(1)) && counts.contains(&Some(2)));
    }

    #[test]
    fn what_is_no_list_is_not_cut() {
        for other in ["", "{\"a\":[1,2],\"b\"", "\"text", "12", "]", "[1,2,3"] {
            assert_eq!(cut_list(other.as_bytes().into()), None, "{other}");
        }
    }
}
