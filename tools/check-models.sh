#!/usr/bin/env bash
# Verifies the model of the partition writer exhaustively, builds it with each mistake that it knows, and wants each of them found.
# `tools/check-models.sh NAME` builds it with that mistake alone and prints the run that finds it. Exit code 0: all is as it must be.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
need_spin

model=$PWD/docs/models/partition-writer.pml
results=$PWD/artifacts/models

# The mistakes are the names that the model asks for and gives no default.
mistakes=''
for name in $(sed -nE 's/^#ifn?def ([A-Z_]+)$/\1/p' "$model" | sort -u); do
    grep -q "^#define $name\b" "$model" || mistakes="$mistakes $name"
done

# Makes a verifier in a folder and runs it: FOLDER, definitions for spin, definitions for gcc, arguments of the verifier.
verify() {
    local folder=$results/$1
    rm -rf "$folder"
    mkdir -p "$folder"
    cp "$model" "$folder/model.pml"
    (
        cd "$folder"
        spin $2 -a model.pml >spin.log && gcc -O2 -w -DCOLLAPSE -DMEMLIM=4000 $3 -o pan pan.c && ./pan -m10000 -w24 $4 >pan.log
    ) 2>"$folder/error.log" || { cat "$folder"/*.log >&2; return 1; }
}

# Whether a verification has found an error. The verifier's exit code does not say it.
found() { grep -qE '^pan:1: (assertion violated|acceptance cycle)' "$results/$1/pan.log"; }

# Verifies the model as it is; fails unless all its states were seen and none is wrong.
verify_all() {
    local log=$results/$1/pan.log
    verify "$@" || return 1
    if ! grep -q 'errors: 0$' "$log" || grep -qE 'Search not completed|max search depth too small' "$log"; then
        cat "$log" >&2
        say "The model fails. To see how: cd artifacts/models/$1 && spin -T -t model.pml"
        return 1
    fi
    echo "The model holds ($1): $(sed -nE 's/^ *([0-9]+) states, stored.*/\1/p' "$log") states, none is wrong."
}

# Builds the model with a mistake; fails unless it is found.
verify_mistake() {
    verify "$1" "-D$1" '' -a || return 1
    if ! found "$1"; then
        say "The mistake $1 is not found."
        return 1
    fi
    echo "Found: $1 ($(sed -nE 's/^pan:1: (.*) \(at depth [0-9]+\)$/\1/p' "$results/$1/pan.log"))"
}

if [ $# -gt 0 ]; then
    case " $mistakes " in
        *" $1 "*) ;;
        *) say "There is no mistake $1. There are:$mistakes"; exit 2 ;;
    esac
    verify_mistake "$1"
    cd "$results/$1"
    spin "-D$1" -T -t model.pml | sed '/^spin: trail ends/,$d'
    exit
fi

# Two processors: the model itself on one of them, the mistakes on the other.
holds() { verify_all safety '' '-DSAFETY -DNOCLAIM' '' && verify_all progress '' '' -a; }
set -m
holds &
running=$!
set +m
trap 'kill -- "-$running" 2>/dev/null || true' EXIT
trap 'exit 130' INT TERM
failed=''
for name in $mistakes; do
    verify_mistake "$name" || failed=yes
    grep -q "^| \`$name\` |" docs/models/README.md || { say "docs/models/README.md has no row for $name."; failed=yes; }
done
[ -n "$mistakes" ] || { say "The model knows no mistake."; failed=yes; }
wait "$running" || failed=yes
trap - EXIT
[ -z "$failed" ]
