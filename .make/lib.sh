# What every script here begins with: the paths, the chosen toolchain, and plain-English lines with a clock.
# Sourced, never run.
set -eu
cd "$(dirname "$0")/.."
ROOT=$PWD
MAKE_DIR=$ROOT/.make
TOOLS=$ROOT/.tools
mkdir -p "$TOOLS"

# One target directory and one set of flags for every step: a variable left over from somebody's shell would
# make cargo build all of it a second time.
export CARGO_TARGET_DIR="$ROOT/target"
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS

# The toolchain that .make/toolchain has chosen, so that every later command uses the same one.
if [ -z "${RUSTUP_TOOLCHAIN:-}" ] && [ -s "$TOOLS/toolchain" ]; then
    RUSTUP_TOOLCHAIN=$(cat "$TOOLS/toolchain")
    export RUSTUP_TOOLCHAIN
fi

# The server half, always selected in this one way: another selection (`-p server`) may unify other features,
# and then cargo compiles the dependencies twice.
NATIVE="--workspace --exclude frontend"
WASM="--package frontend --target wasm32-unknown-unknown"

# Seconds since `make` began; scripts called by other scripts go on with the same clock.
: "${STEWARD_START:=$(date +%s)}"
export STEWARD_START

# On a terminal cargo draws a progress bar; in a log its hundreds of lines would hide ours.
QUIET=--quiet
[ ! -t 2 ] || QUIET=

say() { printf '[%4d s] %s\n' "$(($(date +%s) - STEWARD_START))" "$*"; }

fail() {
    say "FAILED: $*" >&2
    exit 1
}

# linted_by WRAPPER: from here on our crates are linted while they are compiled, and a warning is an error, as for
# `cargo clippy -- -D warnings`. To lint them by themselves costs nearly as much as to build them: every dependency is
# read for it once more.
linted_by() {
    export RUSTC_WORKSPACE_WRAPPER="$1" CLIPPY_ARGS=-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__
}

# Whether PostgreSQL's programs are where the sandbox looks for them.
has_postgres() {
    for directory in /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin \
        /usr/local/pgsql/bin; do
        [ ! -x "$directory/initdb" ] || return 0
    done
    command -v initdb >/dev/null && command -v postgres >/dev/null
}

# The sandbox runs SQL in a PostgreSQL of its own. Everything else of it runs without, so this never fails, and asks
# nobody for a password.
want_postgres() {
    if has_postgres; then return 0; fi
    sudo=
    [ "$(id -u)" = 0 ] || sudo="sudo -n"
    if command -v apt-get >/dev/null && $sudo true 2>/dev/null; then
        # Only the programs are wanted, no cluster of the system's that starts with it.
        (
            apt_install postgresql-common
            $sudo sed -i 's/^#\?create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
            apt_install postgresql
        ) || true
    fi
    has_postgres || say "PostgreSQL is not installed: the sandbox answers everything but SQL (install postgresql for that)"
}

# apt_install PACKAGE...: installs what is missing, and says so when that is not possible here.
apt_install() {
    missing=
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    command -v apt-get >/dev/null || fail "please install:$missing (this is no Debian, so I can't)"
    say "installing from Debian:$missing"
    sudo=
    [ "$(id -u)" = 0 ] || sudo=sudo
    # The package lists may be missing or older than the archive: refresh them once per run.
    if [ -z "${STEWARD_APT_FRESH:-}" ]; then
        $sudo apt-get -qq update
        export STEWARD_APT_FRESH=1
    fi
    # shellcheck disable=SC2086
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install $missing \
        </dev/null >"$TOOLS/apt.log" 2>&1 || { tail -20 "$TOOLS/apt.log" >&2; fail "apt-get install$missing"; }
}

# Tests make databases by the dozen, and drop them again. Where memory has room for them, they wait for no disk.
in_memory() {
    [ -z "${TMPDIR:-}" ] || return 0
    shm=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
    free=$(awk '$1 == "MemAvailable:" { print $2 }' /proc/meminfo 2>/dev/null)
    if [ "${shm:-0}" -lt 4000000 ] || [ "${free:-0}" -lt 8000000 ]; then return 0; fi
    export TMPDIR=/dev/shm
}
