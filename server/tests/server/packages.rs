//! What Steward is installed with: the examples in server/packages/ say what is there, and run.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use clap::Parser;
use serde_json::json;
use server::config::{Arguments, Config};
use tempfile::TempDir;

use crate::stage::{Stage, data_dir};

fn packages() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("packages")
}

fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn example(name: &str) -> String {
    fs::read_to_string(packages().join(name)).unwrap()
}

/// A program that is installed, or was unpacked for the tests by .make/proxies; without it the test is left out.
fn program(name: &str) -> Option<PathBuf> {
    let unpacked = checkout().join(".tools/proxies/usr");
    let mut places = vec![unpacked.join("sbin"), unpacked.join("bin"), PathBuf::from("/usr/sbin")];
    places.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    let found = places
        .into_iter()
        .map(|place| place.join(name))
        .find(|path| path.is_file());
    if found.is_none() {
        eprintln!("left out: there is no {name}; .make/proxies brings it where packages can be had");
    }
    found
}

/// A proxy before a console; it ends with the test.
struct Proxy {
    child: Child,
    _dir: TempDir,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Proxy {
    async fn start(mut command: Command, dir: TempDir, port: u16) -> Self {
        let log = fs::File::create(dir.path().join("log")).unwrap();
        let child = command.stdout(Stdio::null()).stderr(log).spawn().unwrap();
        let proxy = Self { child, _dir: dir };
        for _ in 0..200 {
            if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return proxy;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!(
            "the proxy does not listen: {}",
            fs::read_to_string(proxy._dir.path().join("log")).unwrap()
        );
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A console that is reached at `port` only, as the examples want it.
async fn behind(port: u16) -> Stage {
    let public = format!("http://127.0.0.1:{port}");
    let flags = ["--public-url", &public, "--trusted-proxy-header", "x-forwarded-for"];
    Stage::with(json!({ "projects": 3 }), &flags).await
}

/// Signing in, a page that streams while Supabase is slow, a form, and the number of a request that the proxy gives.
async fn serves(stage: &Stage, request_id: usize) {
    let mut ada = stage.signed_in().await;
    let page = ada.get("/projects").await;
    page.assert_complete();
    assert_eq!(page.headers["x-request-id"].len(), request_id);
    let name = [("name", "Harbour")];
    let made = ada.post("/do/v1-create-an-organization", &name).await;
    assert!(made.status == 303, "{}: {}", made.status, made.body);
    stage
        .fault(json!({ "operation": "v1-list-all-organizations", "kind": "slow", "ms": 3000 }))
        .await;
    let began = std::time::Instant::now();
    ada.get_until("/organizations", "<h1").await;
    assert!(began.elapsed() < Duration::from_secs(2), "the proxy holds pages back");
}

#[tokio::test]
async fn nginx_as_in_the_example_serves_the_console() {
    let Some(nginx) = program("nginx") else { return };
    let (port, away) = (free_port(), free_port());
    let stage = behind(port).await;
    let dir = data_dir();
    let (at, log) = (dir.path().display(), "error_log stderr");
    let example: String = example("nginx.conf")
        .replace("127.0.0.1:3000", &stage.steward.bound.to_string())
        .replace("listen 80;", &format!("listen 127.0.0.1:{away};"))
        .replace("listen 443 ssl http2;", &format!("listen 127.0.0.1:{port};"))
        .lines()
        .filter(|line| !line.trim_start().starts_with("ssl_"))
        .map(|line| format!("{line}\n"))
        .collect();
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|kind| format!("{kind}_temp_path {at}/{kind};\n"))
        .concat();
    let whole = format!(
        "daemon off; master_process off; {log}; pid {at}/pid;\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}{example}}}\n"
    );
    let file = dir.path().join("nginx.conf");
    fs::write(&file, whole).unwrap();
    let mut command = Command::new(nginx);
    command
        .arg("-p")
        .arg(dir.path())
        .arg("-e")
        .arg("stderr")
        .arg("-c")
        .arg(&file);
    let _proxy = Proxy::start(command, dir, port).await;
    serves(&stage, 32).await;
}

#[tokio::test]
async fn caddy_as_in_the_example_serves_the_console() {
    let Some(caddy) = program("caddy") else { return };
    let port = free_port();
    let stage = behind(port).await;
    let dir = data_dir();
    let example = example("Caddyfile")
        .replace("127.0.0.1:3000", &stage.steward.bound.to_string())
        .replace("steward.example.com {", &format!("http://127.0.0.1:{port} {{"));
    let file = dir.path().join("Caddyfile");
    fs::write(&file, format!("{{\n\tadmin off\n}}\n{example}")).unwrap();
    let mut command = Command::new(caddy);
    command
        .args(["run", "--adapter", "caddyfile", "--config"])
        .arg(&file)
        .env("HOME", dir.path())
        .env("XDG_DATA_HOME", dir.path())
        .env("XDG_CONFIG_HOME", dir.path());
    let _proxy = Proxy::start(command, dir, port).await;
    serves(&stage, 36).await;
}

#[test]
fn the_example_of_settings_fits() {
    let dir = data_dir();
    let file = dir.path().join("steward.toml");
    let all: String = example("steward.toml")
        .lines()
        .map(|line| {
            format!(
                "{}\n",
                line.strip_prefix("#STEWARD").map_or_else(
                    || line.replace("#SUPABASE", "SUPABASE"),
                    |rest| format!("STEWARD{rest}")
                )
            )
        })
        .collect();
    let secret = dir.path().join("secret");
    fs::write(&secret, "hush\n").unwrap();
    for (text, real) in [(example("steward.toml"), false), (all, true)] {
        fs::write(
            &file,
            text.replace("/etc/steward/client-secret", secret.to_str().unwrap()),
        )
        .unwrap();
        let line = ["steward", "--config", file.to_str().unwrap()];
        let given = server::config::read(line, |_| None).unwrap();
        let config = Config::check(given.arguments.settings).unwrap();
        assert_eq!(config.public_url.is_some(), real);
        assert_eq!(config.data_dir, Path::new("/var/lib/steward"));
    }
}

#[test]
fn the_service_is_hardened_and_its_file_is_one() {
    let unit = example("steward.service");
    let command = unit.lines().find_map(|line| line.strip_prefix("ExecStart=")).unwrap();
    let arguments = Arguments::try_parse_from(command.split(' ')).unwrap();
    assert_eq!(arguments.config.unwrap(), Path::new("/etc/steward/steward.toml"));
    let Some(analyze) = program("systemd-analyze") else {
        return;
    };
    let dir = data_dir();
    let file = dir.path().join("steward.service");
    fs::write(&file, unit.replace("/usr/bin/steward", env!("CARGO_BIN_EXE_steward"))).unwrap();
    // The second one is an exposure of 2.0 out of 10 at most.
    for flags in [
        &["verify", "--man=no"][..],
        &["security", "--offline=true", "--threshold=20", "--no-pager"],
    ] {
        let output = Command::new(&analyze).args(flags).arg(&file).output().unwrap();
        let said = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(output.status.success(), "{flags:?}: {said}");
    }
}

#[test]
fn the_container_holds_what_is_there_and_runs_it() {
    let text = example("Dockerfile");
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .collect();
    let instructions = |name: &str| -> Vec<&str> {
        let all = lines
            .iter()
            .filter_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        all.collect()
    };
    let known = [
        "FROM",
        "COPY",
        "WORKDIR",
        "RUN",
        "USER",
        "ENV",
        "VOLUME",
        "EXPOSE",
        "ENTRYPOINT",
    ];
    for line in &lines {
        assert!(known.contains(&line.split(' ').next().unwrap()), "{line}");
    }
    // What is built is what `make` makes, and what is copied is run.
    let makefile = fs::read_to_string(checkout().join("Makefile")).unwrap();
    assert!(instructions("RUN").contains(&"make server") && makefile.contains("site server:"));
    let profile = fs::read_to_string(checkout().join(".make/server")).unwrap();
    assert!(profile.contains("--release"), "{profile}");
    let entry: Vec<String> = serde_json::from_str(instructions("ENTRYPOINT")[0]).unwrap();
    assert!(
        instructions("COPY")
            .iter()
            .any(|copy| copy.contains("/src/target/release/steward") && copy.ends_with(&entry[0]))
    );
    // The versions that the checkout asks for.
    let manifest = fs::read_to_string(checkout().join("Cargo.toml")).unwrap();
    let rust = manifest
        .lines()
        .find_map(|line| line.strip_prefix("rust-version = \""))
        .unwrap();
    assert!(instructions("FROM")[0].starts_with(&format!("rust:{}-", rust.trim_end_matches('"'))));
    // Nobody is root at the end, and the settings are settings.
    assert_ne!(instructions("USER"), Vec::<&str>::new());
    assert!(
        instructions("USER")
            .iter()
            .all(|user| !user.starts_with('0') && *user != "root")
    );
    for setting in instructions("ENV")[0].split(' ') {
        let (name, value) = setting.split_once('=').unwrap();
        let flag = format!(
            "--{}={value}",
            name.trim_start_matches("STEWARD_").to_lowercase().replace('_', "-")
        );
        Arguments::try_parse_from(["steward", &flag]).unwrap();
    }
}

/// As Debian's policy has it (section 3.4): cargo-deb makes the first line of the crate's description.
#[test]
fn the_package_for_debian_says_what_it_is() {
    let line = env!("CARGO_PKG_DESCRIPTION");
    assert!(
        line.len() < 80 && !line.contains('\n') && !line.ends_with('.'),
        "{line}"
    );
    let first = line.split(' ').next().unwrap().to_lowercase();
    assert!(!["a", "an", "the", "steward"].contains(&&*first), "{line}");
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let text = manifest.split("\nextended-description = \"\"\"\\\n").nth(1).unwrap();
    let text = text.split("\"\"\"").next().unwrap().replace("\\\n", "");
    let paragraphs: Vec<&str> = text.trim_end().split("\n\n").collect();
    assert!(paragraphs.len() > 1 && !text.contains(line), "{text}");
    // A line that is indented is shown as it stands, and none is broken in the manifest.
    for paragraph in paragraphs {
        assert!(
            !paragraph.starts_with(' ') && !paragraph.contains('\n') && paragraph.ends_with('.'),
            "{paragraph}"
        );
        assert!(!paragraph.contains("  "), "{paragraph}");
    }
}

#[test]
fn the_package_for_debian_holds_what_is_there() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let deb = manifest.split("[package.metadata.deb]").nth(1).unwrap();
    let assets: Vec<&str> = deb.lines().filter_map(|line| line.trim().strip_prefix("[\"")).collect();
    assert!(assets.len() >= 6, "{assets:?}");
    for asset in assets {
        let source = asset.split('"').next().unwrap();
        // What cargo-deb builds itself, and what lies beside the manifest.
        let there = source == "target/release/steward" || Path::new(env!("CARGO_MANIFEST_DIR")).join(source).is_file();
        assert!(there, "{source}");
    }
    let scripts = packages().join("debian");
    let said = Command::new("sh")
        .arg("-n")
        .arg(scripts.join("postinst"))
        .output()
        .unwrap();
    assert!(said.status.success(), "{said:?}");
}
