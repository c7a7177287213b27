#!/bin/sh
# Makes an authority for one cluster, and a certificate from it for each name: silos and gateways of that cluster.
#   certificates.sh FOLDER NAME...
# FOLDER/authority.pem is what every silo and gateway trusts. FOLDER/authority.key signs further certificates: keep it elsewhere.
# FOLDER/NAME.pem is certificate and key of one process. What is there already is kept, so a file is renewed by deleting it first.
set -eu

[ $# -ge 2 ] || { sed -n 's/^# \{0,1\}//p' "$0" >&2; exit 2; }
folder=$1
shift
umask 077
mkdir -p "$folder"
cd "$folder"

# The DNS name that every certificate of the cluster carries: Cluster:Tls:Name.
name=${CLUSTER_NAME:-scoring}

if [ ! -e authority.key ]; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj "/CN=$name cluster authority" \
        -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' -addext 'keyUsage=critical,keyCertSign' \
        -keyout authority.key -out authority.pem 2>/dev/null
    chmod 644 authority.pem
fi
for process; do
    [ ! -e "$process.pem" ] || continue
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$process" -keyout "$process.key" -out "$process.csr" 2>/dev/null
    printf '%s\n' 'basicConstraints=critical,CA:FALSE' 'keyUsage=critical,digitalSignature' 'extendedKeyUsage=serverAuth,clientAuth' \
        "subjectAltName=DNS:$name" 'authorityKeyIdentifier=keyid' >"$process.ext"
    openssl x509 -req -in "$process.csr" -CA authority.pem -CAkey authority.key -days "${DAYS:-90}" \
        -set_serial "0x$(openssl rand -hex 16)" -extfile "$process.ext" -out "$process.crt" 2>/dev/null
    cat "$process.crt" "$process.key" >"$process.pem"
    rm "$process.crt" "$process.key" "$process.csr" "$process.ext"
done
