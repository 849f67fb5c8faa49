//! The add-ons there are, with their prices. Long because of the table of compute sizes.

use serde_json::{Value, json};

use crate::answer::Refusal;

/// A compute size.
pub struct Compute {
    pub size: &'static str,
    name: &'static str,
    cores: u16,
    memory_gb: u16,
    dedicated: bool,
    /// Disk throughput in Mbit/s, lasting and at most.
    disk: [u32; 2],
    /// Connections to Postgres.
    pub direct: u32,
    /// Connections to the pooler.
    pub pooler: u32,
    /// US dollars.
    hourly: f64,
    monthly: u32,
    providers: &'static [&'static str],
    /// Regions that have it; `None`: all of them.
    regions: Option<&'static [&'static str]>,
}

const EVERYWHERE: &[&str] = &["AWS", "AWS_K8S", "AWS_NIMBUS", "FLY"];
const AWS: &[&str] = &["AWS", "AWS_K8S", "AWS_NIMBUS"];
const PLAIN: &[&str] = &["AWS"];

#[rustfmt::skip]
mod regions {
    pub const GENERAL_24: &[&str] = &["us-east-1", "us-east-2", "us-west-1", "us-west-2", "ap-northeast-1", "ap-northeast-2", "eu-west-1", "eu-west-2", "eu-north-1", "eu-central-1", "ap-south-1"];
    pub const CPU_24: &[&str] = &["us-east-1", "us-east-2", "us-west-1", "us-west-2", "ap-northeast-1", "ap-northeast-2", "eu-west-1", "eu-west-2", "eu-north-1", "eu-central-1", "ap-south-1", "sa-east-1"];
    pub const MEMORY_24: &[&str] = &["us-east-1", "us-east-2", "us-west-1", "us-west-2", "ap-northeast-1", "ap-southeast-1", "ap-southeast-2", "eu-west-1", "eu-north-1", "eu-central-1", "ap-south-1"];
    pub const GENERAL_48: &[&str] = &["us-east-1", "us-east-2", "us-west-1", "us-west-2", "ap-northeast-1", "ap-southeast-2", "eu-west-1", "eu-west-2", "eu-north-1", "eu-central-1", "ap-south-1"];
    pub const CPU_48: &[&str] = &["us-east-1", "us-east-2", "us-west-1", "us-west-2", "ap-northeast-1", "ap-southeast-2", "eu-west-1", "eu-west-2", "eu-north-1", "eu-central-1", "ap-south-1", "sa-east-1"];
    pub const MEMORY_48: &[&str] = &["us-east-1", "us-east-2", "us-west-1", "us-west-2", "ap-northeast-1", "ap-southeast-2", "eu-west-1", "eu-north-1", "eu-central-1", "ap-south-1"];
    pub const HIGH_MEMORY: &[&str] = &["us-east-1", "us-west-2", "eu-central-1"];
}

/// Comes with the free plan and is no add-on.
const NANO: Compute = Compute {
    size: "nano",
    name: "Nano",
    cores: 2,
    memory_gb: 0,
    dedicated: false,
    disk: [43, 2085],
    direct: 60,
    pooler: 200,
    hourly: 0.0,
    monthly: 0,
    providers: EVERYWHERE,
    regions: None,
};

#[rustfmt::skip]
const COMPUTE: &[Compute] = &[
    Compute { size: "micro", name: "Micro", cores: 2, memory_gb: 1, dedicated: false, disk: [87, 2085], direct: 60, pooler: 200, hourly: 0.01344, monthly: 10, providers: EVERYWHERE, regions: None },
    Compute { size: "small", name: "Small", cores: 2, memory_gb: 2, dedicated: false, disk: [174, 2085], direct: 90, pooler: 400, hourly: 0.0206, monthly: 15, providers: EVERYWHERE, regions: None },
    Compute { size: "medium", name: "Medium", cores: 2, memory_gb: 4, dedicated: false, disk: [347, 2085], direct: 120, pooler: 600, hourly: 0.0822, monthly: 60, providers: EVERYWHERE, regions: None },
    Compute { size: "large", name: "Large", cores: 2, memory_gb: 8, dedicated: true, disk: [630, 4750], direct: 160, pooler: 800, hourly: 0.1517, monthly: 111, providers: EVERYWHERE, regions: None },
    Compute { size: "xlarge", name: "XL", cores: 4, memory_gb: 16, dedicated: true, disk: [1048, 4750], direct: 240, pooler: 1000, hourly: 0.2877, monthly: 210, providers: EVERYWHERE, regions: None },
    Compute { size: "2xlarge", name: "2XL", cores: 8, memory_gb: 32, dedicated: true, disk: [1048, 4750], direct: 380, pooler: 1500, hourly: 0.562, monthly: 410, providers: EVERYWHERE, regions: None },
    Compute { size: "4xlarge", name: "4XL", cores: 16, memory_gb: 64, dedicated: true, disk: [1048, 4750], direct: 480, pooler: 3000, hourly: 1.32, monthly: 964, providers: EVERYWHERE, regions: None },
    Compute { size: "8xlarge", name: "8XL", cores: 32, memory_gb: 128, dedicated: true, disk: [1048, 9500], direct: 490, pooler: 6000, hourly: 2.562, monthly: 1870, providers: AWS, regions: None },
    Compute { size: "12xlarge", name: "12XL", cores: 48, memory_gb: 192, dedicated: true, disk: [1048, 14250], direct: 500, pooler: 9000, hourly: 3.836, monthly: 2800, providers: AWS, regions: None },
    Compute { size: "16xlarge", name: "16XL", cores: 64, memory_gb: 256, dedicated: true, disk: [1048, 19000], direct: 500, pooler: 12000, hourly: 5.12, monthly: 3738, providers: AWS, regions: None },
    Compute { size: "24xlarge", name: "24XL", cores: 96, memory_gb: 384, dedicated: true, disk: [30000, 30000], direct: 750, pooler: 18000, hourly: 9.73, monthly: 7103, providers: PLAIN, regions: Some(regions::GENERAL_24) },
    Compute { size: "24xlarge_optimized_cpu", name: "24XL_OPTIMIZED_CPU", cores: 96, memory_gb: 192, dedicated: true, disk: [30000, 30000], direct: 750, pooler: 18000, hourly: 8.9, monthly: 6497, providers: PLAIN, regions: Some(regions::CPU_24) },
    Compute { size: "24xlarge_optimized_memory", name: "24XL_OPTIMIZED_MEMORY", cores: 96, memory_gb: 768, dedicated: true, disk: [30000, 30000], direct: 750, pooler: 18000, hourly: 13.84, monthly: 10103, providers: PLAIN, regions: Some(regions::MEMORY_24) },
    Compute { size: "24xlarge_high_memory", name: "24XL_HIGH_MEMORY", cores: 96, memory_gb: 1536, dedicated: true, disk: [30000, 30000], direct: 750, pooler: 18000, hourly: 21.92, monthly: 16002, providers: AWS, regions: Some(regions::HIGH_MEMORY) },
    Compute { size: "48xlarge", name: "48XL", cores: 192, memory_gb: 768, dedicated: true, disk: [40000, 40000], direct: 1500, pooler: 36000, hourly: 19.47, monthly: 14213, providers: PLAIN, regions: Some(regions::GENERAL_48) },
    Compute { size: "48xlarge_optimized_cpu", name: "48XL_OPTIMIZED_CPU", cores: 192, memory_gb: 384, dedicated: true, disk: [40000, 40000], direct: 1500, pooler: 36000, hourly: 17.8, monthly: 12994, providers: PLAIN, regions: Some(regions::CPU_48) },
    Compute { size: "48xlarge_optimized_memory", name: "48XL_OPTIMIZED_MEMORY", cores: 192, memory_gb: 1536, dedicated: true, disk: [40000, 40000], direct: 1500, pooler: 36000, hourly: 27.68, monthly: 20206, providers: PLAIN, regions: Some(regions::MEMORY_48) },
    Compute { size: "48xlarge_high_memory", name: "48XL_HIGH_MEMORY", cores: 96, memory_gb: 3072, dedicated: true, disk: [40000, 40000], direct: 1500, pooler: 36000, hourly: 43.84, monthly: 32003, providers: PLAIN, regions: Some(regions::HIGH_MEMORY) },
];

/// The compute size of this name; one that nobody knows counts as the smallest.
pub fn compute(size: &str) -> &'static Compute {
    COMPUTE.iter().find(|compute| compute.size == size).unwrap_or(&NANO)
}

impl Compute {
    /// Refuses regions that do not have the size.
    pub fn check_region(&self, region: &str) -> Result<(), Refusal> {
        match self.regions {
            Some(regions) if !regions.contains(&region) => Err(Refusal::Invalid(format!(
                "The compute size {} is not to be had in {region}.",
                self.size
            ))),
            Some(_) | None => Ok(()),
        }
    }

    fn meta(&self) -> Value {
        let mut meta = json!({
            "cpu_cores": self.cores,
            "cpu_dedicated": self.dedicated,
            "memory_gb": self.memory_gb,
            "baseline_disk_io_mbs": self.disk[0],
            "max_disk_io_mbs": self.disk[1],
            "connections_direct": self.direct,
            "connections_pooler": self.pooler,
            "supported_cloud_providers": self.providers,
        });
        if let Some(regions) = self.regions {
            meta["supported_regions"] = json!({ "AWS": regions, "FLY": [], "AWS_K8S": [], "AWS_NIMBUS": [] });
        }
        meta
    }
}

/// Every kind of add-on, and its name.
pub const KINDS: &[(&str, &str)] = &[
    ("custom_domain", "Custom Domain"),
    ("compute_instance", "Compute Instance"),
    ("pitr", "Point-In-Time-Recovery"),
    ("ipv4", "IPv4"),
    ("auth_mfa_phone", "Advanced MFA - Phone"),
    ("auth_mfa_web_authn", "Advanced MFA - WebAuthn"),
    ("log_drain", "Log Drain"),
];

/// One choice of an add-on.
pub enum Variant {
    Compute(&'static Compute),
    /// Days that point-in-time recovery reaches back.
    Pitr(u16),
    /// So many dollars a month.
    Fixed {
        id: &'static str,
        name: &'static str,
        monthly: u32,
    },
    /// So many dollars an hour, the price in words, and no way to apply it by the API.
    Usage {
        id: &'static str,
        name: &'static str,
        hourly: f64,
        words: &'static str,
    },
}

impl Variant {
    /// The choices of one kind of add-on.
    pub fn of(kind: &str) -> Box<dyn Iterator<Item = Self>> {
        let mfa = "$75/month, then $10/month";
        let fixed = |id, name, monthly| Self::Fixed { id, name, monthly };
        let usage = |id, name, hourly, words| Self::Usage {
            id,
            name,
            hourly,
            words,
        };
        let one = match kind {
            "compute_instance" => return Box::new(COMPUTE.iter().map(Self::Compute)),
            "pitr" => return Box::new([7, 14, 28].map(Self::Pitr).into_iter()),
            "custom_domain" => Some(fixed("cd_default", "Custom Domain", 10)),
            "ipv4" => Some(fixed("ipv4_default", "IPv4", 4)),
            "auth_mfa_phone" => Some(usage("auth_mfa_phone_default", "Advanced MFA - Phone", 0.1027, mfa)),
            "auth_mfa_web_authn" => Some(usage(
                "auth_mfa_web_authn_default",
                "Advanced MFA - WebAuthn",
                0.1027,
                mfa,
            )),
            "log_drain" => Some(usage("log_drain_default", "Log Drain", 0.0822, "$60/month")),
            _ => None,
        };
        Box::new(one.into_iter())
    }

    fn id(&self) -> String {
        match self {
            Self::Compute(compute) => format!("ci_{}", compute.size),
            Self::Pitr(days) => format!("pitr_{days}"),
            Self::Fixed { id, .. } | Self::Usage { id, .. } => (*id).to_owned(),
        }
    }

    /// The document names no others for it: those are turned on where they belong, such as the auth settings.
    pub fn can_be_applied(&self) -> bool {
        match self {
            Self::Compute(_) | Self::Pitr(_) | Self::Fixed { .. } => true,
            Self::Usage { .. } => false,
        }
    }

    pub fn shown(&self) -> Value {
        let monthly = |dollars: u32| json!({ "description": format!("${dollars}/month"), "amount": dollars, "interval": "monthly", "type": "fixed" });
        let hourly = |dollars: f64, words: String| json!({ "description": words, "amount": dollars, "interval": "hourly", "type": "usage" });
        let (name, price, meta) = match self {
            Self::Compute(compute) => {
                let words = format!("${}/hour (~${}/month)", compute.hourly, compute.monthly);
                (
                    compute.name.to_owned(),
                    hourly(compute.hourly, words),
                    Some(compute.meta()),
                )
            }
            Self::Pitr(days) => {
                // ok: one hundred dollars for each week.
                let price = monthly(u32::from(*days) / 7 * 100);
                (
                    format!("{days} days"),
                    price,
                    Some(json!({ "backup_duration_days": days })),
                )
            }
            Self::Fixed {
                name, monthly: dollars, ..
            } => ((*name).to_owned(), monthly(*dollars), None),
            Self::Usage {
                name,
                hourly: dollars,
                words,
                ..
            } => ((*name).to_owned(), hourly(*dollars, (*words).to_owned()), None),
        };
        let mut shown = json!({ "id": self.id(), "name": name, "price": price });
        if let Some(meta) = meta {
            shown["meta"] = meta;
        }
        shown
    }
}

/// The variant with this id, and the kind it belongs to.
pub fn variant(id: &str) -> Option<(&'static str, Variant)> {
    KINDS
        .iter()
        .find_map(|(kind, _)| Some((*kind, Variant::of(kind).find(|variant| variant.id() == id)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_price_say_its_numbers() {
        for (id, words) in [
            ("ci_micro", "$0.01344/hour (~$10/month)"),
            ("ci_48xlarge_optimized_cpu", "$17.8/hour (~$12994/month)"),
            ("pitr_28", "$400/month"),
            ("ipv4_default", "$4/month"),
        ] {
            let (_, variant) = variant(id).unwrap();
            assert_eq!(variant.shown()["price"]["description"], words);
        }
        assert!(variant("ci_nano").is_none());
    }
}
