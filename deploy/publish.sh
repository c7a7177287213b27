#!/usr/bin/env bash
# Publishes every process and the .NET runtime that they share, into artifacts/deploy: the input of packages and images.
#   deploy/publish.sh [VERSION]
# The build is one of its own, so that it does not change what ./run and ./test have built. The same commit gives the same bytes.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../tools/setup.sh"

version=${1:-$(tools/version.sh)}
out=$PWD/artifacts/deploy
build=$PWD/artifacts/deploy-build

# name and project of each process
parts='silo src/Silo
gateway src/Gateway
portal src/Portal
bridge tools/Bridge
verify tools/Verify
city tools/City'

# The properties of a build whose bytes depend on the commit alone: PathMap hides where the source lies.
properties=(-c Release -nodeReuse:false -v quiet -p:ArtifactsPath="$build/" -p:Version="$version" -p:UseAppHost=false
    -p:ContinuousIntegrationBuild=true -p:PathMap="$PWD/=/" -p:EmbedUntrackedSources=false
    -p:UseSharedCompilation="${SHARED_COMPILATION:-false}")

publish() {
    local log=artifacts/publish.log
    mkdir -p artifacts
    # Built first: the verifier in the portal is linked by a build, and not by a publication.
    { dotnet build "$2" "${properties[@]}" && dotnet publish "$2" --no-build -o "$out/$1" "${properties[@]}"; } </dev/null >"$log" 2>&1 \
        || { cat "$log" >&2; say "Publishing $2 failed."; exit 1; }
    # Libraries bring native code for every system; packages and images are for this one.
    find "$out/$1" -path "*/runtimes/*" -type f ! -path "*/runtimes/linux-$(machine)/*" -delete
    find "$out/$1" -type d -empty -delete
    rm -f "$out/$1/web.config"
}

# The processor by its name in .NET.
machine() { case $(uname -m) in x86_64) echo x64 ;; aarch64) echo arm64 ;; *) uname -m ;; esac; }

# The runtime of the SDK that has built: the host, and the newest of the two frameworks.
copy_runtime() {
    local root major=10.0 framework newest
    root=$(dirname "$(readlink -f "$(command -v dotnet)")")
    mkdir -p "$out/dotnet"
    cp "$root/dotnet" "$out/dotnet/"
    cp "$root"/LICENSE.txt "$root"/ThirdPartyNotices.txt "$out/dotnet/"
    for framework in host/fxr shared/Microsoft.NETCore.App shared/Microsoft.AspNetCore.App; do
        newest=$(find "$root/$framework" -mindepth 1 -maxdepth 1 -name "$major.*" -printf '%f\n' | sort -V | tail -1)
        [ -n "$newest" ] || { say "There is no $framework of .NET $major in $root."; exit 1; }
        mkdir -p "$out/dotnet/$framework"
        cp -R "$root/$framework/$newest" "$out/dotnet/$framework/"
        printf '%s\n' "$newest" >"$out/dotnet.version"
    done
}

rm -rf "$out"
mkdir -p "$out"
while read -r name project; do
    say "Publishing $name $version."
    publish "$name" "$project"
done <<<"$parts"
copy_runtime
printf '%s\n' "$version" >"$out/version"
