# shellcheck shell=bash
#
# What ./run and ./test share: finding a JDK and Maven, one build at a time per clone, the server runtime.
# Sourced, with the clone's root as the working directory. Works with bash 3.2 and later.

JAVA_NEEDED=25
WORK=$PWD/.worldweave
LIBERTY_VERSION=$(sed -n 's|.*<liberty.version>\(.*\)</liberty.version>.*|\1|p' pom.xml)
LIBERTY=$WORK/liberty-$LIBERTY_VERSION
LOCK=$WORK/build.lock
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
