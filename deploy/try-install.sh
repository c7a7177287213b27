#!/usr/bin/env bash
# Installs the platform into an empty Debian, as docs/deploy.md says, and checks what must hold: two silos with TLS between them, a
# gateway and the portal as units of systemd; then failures, an upgrade and a purge.
#   deploy/try-install.sh [--keep]      --keep leaves the machine running and prints how to enter it
# It runs the commands of the page's section "On one machine" themselves. The Debian is a folder, booted with its own systemd in
# namespaces of its own, without a network. It needs root, mmdebstrap and systemd-nspawn, and takes some minutes.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../tools/setup.sh"

keep=''
[ "${1:-}" != --keep ] || keep=yes
[ "$(id -u)" -eq 0 ] || { say "It needs root: namespaces and a root file system."; exit 1; }
for package in mmdebstrap systemd-container; do
    dpkg -s "$package" >/dev/null 2>&1 || apt-get install -q -y --no-install-recommends "$package" >&2
done

work=$PWD/artifacts/try-install
root=$work/root
suite=${SUITE:-$(. /etc/os-release && printf '%s' "$VERSION_CODENAME")}
base=$work/$suite.tar
machine='' failures=0 checks=0
mkdir -p "$work"

finish() {
    if [ -n "$machine" ] && [ -z "$keep" ]; then
        kill "$machine" 2>/dev/null || true
        wait "$machine" 2>/dev/null || true
    fi
}
trap finish EXIT

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

packages() { ls artifacts/debian/*.deb >/dev/null 2>&1 || { deploy/publish.sh && deploy/debian/build.sh; }; }

# Everything that a machine holds, apart from what always moves.
listing() {
    (cd "$root" && find . -xdev \( -path ./proc -o -path ./sys -o -path ./dev -o -path ./run -o -path ./tmp -o -path ./var/log \
        -o -path ./var/cache -o -path ./var/lib/dpkg -o -path ./var/lib/apt -o -path ./var/lib/postgresql -o -path ./root \
        -o -path ./var/tmp -o -path ./var/lib/systemd -o -path ./etc/.pwd.lock -o -path ./var/lib/dbus \) -prune -o -print | sort)
    cut -d: -f1 "$root/etc/passwd"
}

say "Packages."
packages
if [ ! -e "$base" ]; then
    say "An empty Debian ($suite), with what docs/deploy.md takes from Debian."
    mmdebstrap --quiet --variant=minbase --include=systemd,systemd-sysv,dbus,postgresql,openssl,curl,ca-certificates,tzdata,libstdc++6,procps \
        "$suite" "$work/$suite.part.tar"
    mv "$work/$suite.part.tar" "$base"
fi
rm -rf "$root"
mkdir -p "$root"
tar -C "$root" -xf "$base"
rm -f "$root/etc/resolv.conf"
listing >"$work/before.txt"
mkdir -p "$root/root/scoring"
cp artifacts/debian/*.deb "$root/root/scoring/"

boot
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
silos() { [ "$(psql_inside 'SELECT count(*) FROM membership.silo WHERE status = 3')" = "$1" ]; }
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

if [ "$failures" -gt 0 ]; then
    inside journalctl --no-pager -n 100 -u 'scoring-*' >&2 || true
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
check "a silo was ready at each moment" test ! -s "$work/watch.log"
commands 'DEBIAN_FRONTEND=noninteractive apt-get install -q -y --allow-downgrades $(ls /root/scoring/*.deb | grep -v later-)' >"$work/downgrade.log" 2>&1 || failures=$((failures + 1))
check "and back" within 60 eval 'ready 5085 ready && ready 5086 ready && ready 5080 ready'

if [ -n "$keep" ]; then
    say "Enter it: nsenter --target $leader --all --wd=/root bash     End it: kill $machine"
    trap - EXIT
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
