# Sourced by run and test: goes to the repository's root, checks that the .NET SDK is there, and defines how to build and how to get
# PostgreSQL and, for tests, Chromium, an MQTT broker, a model checker and promtool.

cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

say() { printf '%s\n' "$*" >&2; }

postgres_found() {
    local folder major
    for folder in "$(pg_config --bindir 2>/dev/null || true)" /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/libexec/postgresql* \
        /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin ${PATH//:/ }; do
        [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ] || continue
        major=$("$folder/postgres" --version 2>/dev/null | sed -nE 's/.*\(PostgreSQL\) ([0-9]+).*/\1/p')
        [ "${major:-0}" -ge 15 ] && return 0
    done
    return 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else say "Installing a package needs root: run '$*' as root, then start again."; return 1
    fi
}

install_postgres() {
    if command -v apt-get >/dev/null; then
        # Debian's package makes and starts a cluster of its own, which is not needed here.
        if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
            say "Writing /etc/postgresql-common/createcluster.conf, so that the package makes no cluster of its own."
            as_root mkdir -p /etc/postgresql-common
            echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
        fi
        as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y -o Dpkg::Options::=--force-confold postgresql
    elif command -v dnf >/dev/null; then as_root dnf install -y postgresql-server
    elif command -v apk >/dev/null; then as_root apk add postgresql setpriv
    elif command -v pacman >/dev/null; then as_root pacman -S --noconfirm postgresql
    elif command -v zypper >/dev/null; then as_root zypper --non-interactive install postgresql-server
    elif command -v brew >/dev/null; then brew install postgresql@17
    else say "No known package manager. Install the PostgreSQL server, version 15 or later, and start again."; return 1
    fi
}

if ! command -v dotnet >/dev/null; then
    say "The .NET 10 SDK is missing. Get it from https://dotnet.microsoft.com/download/dotnet/10.0 and put 'dotnet' on the PATH."
    exit 1
fi

# Installs PostgreSQL unless it is there.
need_postgres() {
    if postgres_found; then return 0; fi
    say "PostgreSQL 15 or later is missing; installing it with the system's package manager."
    install_postgres </dev/null >&2
    postgres_found || { say "The system's package is older than PostgreSQL 15. Install a newer one and start again."; exit 1; }
}

# The names under which distributions install Chromium; tests/Portal.Tests looks for the same ones.
chromium_found() { command -v chromium chromium-browser google-chrome-stable google-chrome >/dev/null; }

install_chromium() {
    if command -v apt-get >/dev/null; then
        as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium fonts-noto-cjk
    elif command -v dnf >/dev/null; then as_root dnf install -y chromium google-noto-sans-cjk-fonts
    elif command -v apk >/dev/null; then as_root apk add chromium font-noto-cjk
    elif command -v pacman >/dev/null; then as_root pacman -S --noconfirm chromium noto-fonts-cjk
    elif command -v zypper >/dev/null; then as_root zypper --non-interactive install chromium google-noto-sans-cjk-fonts
    elif command -v brew >/dev/null; then brew install --cask chromium
    else say "No known package manager. Install Chromium and start again."; return 1
    fi
}

# Installs Chromium unless it is there.
need_chromium() {
    if chromium_found; then return 0; fi
    say "Chromium is missing; installing it with the system's package manager."
    install_chromium </dev/null >&2
    chromium_found || { say "The package has brought no Chromium. Install it, so that 'chromium' is on the PATH, and start again."; exit 1; }
}

# Debian puts it into a folder that is on root's PATH alone; tests/Bridge.Tests looks there too.
mosquitto_found() { [ -x /usr/sbin/mosquitto ] || command -v mosquitto >/dev/null; }

install_mosquitto() {
    if command -v apt-get >/dev/null; then
        as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q
        say "Where services run, the package starts a broker of its own on port 1883, which is not needed here."
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends mosquitto
    elif command -v dnf >/dev/null; then as_root dnf install -y mosquitto
    elif command -v apk >/dev/null; then as_root apk add mosquitto
    elif command -v pacman >/dev/null; then as_root pacman -S --noconfirm mosquitto
    elif command -v zypper >/dev/null; then as_root zypper --non-interactive install mosquitto
    elif command -v brew >/dev/null; then brew install mosquitto
    else say "No known package manager. Install mosquitto and start again."; return 1
    fi
}

# Installs mosquitto, an MQTT broker, unless it is there.
need_mosquitto() {
    if mosquitto_found; then return 0; fi
    say "mosquitto is missing; installing it with the system's package manager."
    install_mosquitto </dev/null >&2
    mosquitto_found || { say "The package has brought no mosquitto. Install it, so that it is on the PATH, and start again."; exit 1; }
}

# It comes with Prometheus, and checks its rules.
promtool_found() { command -v promtool >/dev/null; }

install_promtool() {
    if command -v apt-get >/dev/null; then
        as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q
        say "Where services run, the package starts a Prometheus of its own on port 9090, which is not needed here."
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends prometheus
    elif command -v dnf >/dev/null; then as_root dnf install -y golang-github-prometheus
    elif command -v apk >/dev/null; then as_root apk add prometheus
    elif command -v pacman >/dev/null; then as_root pacman -S --noconfirm prometheus
    elif command -v zypper >/dev/null; then as_root zypper --non-interactive install golang-github-prometheus-prometheus
    elif command -v brew >/dev/null; then brew install prometheus
    else say "No known package manager. Install Prometheus and start again."; return 1
    fi
}

# Installs promtool unless it is there. Its tests fail without it.
need_promtool() {
    if promtool_found; then return 0; fi
    say "promtool is missing; installing Prometheus with the system's package manager."
    install_promtool </dev/null >&2
    promtool_found || { say "The package has brought no promtool. Install it, so that it is on the PATH, and start again."; exit 1; }
}

# Another program of that name runs WebAssembly. Spin writes a verifier in C, so it needs gcc.
spin_found() { [[ $(spin -V 2>/dev/null) == 'Spin Version'* ]] && command -v gcc >/dev/null; }

install_spin() {
    if command -v apt-get >/dev/null; then
        as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends spin gcc libc6-dev
    elif command -v zypper >/dev/null; then as_root zypper --non-interactive install spin gcc
    elif command -v brew >/dev/null; then brew install spin gcc
    else say "No package manager with a package of Spin is known here. Install Spin (https://spinroot.com) and gcc, and start again."; return 1
    fi
}

# Installs Spin, a model checker, unless it is there.
need_spin() {
    if spin_found; then return 0; fi
    say "Spin or gcc is missing; installing both with the system's package manager."
    install_spin </dev/null >&2
    spin_found || { say "The package has brought no Spin. Install it, so that 'spin' is on the PATH, and start again."; exit 1; }
}

# Builds in Release; quiet unless it fails. One compiler of this build alone compiles all projects and ends with it, also where the
# environment forbids a shared one: to start a compiler for each project takes as long as to compile.
build() {
    local log=artifacts/build.log code=0 compiler=scoring-$$-$RANDOM
    mkdir -p artifacts
    dotnet build "$@" -c Release -nodeReuse:false -p:UseSharedCompilation=true -p:SharedCompilationId=$compiler -v quiet \
        </dev/null >"$log" 2>&1 || code=$?
    pkill -f -- "-pipename:$compiler" 2>/dev/null || true
    if [ "$code" -ne 0 ]; then
        cat "$log" >&2
        say "The build failed."
        return 1
    fi
}
