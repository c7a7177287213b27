#!/usr/bin/env bash
# Makes the root file system of all images: the C library, OpenSSL, authorities, time zones and the .NET runtime. There is no shell, no
# package manager and no other program in it. The parts are Debian's packages, so it needs Debian's apt-get, and no image registry.
#   deploy/containers/base.sh
# The list of packages with their versions is in /var/lib/dpkg/status.d of the image, where scanners look for it.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../../tools/setup.sh"

input=$PWD/artifacts/deploy
output=$PWD/artifacts/containers
[ -f "$input/version" ] || { say "There is nothing published. Run deploy/publish.sh first."; exit 1; }
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}

ssl=libssl3
apt-cache show libssl3t64 >/dev/null 2>&1 && ssl=libssl3t64
packages="base-files ca-certificates gcc-12-base libc6 libgcc-s1 libstdc++6 $ssl netbase tzdata"

staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
root=$staging/root
mkdir -p "$staging/packages" "$root/var/lib/dpkg/status.d" "$output"
(cd "$staging/packages" && for package in $packages; do
    # The base package of the compiler has another number in each release.
    apt-get download -q "$package" >/dev/null 2>&1 || [ "$package" = gcc-12-base ] || { say "There is no package $package."; exit 1; }
done)
for package in "$staging"/packages/*.deb; do
    dpkg-deb -x "$package" "$root"
    dpkg-deb -f "$package" >"$root/var/lib/dpkg/status.d/$(dpkg-deb -f "$package" Package)"
done

# What only a shell could use, and what only people read; the licences stay.
(cd "$root" && rm -rf usr/share/{man,locale,lintian,bug,doc-base} usr/{s,}bin {s,}bin etc/{init.d,profile.d,update-motd.d})
find "$root/usr/share/doc" -mindepth 2 ! -type d ! -name copyright -delete
find "$root/usr/share/doc" -type d -empty -delete
cat "$root"/usr/share/ca-certificates/mozilla/*.crt >"$root/etc/ssl/certs/ca-certificates.crt"

printf 'root:x:0:0:root:/:/usr/sbin/nologin\nscoring:x:10001:10001:scoring:/:/usr/sbin/nologin\n' >"$root/etc/passwd"
printf 'root:x:0:\nscoring:x:10001:\n' >"$root/etc/group"
mkdir -p "$root/tmp" "$root/run/secrets" "$root/var/lib/scoring/erasures" "$root/usr/lib/scoring"
chmod 1777 "$root/tmp"
cp -R "$input/dotnet" "$root/usr/lib/scoring/dotnet"

tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner -C "$root" -cf "$output/base.tar" .
sha256sum "$output/base.tar" >&2
