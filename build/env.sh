# shellcheck shell=bash
#
# What ./run and ./test share: finding a JDK and Maven, one build at a time per clone, the server runtime, and the
# NATS server of the tests.
# Sourced, with the clone's root as the working directory. Works with bash 3.2 and later.

JAVA_NEEDED=25
WORK=$PWD/.worldweave
LIBERTY_VERSION=$(sed -n 's|.*<liberty.version>\(.*\)</liberty.version>.*|\1|p' pom.xml)
LIBERTY=$WORK/liberty-$LIBERTY_VERSION
LOCK=$WORK/build.lock
NATS=$WORK/nats
NATS_VERSION=2.10.27
MAVEN_QUIET=(-B -ntp)

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# Prints the major version of the JDK in $1, or nothing if there is none: a JRE cannot build.
jdk_version() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
    sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$1/release"
}

# Sets JAVA_HOME to the JDK to use: the caller's own if it is new enough, else the oldest that is.
find_jdk() {
    local candidate version best='' best_version=0
    for candidate in "${JAVA_HOME:-}" \
        /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/lib/jvm/* /usr/local/java/* \
        /opt/* /opt/java/* /opt/jdk/* /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.jdk/* \
        "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/* \
        "$(java_on_path)"; do
        [ -n "$candidate" ] || continue
        version=$(jdk_version "$candidate")
        [ "${version:-0}" -ge "$JAVA_NEEDED" ] || continue
        if [ "$candidate" = "${JAVA_HOME:-}" ]; then
            best=$candidate best_version=$version
            break
        fi
        if [ -z "$best" ] || [ "$version" -lt "$best_version" ]; then
            best=$candidate best_version=$version
        fi
    done
    [ -n "$best" ] || fail "no JDK $JAVA_NEEDED or newer was found. Install one" \
        "(Temurin $JAVA_NEEDED: https://adoptium.net), or set JAVA_HOME to the directory where it is."
    export JAVA_HOME=$best
    say "Java: JDK $best_version in $JAVA_HOME"
}

# Prints the home of the java on the PATH, links followed; nothing if there is none.
java_on_path() {
    local java target
    java=$(command -v java) || return 0
    while [ -L "$java" ]; do
        target=$(readlink "$java")
        case $target in
            /*) java=$target ;;
            *) java=${java%/*}/$target ;;
        esac
    done
    printf '%s\n' "${java%/bin/java}"
}

# Stops unless a Maven that can build this is on the PATH.
find_maven() {
    command -v mvn >/dev/null || fail "Maven was not found. Install Maven 3.8 or newer" \
        "(the package is usually called maven), and see that mvn is on the PATH."
    local version
    version=$(mvn --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9]*\)\.\([0-9][0-9]*\).*/\1 \2/p')
    case $version in
        '' | [012]\ * | 3\ [0-7]) fail "Maven 3.8 or newer is needed, and mvn on the PATH is ${version:-unknown}." \
            "Install a newer one." ;;
    esac
    # Maven's own libraries make newer JDKs print warnings that are not ours to heed.
    local quiet=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
    if "$JAVA_HOME/bin/java" "${quiet[@]}" --version >/dev/null 2>&1; then
        export MAVEN_OPTS="${quiet[*]} ${MAVEN_OPTS:-}"
    fi
}

# Makes the directory $1 if there is none, and says whether one can write to it.
can_write() {
    mkdir -p "$1" 2>/dev/null
    [ -d "$1" ] && [ -w "$1" ]
}

# Makes $WORK, which holds all that is kept between two calls.
make_work_directory() {
    can_write "$WORK" || fail "cannot write to $WORK." \
        "Give yourself the right to write there, or clone to a place where you have it."
}

# Waits until no other ./run or ./test builds in this clone, and keeps them waiting until unlock_build or exit.
lock_build() {
    local owner told=''
    until mkdir "$LOCK" 2>/dev/null; do
        owner=$(cat "$LOCK/pid" 2>/dev/null || true)
        # Whoever was killed before it could say who it is has left the lock too.
        if { [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; } ||
            { [ -z "$owner" ] && [ -n "$(find "$LOCK" -maxdepth 0 -mmin +1 2>/dev/null)" ]; }; then
            rm -rf "$LOCK"
            continue
        fi
        if [ -z "$told" ]; then
            say "Another build is running in this clone (process ${owner:-unknown}); waiting for it."
            told=yes
        fi
        sleep 1
    done
    printf '%s\n' $$ >"$LOCK/pid"
    trap unlock_build EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

unlock_build() {
    rm -rf "$LOCK"
    trap - EXIT INT TERM
}

has_runtime() {
    [ -d "$LIBERTY/wlp" ] && [ -n "$(ls "$LIBERTY/unpacked" 2>/dev/null)" ]
}

# Fetches and unpacks the server runtime, once per version and clone.
get_runtime() {
    has_runtime && return
    say "Fetching and unpacking Open Liberty $LIBERTY_VERSION (350 MB, only this once) ..."
    mvn -q "${MAVEN_QUIET[@]}" -pl app dependency:unpack@runtime ||
        fail "Open Liberty could not be fetched or unpacked; what Maven said is above." \
            "It needs the network (or a Maven mirror in ~/.m2/settings.xml) and 800 MB of disk."
}

has_nats() {
    [ -x "$NATS/nats-server" ] || PATH=$PATH:/usr/sbin:/usr/local/bin command -v nats-server >/dev/null
}

# Puts a nats-server for the tests into the clone, unless there is one on the PATH: nothing is installed beyond it.
get_nats() {
    has_nats && return
    say "Fetching a NATS server for the tests (only this once) ..."
    local parts=$NATS.parts
    rm -rf "$parts"
    mkdir -p "$parts" "$NATS"
    if nats_from_distribution "$parts" >"$parts/log" 2>&1 || nats_from_release "$parts" >>"$parts/log" 2>&1; then
        mv "$parts/nats-server" "$NATS/nats-server"
        rm -rf "$parts"
    else
        sed 's/^/  /' "$parts/log" >&2
        fail "no NATS server could be fetched. Install one (the package is usually called nats-server) so that" \
            "nats-server is on the PATH."
    fi
}

# Unpacks the package of Debian and its like into $1; that needs no rights. Old lists are renewed by whoever may.
nats_from_distribution() {
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 1
    (
        cd "$1"
        apt-get -q download nats-server || { apt-get -q update && apt-get -q download nats-server; }
    ) && dpkg-deb -x "$1"/nats-server_*.deb "$1/package" && mv "$1/package/usr/sbin/nats-server" "$1/nats-server"
}

# Unpacks the project's own release into $1, if it is what the project says that it is.
nats_from_release() {
    local system machine name url=https://github.com/nats-io/nats-server/releases/download/v$NATS_VERSION
    system=$(uname -s | tr '[:upper:]' '[:lower:]')
    case $(uname -m) in
        x86_64 | amd64) machine=amd64 ;;
        aarch64 | arm64) machine=arm64 ;;
        *) return 1 ;;
    esac
    name=nats-server-v$NATS_VERSION-$system-$machine
    (
        cd "$1"
        curl -fsSLO --connect-timeout 10 "$url/$name.tar.gz" && curl -fsSLO "$url/SHA256SUMS" || exit 1
        sums=$(grep " $name.tar.gz\$" SHA256SUMS)
        if command -v sha256sum >/dev/null; then sha256sum -c <<<"$sums"; else shasum -a 256 -c <<<"$sums"; fi &&
            tar -xzf "$name.tar.gz" && mv "$name/nats-server" nats-server
    )
}
