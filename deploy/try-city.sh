#!/usr/bin/env bash
# The city around the machine of deploy/try-install.sh, which runs this in it. The machine has no network, so what the platform meets of a
# city is here: an identity provider at the address that docs/deploy.md names, of which a gateway reads a document and keys and nothing
# else; two administrators; a source that proves handles; and a participant.
#   try-city.sh prepare    makes keys and the provider's documents, before the machine is booted
#   try-city.sh serve      is the provider, as long as it runs
#   try-city.sh enrol      two administrators register the source, and the participant enrols by its proof
#   try-city.sh drive      the source sends events of the participant's vehicle, and the participant looks at the score
#   try-city.sh leave      the participant leaves; prints the status of the answer
set -euo pipefail

home=/root/city
issuer=https://id.city.example/realms/city
api=http://127.0.0.1:5080
source=https://traffic.city.example
programme=safe-driver
participant=resident-1
handle=vehicle-0000000001

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

new_key() { openssl ecparam -name prime256v1 -genkey -noout -out "$home/$1.key"; }

# The public half of a key, as a JSON Web Key: the last 64 bytes of its DER are x and y.
public_key() {
    openssl ec -in "$home/$1.key" -pubout -outform DER -out "$home/$1.der" 2>/dev/null
    printf '{"kid":"%s","kty":"EC","crv":"P-256","x":"%s","y":"%s"}' "$1" \
        "$(tail -c 64 "$home/$1.der" | head -c 32 | base64url)" "$(tail -c 32 "$home/$1.der" | base64url)"
}

# A compact JWS by ES256: key, type, claims without times. It holds for five minutes.
signed() {
    local text now
    now=$(date +%s)
    text=$(printf '{"alg":"ES256","kid":"%s","typ":"%s"}' "$1" "$2" | base64url).$(
        printf '{%s,"iat":%s,"exp":%s}' "$3" "$now" $((now + 300)) | base64url)
    # OpenSSL's signature is DER. JWS wants both numbers with 32 bytes each.
    printf '%s.%s' "$text" "$(printf '%s' "$text" | openssl dgst -sha256 -sign "$home/$1.key" | openssl asn1parse -inform DER |
        sed -n 's/.*INTEGER *://p' | while read -r number; do
            printf '%b' "$(printf '%64s' "$number" | tr ' ' 0 | sed 's/../\\x&/g')"
        done | base64url)"
}

# An access token: who, role, further claims.
token() { signed issuer at+jwt "\"iss\":\"$issuer\",\"aud\":\"scoring\",\"sub\":\"$1\",\"roles\":[\"$2\"]${3:-}"; }

call() {
    local method=$1 path=$2 bearer=$3
    shift 3
    curl -sS -m 60 -X "$method" -H "Authorization: Bearer $bearer" -H "Content-Type: application/${type:-json}" "$@" "$api$path"
}

# A text member of a JSON document.
member() { sed -nE "s/.*\"$1\":\"([^\"]*)\".*/\\1/p" | head -1; }

prepare() {
    local place=$home/www/realms/city
    mkdir -p "$place/.well-known"
    new_key issuer
    new_key source
    printf '{"issuer":"%s","jwks_uri":"%s/keys","authorization_endpoint":"%s/auth","token_endpoint":"%s/token"}\n' \
        "$issuer" "$issuer" "$issuer" "$issuer" >"$place/.well-known/openid-configuration"
    printf '{"keys":[%s]}\n' "$(public_key issuer)" >"$place/keys"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=id.city.example \
        -addext subjectAltName=DNS:id.city.example -keyout "$home/tls.key" -out "$home/tls.pem" 2>/dev/null
    cp "$home/tls.pem" /usr/local/share/ca-certificates/city.crt
    update-ca-certificates >/dev/null 2>&1
    printf '127.0.0.1 id.city.example\n' >>/etc/hosts
}

serve() {
    cd "$home/www"
    exec openssl s_server -quiet -accept 127.0.0.1:443 -cert "$home/tls.pem" -key "$home/tls.key" -WWW
}

register() {
    local hash
    hash=$(call POST /v1/admin/sources "$(token first administrator)" -d "{\"act\":\"register\",\"document\":{\"id\":\"$source\",
        \"name\":\"Traffic department\",\"family\":\"traffic\",\"keys\":[$(public_key source)]}}" | member hash)
    [ -n "$hash" ] || { echo "The source cannot be proposed." >&2; exit 1; }
    call POST "/v1/admin/sources/$(printf '%s' "$source" | base64url)/approvals" "$(token second administrator)" \
        -f -d "{\"hash\":\"$hash\"}"
}

enrol() {
    local rules answer
    register
    rules=$(curl -fsS "$api/v1/programmes/$programme" | member ruleSetHash)
    answer=$(call POST /v1/me/subjects "$(token $participant participant ',"age_over_18":true')" -d "{\"programme\":\"$programme\",
        \"ruleSet\":\"$rules\",\"handleProofs\":[\"$(signed source JWT "\"iss\":\"$source\",\"aud\":\"https://scores.city.example\",
        \"sub\":\"$participant\",\"programme\":\"$programme\",\"handle\":\"$handle\"")\"]}")
    case $answer in *'"receipt"'*) return 0 ;; esac
    printf '%s\n' "$answer" >&2
    return 1
}

drive() {
    local number bearer answer
    bearer=$(token traffic source ",\"source\":\"$source\"")
    for number in 1 2 3; do
        call GET "/v1/me/subjects/$programme/0/score" "$(token $participant participant)" -f -o /dev/null
        answer=$(type=cloudevents+json call POST /v1/events "$bearer" -w '%{http_code}' -d "{\"specversion\":\"1.0\",
            \"id\":\"check-$number\",\"source\":\"$source\",\"type\":\"traffic.vehicle-check\",
            \"time\":\"$(date -u +%Y-%m-%dT%H:%M:%SZ)\",
            \"data\":{\"programme\":\"$programme\",\"handle\":\"$handle\",\"result\":\"pass\"}}")
        [ "$answer" = 202 ] || { printf '%s\n' "$answer" >&2; return 1; }
    done
}

leave() { call DELETE "/v1/me/subjects/$programme/0" "$(token $participant participant)" -o /dev/null -w '%{http_code}\n'; }

case ${1:-} in
    prepare | serve | enrol | drive | leave) "$1" ;;
    *) sed -n 's/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
