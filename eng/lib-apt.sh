# Shared by the scripts that take packages of other suites than the machine's own. Sourced after lib.sh.

# The address of the machine's own package source, from its apt configuration: it is written nowhere.
apt_site() {
    apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' |
        awk -v code="$(. /etc/os-release; echo "${VERSION_CODENAME:-}")" '$2 == code && $3 == "main" { print $1; exit }'
}

# The line of sources.list for a suite of a package source.
apt_source() {
    local keyring
    keyring=$(ls /usr/share/keyrings/debian-archive-keyring.* 2>/dev/null | head -1)
    echo "deb [${keyring:+signed-by=$keyring}] $1 $2 main"
}

# Sets the array apt to an apt of its own in a directory: other lists, an empty package database, so that the whole closure is fetched and nothing is installed.
apt_of_suite() {
    local directory=$1 site=$2 suite=$3
    mkdir -p "$directory"/{lists/partial,archives/partial,etc}
    : >"$directory/status"
    apt_source "$site" "$suite" >"$directory/sources.list"
    apt=(apt-get -q -o Dir::Etc::SourceList="$directory/sources.list" -o Dir::Etc::SourceParts=- -o Dir::Etc::Preferences=- -o Dir::Etc::PreferencesParts=-
        -o Dir::State="$directory" -o Dir::State::Lists="$directory/lists" -o Dir::State::status="$directory/status"
        -o Dir::Cache="$directory" -o Dir::Cache::Archives="$directory/archives" -o APT::Sandbox::User=root
        -o APT::Install-Recommends=false -o Acquire::Languages=none -o Debug::NoLocking=true)
}
