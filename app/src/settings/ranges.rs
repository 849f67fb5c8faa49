//! Ranges of addresses: an address and the length of its prefix, such as `203.0.113.0/24`.

use std::{fmt, net::IpAddr};

/// A version of the internet protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    V4,
    V6,
}

impl Family {
    pub fn of(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(_) => Self::V4,
            IpAddr::V6(_) => Self::V6,
        }
    }

    /// Bits of an address.
    fn bits(self) -> u8 {
        match self {
            Self::V4 => 32,
            Self::V6 => 128,
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Self::V4 => "IPv4",
            Self::V6 => "IPv6",
        }
    }

    /// One to begin with.
    pub fn example(self) -> &'static str {
        match self {
            Self::V4 => "203.0.113.0/24",
            Self::V6 => "2001:db8::/32",
        }
    }
}

/// A range as it should be: its address is the first of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    first: IpAddr,
    length: u8,
}

/// Why a text is no range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    NoRange(Family),
    /// It is of the other family.
    Other(Family),
    TooLong(Family),
    /// The address lies within the range that was meant.
    Within {
        whole: Range,
        one: Range,
    },
}

impl Fault {
    /// What is wrong with `typed`, and what it could be instead.
    pub fn sentence(&self, typed: &str) -> String {
        match self {
            Self::NoRange(family) => format!(
                "\u{201c}{typed}\u{201d} is no {} range. One is written like {}.",
                family.title(),
                family.example()
            ),
            Self::Other(family) => format!(
                "\u{201c}{typed}\u{201d} is not {}: it belongs to the other list.",
                family.title()
            ),
            Self::TooLong(family) => format!(
                "\u{201c}{typed}\u{201d}: the prefix of an {} range has {} bits at most.",
                family.title(),
                family.bits()
            ),
            Self::Within { whole, one } => {
                format!(
                    "A /{} begins at {}: use {whole}, or {one} for the one address.",
                    whole.length, whole.first
                )
            }
        }
    }
}

fn masked(address: IpAddr, length: u8) -> IpAddr {
    // Shifting by all of the bits leaves nothing.
    match address {
        IpAddr::V4(address) => {
            let mask = u32::MAX.checked_shl(u32::from(32 - length.min(32))).unwrap_or_default();
            IpAddr::V4((address.to_bits() & mask).into())
        }
        IpAddr::V6(address) => {
            let mask = u128::MAX
                .checked_shl(u32::from(128 - length.min(128)))
                .unwrap_or_default();
            IpAddr::V6((address.to_bits() & mask).into())
        }
    }
}

impl Range {
    /// One address.
    pub fn one(address: IpAddr) -> Self {
        Self {
            first: address,
            length: Family::of(address).bits(),
        }
    }

    /// A range as people type it; an address alone is a range of one.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(text: &str, family: Family) -> Result<Self, Fault> {
        let text = text.trim();
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(length)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| Fault::NoRange(family))?;
        if Family::of(address) != family {
            return Err(Fault::Other(family));
        }
        let Some(length) = length else {
            return Ok(Self::one(address));
        };
        let length: u8 = length.parse().map_err(|_| Fault::NoRange(family))?;
        if length > family.bits() {
            return Err(Fault::TooLong(family));
        }
        let range = Self {
            first: masked(address, length),
            length,
        };
        if range.first == address {
            Ok(range)
        } else {
            Err(Fault::Within {
                whole: range,
                one: Self::one(address),
            })
        }
    }

    /// The same for what Supabase tells, which may begin in the middle.
    pub fn lenient(text: &str, family: Family) -> Option<Self> {
        match Self::read(text, family) {
            Ok(range) | Err(Fault::Within { whole: range, .. }) => Some(range),
            Err(Fault::NoRange(_) | Fault::Other(_) | Fault::TooLong(_)) => None,
        }
    }

    pub fn holds(self, address: IpAddr) -> bool {
        Family::of(address) == Family::of(self.first) && masked(address, self.length) == self.first
    }

    /// Whether all of `other` lies in it.
    pub fn covers(self, other: Self) -> bool {
        self.length <= other.length && self.holds(other.first)
    }

    /// How many addresses it holds.
    pub fn size(self) -> String {
        let family = Family::of(self.first);
        match family.bits() - self.length {
            0 => "1 address".to_owned(),
            bits if bits == family.bits() => format!("All of {}", family.title()),
            bits if bits <= 32 => format!("{} addresses", crate::ui::chart::grouped((1_u64 << bits) as f64)),
            bits => format!("2^{bits} addresses"),
        }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.first, self.length)
    }
}

/// Whether an address is one by which somebody is met on the internet; one of a network of one's own is not.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let shared = address.octets()[0] == 100 && (64..128).contains(&address.octets()[1]);
            !(address.is_loopback()
                || address.is_private()
                || address.is_link_local()
                || address.is_unspecified()
                || address.is_multicast()
                || shared)
        }
        IpAddr::V6(address) => {
            !(address.is_loopback()
                || address.is_unique_local()
                || address.is_unicast_link_local()
                || address.is_unspecified()
                || address.is_multicast())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn v4(text: &str) -> Range {
        Range::read(text, Family::V4).unwrap()
    }

    #[test]
    fn ranges_are_read_as_people_write_them() {
        assert_eq!(v4(" 203.0.113.0/24 ").to_string(), "203.0.113.0/24");
        assert_eq!(v4("203.0.113.7").to_string(), "203.0.113.7/32");
        assert_eq!(v4("0.0.0.0/0").size(), "All of IPv4");
        assert_eq!(v4("203.0.113.0/25").size(), "128 addresses");
        assert_eq!(v4("203.0.113.7/32").size(), "1 address");
        let v6 = Range::read("2001:DB8:1::/48", Family::V6).unwrap();
        assert_eq!(
            (v6.to_string().as_str(), v6.size().as_str()),
            ("2001:db8:1::/48", "2^80 addresses")
        );
        assert_eq!(Range::read("::/0", Family::V6).unwrap().size(), "All of IPv6");
    }

    #[test]
    fn what_is_none_is_told_with_what_it_could_be() {
        for (text, part) in [
            (
                "203.0.113.7/24",
                "A /24 begins at 203.0.113.0: use 203.0.113.0/24, or 203.0.113.7/32",
            ),
            ("203.0.113/24", "is no IPv4 range"),
            ("office", "is no IPv4 range"),
            ("203.0.113.0/", "is no IPv4 range"),
            ("203.0.113.0/33", "has 32 bits at most"),
            ("2001:db8::/32", "is not IPv4"),
        ] {
            let said = Range::read(text, Family::V4).unwrap_err().sentence(text);
            assert!(said.contains(part), "{said}");
        }
        assert!(Range::read("1.2.3.4", Family::V6).is_err());
    }

    #[test]
    fn a_range_covers_what_lies_in_it() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        assert!(v4("192.0.2.0/25").covers(v4("192.0.2.64/32")));
        assert!(!v4("192.0.2.64/32").covers(v4("192.0.2.0/25")));
        assert!(v4("0.0.0.0/0").holds(ip("8.8.8.8")) && !v4("0.0.0.0/0").holds(ip("::1")));
        assert!(
            Range::lenient("203.0.113.7/24", Family::V4)
                .unwrap()
                .holds(ip("203.0.113.200"))
        );
        assert_eq!(Range::lenient("x", Family::V4), None);
    }

    #[test]
    fn addresses_of_a_network_of_ones_own_are_not_public() {
        for own in [
            "127.0.0.1",
            "10.1.2.3",
            "192.168.0.9",
            "100.64.0.1",
            "169.254.1.1",
            "::1",
            "fd00::1",
            "fe80::1",
        ] {
            assert!(!is_public(own.parse().unwrap()), "{own}");
        }
        for public in ["198.51.100.24", "8.8.8.8", "2001:db8::1"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }
}
