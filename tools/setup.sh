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

# Installs packages by the package manager that this system has. After what they are called come pairs: a manager, and its packages.
install_packages() {
    local what=$1 manager packages
    shift
    while [ $# -ge 2 ]; do
        manager=$1 packages=$2
        shift 2
        command -v "$manager" >/dev/null || continue
        case $manager in
            apt-get)
                as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q
                as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
                    -o Dpkg::Options::=--force-confold $packages ;;
            dnf) as_root dnf install -y $packages ;;
            apk) as_root apk add $packages ;;
            pacman) as_root pacman -S --noconfirm $packages ;;
            zypper) as_root zypper --non-interactive install $packages ;;
            brew) brew install $packages ;;
        esac
        return
    done
    say "No package manager with a package of $what is known here. Install it, and start again."
    return 1
}

# Installs a thing unless it is there. First come the command that finds it, what it is called, and what to do where the package is too old
# or brings none of it.
need() {
    local found=$1 what=$2 otherwise=$3
    shift 3
    if "$found"; then return 0; fi
    say "$what is missing; installing it with the system's package manager."
    install_packages "$what" "$@" </dev/null >&2
    "$found" || { say "The system's package has brought no $what. $otherwise"; exit 1; }
}

if ! command -v dotnet >/dev/null; then
    say "The .NET 10 SDK is missing. Get it from https://dotnet.microsoft.com/download/dotnet/10.0 and put 'dotnet' on the PATH."
    exit 1
fi

need_postgres() {
    if postgres_found; then return 0; fi
    # Debian's package makes and starts a cluster of its own, which is not needed here.
    if command -v apt-get >/dev/null && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
        say "Writing /etc/postgresql-common/createcluster.conf, so that the package makes no cluster of its own."
        as_root mkdir -p /etc/postgresql-common
        echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
    fi
    need postgres_found 'PostgreSQL, version 15 or later,' 'Install the server, and start again.' \
        apt-get postgresql dnf postgresql-server apk 'postgresql setpriv' pacman postgresql zypper postgresql-server brew postgresql@17
}

# The names under which distributions install Chromium; tests/Portal.Tests looks for the same ones.
chromium_found() { command -v chromium chromium-browser google-chrome-stable google-chrome >/dev/null; }

need_chromium() {
    need chromium_found Chromium "Install it, so that 'chromium' is on the PATH, and start again." \
        apt-get 'chromium fonts-noto-cjk' dnf 'chromium google-noto-sans-cjk-fonts' apk 'chromium font-noto-cjk' \
        pacman 'chromium noto-fonts-cjk' zypper 'chromium google-noto-sans-cjk-fonts' brew '--cask chromium'
}

# An MQTT broker. Debian puts it into a folder that is on root's PATH alone; tests/Bridge.Tests looks there too.
mosquitto_found() { [ -x /usr/sbin/mosquitto ] || command -v mosquitto >/dev/null; }

need_mosquitto() {
    mosquitto_found || say "Where services run, a package starts a broker of its own on port 1883, which is not needed here."
    need mosquitto_found mosquitto 'Install it, so that it is on the PATH, and start again.' \
        apt-get mosquitto dnf mosquitto apk mosquitto pacman mosquitto zypper mosquitto brew mosquitto
}

# Reads JSON in scripts.
jq_found() { command -v jq >/dev/null; }

need_jq() {
    need jq_found jq 'Install it, so that it is on the PATH, and start again.' \
        apt-get jq dnf jq apk jq pacman jq zypper jq brew jq
}

# It comes with Prometheus, and checks its rules.
promtool_found() { command -v promtool >/dev/null; }

need_promtool() {
    promtool_found || say "Where services run, a package starts a Prometheus of its own on port 9090, which is not needed here."
    need promtool_found promtool 'Install it, so that it is on the PATH, and start again.' \
        apt-get prometheus dnf golang-github-prometheus apk prometheus pacman prometheus \
        zypper golang-github-prometheus-prometheus brew prometheus
}

# A model checker. Another program of that name runs WebAssembly. Spin writes a verifier in C, so it needs gcc.
spin_found() { [[ $(spin -V 2>/dev/null) == 'Spin Version'* ]] && command -v gcc >/dev/null; }

need_spin() {
    need spin_found 'Spin (https://spinroot.com) with gcc' "Install both, so that 'spin' is on the PATH, and start again." \
        apt-get 'spin gcc libc6-dev' zypper 'spin gcc' brew 'spin gcc'
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
