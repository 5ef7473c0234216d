# Shared by the scripts of eng/: where things are, how they speak. Sourced, not run.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
prefix=/opt/lxcnative

if [ -t 1 ]; then bold=$'\e[1m' red=$'\e[31m' off=$'\e[0m'; else bold='' red='' off=''; fi

say()  { printf '%s==>%s %s\n' "$bold" "$off" "$*"; }
note() { printf '    %s\n' "$*"; }
die()  { printf '%serror:%s %s\n' "$red" "$off" "$*" >&2; exit 1; }

need_root() { [ "$(id -u)" = 0 ] || die "$(basename "$0") needs root: run it with sudo"; }

# The criu that dumps and restores on this kernel: its path, or nothing.
find_criu() {
    local candidate
    for candidate in "${LXCNATIVE_CRIU:-}" $(ls -d "$prefix"/criu-*/bin/criu 2>/dev/null | sort -rV) "$(command -v criu || true)"; do
        [ -n "$candidate" ] && [ -x "$candidate" ] && "$root/eng/criu-self-dump" "$candidate" >/dev/null 2>&1 && { echo "$candidate"; return 0; }
    done
    return 1
}
