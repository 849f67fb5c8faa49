//! How often one address may ask.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use http::{HeaderMap, HeaderName};
use moka::{policy::EvictionPolicy, sync::Cache};
use tokio::time::Instant;

/// Addresses that are told apart at most; the one that was not seen for longest is forgotten first.
const ADDRESSES: u64 = 10_000;
const MINUTE: Duration = Duration::from_secs(60);

/// A bucket of tokens for each address: full at first, and filled again within a minute.
pub struct AddressLimit {
    buckets: Cache<IpAddr, Arc<Mutex<Bucket>>>,
    a_minute: u32,
    /// The header in which a proxy of ours names the address it was asked by.
    proxy_header: Option<HeaderName>,
}

struct Bucket {
    left: f64,
    at: Instant,
}

impl AddressLimit {
    pub fn new(a_minute: u32, proxy_header: Option<HeaderName>) -> Self {
        Self {
            buckets: Cache::builder()
                .max_capacity(ADDRESSES)
                // A bucket that nobody took from for a minute is full, as a new one is.
                .time_to_idle(MINUTE)
                .eviction_policy(EvictionPolicy::lru())
                .build(),
            a_minute,
            proxy_header,
        }
    }

    /// Takes one request of this address; else tells after how many seconds there is room for one.
    pub fn take(&self, address: IpAddr) -> Result<(), u64> {
        let most = f64::from(self.a_minute);
        let now = Instant::now();
        let full = || Arc::new(Mutex::new(Bucket { left: most, at: now }));
        let bucket = self.buckets.get_with(address, full);
        // A panic in between leaves numbers that are right.
        let mut bucket = bucket.lock().unwrap_or_else(PoisonError::into_inner);
        let per_second = most / MINUTE.as_secs_f64();
        let gone = now.saturating_duration_since(bucket.at).as_secs_f64();
        bucket.left = (bucket.left + gone * per_second).min(most);
        bucket.at = now;
        if bucket.left >= 1.0 {
            bucket.left -= 1.0;
            Ok(())
        } else {
            Err(((1.0 - bucket.left) / per_second).ceil() as u64)
        }
    }

    /// How many requests an address has a minute.
    pub fn a_minute(&self) -> u32 {
        self.a_minute
    }

    /// Whose bucket a request takes from.
    pub fn address(&self, peer: Option<IpAddr>, headers: &HeaderMap) -> IpAddr {
        // Without either, all share one.
        home(self.client(peer, headers).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)))
    }

    /// Where a request comes from: as the proxy that is trusted has it, else whoever has connected.
    pub fn client(&self, peer: Option<IpAddr>, headers: &HeaderMap) -> Option<IpAddr> {
        let named = self.proxy_header.as_ref().and_then(|name| last(headers, name));
        named.or(peer).map(|address| address.to_canonical())
    }
}

/// The last address of the header: the one that the nearest proxy has written. What stands before it came with the
/// request, and anybody can write that.
fn last(headers: &HeaderMap, name: &HeaderName) -> Option<IpAddr> {
    let line = headers.get_all(name).iter().next_back()?.to_str().ok()?;
    let entry = line.rsplit(',').next()?.trim();
    let bare = entry.trim_start_matches('[').trim_end_matches(']');
    let with_port = || Some(entry.parse::<SocketAddr>().ok()?.ip());
    bare.parse().ok().or_else(with_port)
}

/// What one household or server has: an address of IPv4, the /64 of IPv6.
fn home(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn a_bucket_empties_and_fills_again_for_each_address_alone() {
        let limit = AddressLimit::new(30, None);
        for _ in 0..30 {
            assert_eq!(limit.take(ip("192.0.2.1")), Ok(()));
        }
        assert_eq!(limit.take(ip("192.0.2.1")), Err(2));
        assert_eq!(limit.take(ip("192.0.2.2")), Ok(()));
        tokio::time::advance(Duration::from_secs(2)).await;
        assert_eq!(limit.take(ip("192.0.2.1")), Ok(()));
        assert_eq!(limit.take(ip("192.0.2.1")), Err(2));
    }

    #[test]
    fn addresses_are_bounded_however_many_come() {
        let limit = AddressLimit::new(30, None);
        for n in 0..30_000_u32 {
            assert_eq!(limit.take(IpAddr::V4(Ipv4Addr::from_bits(n))), Ok(()));
        }
        limit.buckets.run_pending_tasks();
        assert!(limit.buckets.entry_count() <= ADDRESSES);
    }

    #[test]
    fn a_network_of_ipv6_is_one_address_and_an_ipv4_one_stays_itself() {
        assert_eq!(home(ip("2001:db8:1:2:3:4:5:6")), ip("2001:db8:1:2::"));
        assert_eq!(home(ip("2001:db8:1:2::ffff")), ip("2001:db8:1:2::"));
        assert_eq!(home(ip("::ffff:192.0.2.1")), ip("192.0.2.1"));
    }

    #[test]
    fn only_the_last_entry_of_a_trusted_header_counts() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", HeaderValue::from_static("198.51.100.7"));
        headers.append("x-forwarded-for", HeaderValue::from_static("198.51.100.8, 203.0.113.9"));
        let peer = Some(ip("127.0.0.1"));
        let trusting = AddressLimit::new(30, Some(HeaderName::from_static("x-forwarded-for")));
        assert_eq!(trusting.client(peer, &headers), Some(ip("203.0.113.9")));
        assert_eq!(
            trusting.client(Some(ip("::ffff:192.0.2.1")), &HeaderMap::new()),
            Some(ip("192.0.2.1"))
        );
        assert_eq!(trusting.address(peer, &headers), ip("203.0.113.9"));
        assert_eq!(trusting.address(peer, &HeaderMap::new()), ip("127.0.0.1"));
        assert_eq!(AddressLimit::new(30, None).address(peer, &headers), ip("127.0.0.1"));
        for (entry, expected) in [
            ("203.0.113.9:4711", "203.0.113.9"),
            ("[2001:db8::1]:4711", "2001:db8::"),
            ("2001:db8::1", "2001:db8::"),
            ("[2001:db8::1]", "2001:db8::"),
            ("unknown", "127.0.0.1"),
            ("203.0.113.9, ", "127.0.0.1"),
        ] {
            headers.insert("x-forwarded-for", HeaderValue::from_str(entry).unwrap());
            assert_eq!(trusting.address(peer, &headers), ip(expected), "{entry}");
        }
    }
}
