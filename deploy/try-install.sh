#!/usr/bin/env bash
# Installs the platform into an empty Debian, as docs/deploy.md says, and checks what must hold: two silos with TLS between them, a
# gateway and the portal as units of systemd, and Prometheus with its alerts; then failures, alerts, an upgrade and a purge.
#   deploy/try-install.sh [--keep] [--quick] [--rebuild] [--missing]
#     --keep      leaves the machine running after the upgrade, or where it failed, and prints how to enter it
#     --quick     leaves out the alerts' trial: an erasure counts as stuck after 15 minutes, and no clock is turned for it
#     --rebuild   builds the packages also when there are some
#     --missing   prints what this machine lacks for it, and does nothing else; nothing when it can run
# It runs the commands of the page's section "On one machine" themselves. The Debian is a folder, booted with its own systemd in
# namespaces of its own, without a network. It needs root, mmdebstrap and systemd-nspawn, and takes 5 minutes, and 17 more for the alerts.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../tools/setup.sh"

missing() {
    command -v apt-get >/dev/null || { echo "it needs Debian's package manager"; return; }
    [ "$(id -u)" -eq 0 ] || { echo "it needs root: namespaces and a root file system"; return; }
    command -v mmdebstrap >/dev/null || { echo "mmdebstrap is missing"; return; }
    command -v systemd-nspawn >/dev/null || { echo "systemd-nspawn is missing"; return; }
    unshare --mount --pid --net --uts --ipc --fork true 2>/dev/null || echo "namespaces are forbidden here"
}

keep='' quick='' rebuild=''
for option in "$@"; do
    case $option in
        --keep) keep=yes ;;
        --quick) quick=yes ;;
        --rebuild) rebuild=yes ;;
        --missing) missing; exit 0 ;;
        *) sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
    esac
done
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    for package in mmdebstrap systemd-container; do
        dpkg -s "$package" >/dev/null 2>&1 || apt-get install -q -y --no-install-recommends "$package" >&2
    done
fi
lacks=$(missing)
[ -z "$lacks" ] || { say "It cannot run: $lacks."; exit 1; }

work=$PWD/artifacts/try-install
root=$work/root
suite=${SUITE:-$(. /etc/os-release && printf '%s' "$VERSION_CODENAME")}
# What docs/deploy.md takes from Debian: the machine has no network.
debian=systemd,systemd-sysv,dbus,postgresql,openssl,curl,ca-certificates,tzdata,libstdc++6,procps,prometheus
base=$work/$suite-$(printf '%s' "$debian" | sha256sum | head -c 8).tar
machine='' leader='' watch='' failures=0 checks=0
mkdir -p "$work"

# Nothing goes on running, and with the last process of the machine its mounts go too.
finish() {
    trap '' INT TERM
    [ -z "$watch" ] || kill "$watch" 2>/dev/null || true
    if [ -n "$machine" ] && [ -n "$keep" ]; then
        say "Enter it: nsenter --target $leader --all --wd=/root bash     End it: kill $machine"
    elif [ -n "$machine" ]; then
        kill "$machine" 2>/dev/null || true
        for _ in $(seq 90); do
            kill -0 "$machine" 2>/dev/null || break
            sleep 1
        done
        # A machine that does not end in order: with its first process every other one ends.
        [ -z "$leader" ] || kill -KILL "$leader" 2>/dev/null || true
        kill -KILL "$machine" 2>/dev/null || true
        wait "$machine" 2>/dev/null || true
    fi
}
trap finish EXIT
trap 'keep=; exit 130' INT
trap 'keep=; exit 143' TERM

check() {
    local what=$1
    shift
    checks=$((checks + 1))
    if "$@" >"$work/check.log" 2>&1; then say "holds: $what"
    else failures=$((failures + 1)); say "FAILS: $what"; sed 's/^/    /' "$work/check.log" >&2
    fi
}

# Runs a command in the machine.
inside() { nsenter --target "$leader" --all --wdns=/ -- env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"; }

# Runs shell commands in the machine.
commands() { inside sh -euc "$1"; }

# Sends a signal to the process of a unit.
signal() { commands "pid=\$(systemctl show -P MainPID $2); test \"\$pid\" -gt 1; kill -$1 \$pid"; }

# Repeats a check once a second until it holds, for at most so many seconds.
within() {
    local seconds=$1
    shift
    for _ in $(seq "$seconds"); do
        if "$@" >/dev/null 2>&1; then return 0; fi
        sleep 1
    done
    "$@"
}

# The shell commands of a section of the page. They stand in the steps of a list, indented by three columns.
page_commands() {
    awk -v section="## $1" '/^## /{on = ($0 == section)}
        on && /^ *```/{code = ($0 ~ /^ *```sh$/); next}
        on && code {sub(/^   /, ""); print}' docs/deploy.md
}

boot() {
    local found
    systemd-nspawn --quiet --directory="$root" --boot --private-network --register=no --keep-unit --machine=scoring-try \
        --link-journal=no --console=pipe >"$work/console.log" 2>&1 </dev/null &
    machine=$!
    for _ in $(seq 60); do
        found=$(pgrep -P "$machine" -x systemd || true)
        if [ -n "$found" ]; then
            leader=$found
            if inside systemctl is-system-running 2>/dev/null | grep -qE 'running|degraded'; then return 0; fi
        fi
        kill -0 "$machine" 2>/dev/null || break
        sleep 1
    done
    cat "$work/console.log" >&2
    say "The machine does not boot."
    exit 1
}

packages() {
    if [ -z "$rebuild" ] && ls artifacts/debian/*.deb >/dev/null 2>&1; then return 0; fi
    deploy/publish.sh && deploy/debian/build.sh
}

# Everything that a machine holds, apart from what always moves.
listing() {
    (cd "$root" && find . -xdev \( -path ./proc -o -path ./sys -o -path ./dev -o -path ./run -o -path ./tmp -o -path ./var/log \
        -o -path ./var/cache -o -path ./var/lib/dpkg -o -path ./var/lib/apt -o -path ./var/lib/postgresql -o -path ./root \
        -o -path ./var/tmp -o -path ./var/lib/systemd -o -path ./etc/.pwd.lock -o -path ./var/lib/dbus \
        -o -path ./etc/prometheus -o -path ./var/lib/prometheus \) -prune -o -print | sort)
    cut -d: -f1 "$root/etc/passwd"
}

say "Packages."
packages
if [ ! -e "$base" ]; then
    say "An empty Debian ($suite), with what docs/deploy.md takes from Debian."
    mmdebstrap --quiet --variant=minbase --include="$debian" "$suite" "$work/part.tar"
    mv "$work/part.tar" "$base"
fi
rm -rf "$root"
mkdir -p "$root"
tar -C "$root" -xf "$base"
rm -f "$root/etc/resolv.conf"
mkdir -p "$root/root/scoring"
cp artifacts/debian/*.deb "$root/root/scoring/"
cp deploy/try-city.sh "$root/root/city.sh"
chroot "$root" bash /root/city.sh prepare
listing >"$work/before.txt"

boot
inside systemd-run --quiet --unit=city bash /root/city.sh serve
say "The commands of docs/deploy.md."
page_commands 'On one machine' >"$work/commands.sh"
[ "$(wc -l <"$work/commands.sh")" -gt 20 ] || { say "The page has lost its commands."; exit 1; }
cp "$work/commands.sh" "$root/root/commands.sh"
if ! inside sh -eux /root/commands.sh >"$work/commands.log" 2>&1; then
    tail -30 "$work/commands.log" >&2
    inside journalctl --no-pager -n 60 -u 'scoring-*' >&2 || true
    say "The commands of docs/deploy.md fail."
    exit 1
fi

ready() { commands "curl -fsS -m 5 http://127.0.0.1:$1/health/$2"; }
active() { [ "$(inside systemctl is-active "$1")" = active ]; }
psql_inside() { inside runuser -u postgres -- psql -qtA -d scoring -c "$1"; }
# The value of an expression in the machine's Prometheus; nothing when there is none.
value() {
    inside curl -fsS -m 5 -G http://127.0.0.1:9090/api/v1/query --data-urlencode "query=$1" |
        sed -nE 's/.*"value":\[[0-9.]+,"([^"]*)"\].*/\1/p'
}
values() { [ "$(value "$1")" = "$2" ]; }
# The alerts of the machine's Prometheus, one a line.
alerts() { inside curl -fsS -m 5 http://127.0.0.1:9090/api/v1/alerts | sed 's/{"labels"/\n&/g'; }
# Whether an alert fires, with these labels as Prometheus writes them.
fires() { alerts | grep -F "\"alertname\":\"$1\"" | grep -F "${2:-}" | grep -q '"state":"firing"'; }
# Whether no such alert waits or fires; prints those that do. Without an answer of Prometheus this is not known.
quiet() {
    local all
    all=$(alerts) && ! grep -F "\"alertname\":\"${1:-}" <<<"$all"
}
silos() { [ "$(psql_inside 'SELECT count(*) FROM membership.silo WHERE status = 3')" = "$1" ]; }
open_erasures() { [ "$(psql_inside "SELECT count(*) FROM ledger.erasure WHERE subject IS NOT NULL ${2:-}")" = "$1" ]; }
restarts() { [ "$(inside systemctl show -P NRestarts "$1")" -ge "$2" ]; }

for unit in scoring-silo@1 scoring-silo@2 scoring-gateway scoring-portal; do check "$unit is active" active "$unit"; done
check "both silos are ready" within 60 eval 'ready 5085 ready && ready 5086 ready'
check "the gateway is ready" within 60 ready 5080 ready
check "the portal lives" ready 5081 live
check "two silos are in the cluster" within 30 silos 2
check "the API answers" commands 'curl -fsS http://127.0.0.1:5080/v1/programmes | grep -q safe-driver'
check "the portal shows the programmes" commands 'curl -fsS http://127.0.0.1:5081/ | grep -qi programme'
# A refused connection ends by itself; an accepted one waits for Orleans' first words until the time is over.
connects() {
    commands "code=0
        sleep 6 | timeout 4 openssl s_client -connect 127.0.0.1:11111 -CAfile /etc/scoring/tls/authority.pem $* || code=\$?
        test \$code -eq 124"
}
refuses() { if connects "$@"; then return 1; fi; }
check "a silo accepts the gateway's certificate" connects -cert /etc/scoring/tls/gateway/gateway.pem -key /etc/scoring/tls/gateway/gateway.pem
check "a silo refuses a connection without a certificate" refuses
check "the processes are no root and have no capability" commands \
    'for unit in scoring-silo@1 scoring-gateway scoring-portal; do
         pid=$(systemctl show -P MainPID $unit); test "$(awk "/^Uid/{print \$2}" /proc/$pid/status)" -ne 0
         grep -q "^CapEff:.0000000000000000" /proc/$pid/status; grep -q "^NoNewPrivs:.1" /proc/$pid/status
     done'
check "no secret is in an environment or on a command line" commands \
    'for unit in scoring-silo@1 scoring-gateway scoring-portal; do
         pid=$(systemctl show -P MainPID $unit)
         ! tr "\0" "\n" </proc/$pid/environ | grep -i password
         ! tr "\0" "\n" </proc/$pid/cmdline | grep -i password
     done'
check "each unit is exposed below 3" commands \
    'for unit in scoring-silo@1 scoring-gateway scoring-portal scoring-bridge@x; do
         systemd-analyze security --no-pager $unit.service | tail -1 | grep -oE "[0-9]+\.[0-9]" | awk "{exit !(\$1 < 3)}"
     done'
check "the units are without fault" commands 'systemd-analyze verify /usr/lib/systemd/system/scoring-*.service'
check "the journal knows the levels of entries" commands \
    'journalctl -u scoring-silo@1 -o json --no-pager | grep -q "\"PRIORITY\":\"6\".*Scoring\|Scoring.*\"PRIORITY\":\"6\""'

check "Prometheus scrapes two silos, a gateway and the portal" within 60 values 'count(up{job=~"scoring-.+"} == 1)' 4
# Whether a port is listened at on 127.0.0.1 and nowhere else, by the kernel's tables: local address in hexadecimal, state 0A.
local_alone() {
    local port
    port=$(printf '%04X' "$1")
    [ "$(inside awk -v end=":$port\$" '$4 == "0A" && $2 ~ end {print $2}' /proc/net/tcp /proc/net/tcp6)" = "0100007F:$port" ]
}
for port in 9464 9465 9466 9467 9090; do check "port $port is open on the loopback address alone" local_alone "$port"; done
check "the rules are loaded" commands 'curl -fsS http://127.0.0.1:9090/api/v1/rules | grep -q ScoringErasureStuck'
# Until its first scrape Prometheus knows no silo, and that is an alert that waits.
check "no alert waits or fires" within 120 quiet

if [ "$failures" -gt 0 ]; then
    inside journalctl --no-pager -n 100 -u 'scoring-*' -u prometheus >&2 || true
    exit 1
fi

say "Failures."
signal KILL scoring-silo@2
check "a killed silo is started again" within 60 restarts scoring-silo@2 1
check "and joins the cluster" within 60 ready 5086 ready
check "the gateway goes on meanwhile" ready 5080 ready
commands 'mkdir -p /run/systemd/system/scoring-silo@2.service.d
    printf "[Service]\nWatchdogSec=8\n" >/run/systemd/system/scoring-silo@2.service.d/watchdog.conf
    systemctl daemon-reload && systemctl restart scoring-silo@2'
sleep 12
check "a silo that answers is left alone by the watchdog" commands 'test "$(systemctl show -P NRestarts scoring-silo@2)" = 0'
check "which is armed" commands 'test "$(systemctl show -P WatchdogUSec scoring-silo@2)" = 8s'
signal STOP scoring-silo@2
check "a frozen silo is ended and started again" within 90 restarts scoring-silo@2 1
check "by the watchdog" commands 'journalctl -u scoring-silo@2 --no-pager | grep -qi "watchdog timeout"'
check "and joins the cluster again" within 90 ready 5086 ready

# Alerts come by the rules and in the times that the packages ship: 'for' is not shortened, and no clock is turned.
alerts_trial() {
    local series
    check "a participant of a registered source enrols" commands 'bash /root/city.sh enrol'
    check "events are taken and the score is shown" commands 'bash /root/city.sh drive'
    for series in $(grep -oE '\bscoring_[a-z_]+' deploy/monitoring/scoring.rules.yml | sort -u); do
        case $series in scoring_background_*) continue ;; esac # they begin with the first step that fails or waits
        check "Prometheus has $series" within 30 eval "[ -n \"\$(value 'count($series)')\" ]"
    done

    # The silos' account loses its right to the folder of the list, as it does when a file system is mounted anew in a wrong way.
    commands 'chown root: /var/lib/scoring/erasures'
    check "a withdrawal that cannot be listed is not answered as done" commands 'test "$(bash /root/city.sh leave)" = 503'
    check "its erasure is open and not listed" open_erasures 1 'AND NOT listed'
    check "the log says why" commands 'journalctl -u "scoring-silo@*" --no-pager | grep -q "erasure list cannot be written"'
    # Meanwhile the other fault. The silo would not start again as long as the list cannot be written.
    commands 'systemctl stop scoring-silo@2'
    check "a silo that is stopped is an alert" within 180 fires ScoringProcessDown '"instance":"127.0.0.1:9465","job":"scoring-silo"'
    check "of this silo alone" eval '[ "$(value "count(ALERTS{alertname=\"ScoringProcessDown\"})")" = 1 ]'
    check "the gateway goes on with the other silo" ready 5080 ready
    say "The erasure counts as stuck after 15 minutes."
    check "its background step is shown as failing" within 700 values 'max(scoring_background_failing{step="erasures"})' 1
    check "an erasure that sticks is an alert" within 1200 fires ScoringErasureStuck '"severity":"critical"'

    commands 'chown scoring-silo: /var/lib/scoring/erasures; systemctl start scoring-silo@2'
    check "the withdrawal is done when it is repeated" within 60 eval '[ "$(commands "bash /root/city.sh leave")" = 404 ]'
    check "no erasure is open" open_erasures 0
    check "the alert of the erasure ends" within 90 quiet ScoringErasureStuck
    check "the alert of the silo ends" within 90 quiet ScoringProcessDown
}

if [ -z "$quick" ]; then
    say "Alerts."
    alerts_trial
fi

say "An upgrade, one unit after the other."
later=$work/later
rm -rf "$later"
mkdir -p "$later"
for package in artifacts/debian/*.deb; do
    dpkg-deb -R "$package" "$later/tree"
    version=$(sed -n 's/^Version: //p' "$later/tree/DEBIAN/control")
    sed -i "s/$version/$version+1/g" "$later/tree/DEBIAN/control"
    dpkg-deb --root-owner-group -Znone --build "$later/tree" "$root/root/scoring/later-$(basename "$package")" >/dev/null
    rm -rf "$later/tree"
done
# Asks the silos all the time; one of them must be ready at each moment.
commands 'cat >/root/watch.sh <<"END"
while [ ! -e /root/watch.end ]; do
    curl -fs -m 2 -o /dev/null http://127.0.0.1:5085/health/ready || curl -fs -m 2 -o /dev/null http://127.0.0.1:5086/health/ready || echo gap
    sleep 0.2
done
END'
inside sh /root/watch.sh >"$work/watch.log" 2>&1 &
watch=$!
before=$(inside systemctl show -P MainPID scoring-silo@1)
commands 'echo "# a setting of the operator" >>/etc/scoring/silo.env'
commands 'DEBIAN_FRONTEND=noninteractive apt-get install -q -y /root/scoring/later-*.deb' >"$work/upgrade.log" 2>&1 || { cat "$work/upgrade.log" >&2; failures=$((failures + 1)); }
check "the new version runs" commands "dpkg -s scoring-silo | grep -q '^Version: .*+1' && test \$(systemctl show -P MainPID scoring-silo@1) != $before"
check "settings are kept" commands 'grep -q "a setting of the operator" /etc/scoring/silo.env'
check "both silos are ready after it" within 60 eval 'ready 5085 ready && ready 5086 ready'
check "the gateway is ready after it" within 60 ready 5080 ready
commands 'touch /root/watch.end'
wait "$watch" || true
watch=''
check "a silo was ready at each moment" test ! -s "$work/watch.log"
commands 'DEBIAN_FRONTEND=noninteractive apt-get install -q -y --allow-downgrades $(ls /root/scoring/*.deb | grep -v later-)' >"$work/downgrade.log" 2>&1 || failures=$((failures + 1))
check "and back" within 60 eval 'ready 5085 ready && ready 5086 ready && ready 5080 ready'

if [ -n "$keep" ]; then
    [ "$failures" -eq 0 ] && exit 0 || exit 1
fi

say "Removal."
commands 'DEBIAN_FRONTEND=noninteractive apt-get remove -q -y "scoring-*"' >"$work/remove.log" 2>&1 || { cat "$work/remove.log" >&2; failures=$((failures + 1)); }
check "nothing runs after a removal" commands '! pgrep -x dotnet'
commands 'DEBIAN_FRONTEND=noninteractive apt-get purge -q -y "scoring-*"' >"$work/purge.log" 2>&1 || { cat "$work/purge.log" >&2; failures=$((failures + 1)); }
check "a purge keeps the platform's keys" commands 'test -s /etc/scoring/secrets/silo/platform-keys'
commands 'rm -rf /etc/scoring /var/lib/scoring
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y $(ls /root/scoring/*.deb | grep -v later-)
    DEBIAN_FRONTEND=noninteractive apt-get purge -q -y "scoring-*"' >>"$work/purge.log" 2>&1 || { cat "$work/purge.log" >&2; failures=$((failures + 1)); }
listing >"$work/after.txt"
check "a purge without keys leaves nothing" diff "$work/before.txt" "$work/after.txt"

printf '%s checks, %s failed\n' "$checks" "$failures"
[ "$failures" -eq 0 ]
