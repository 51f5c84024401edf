# Sourced by ./rezolus and ./verify: makes sure that Debian packages are installed.

# prerequisites PACKAGE...: installs what is missing when root, else says how and stops.
prerequisites() {
	missing=
	for package in "$@"; do
		if ! dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed; then
			missing="$missing $package"
		fi
	done
	if [ -z "$missing" ]; then
		return 0
	fi
	if ! command -v apt-get >/dev/null 2>&1; then
		echo "missing:$missing; install them with this system's package manager" >&2
		exit 1
	fi
	if [ "$(id -u)" -ne 0 ]; then
		echo "missing packages; run: sudo apt-get install -y --no-install-recommends$missing" >&2
		exit 1
	fi
	echo "installing$missing" >&2
	export DEBIAN_FRONTEND=noninteractive
	log=$(mktemp)
	# the lists of a fresh machine are empty or old
	# shellcheck disable=SC2086 # a list of words
	if ! { apt-get update -q && apt-get install -y -q --no-install-recommends $missing; } \
		>"$log" 2>&1 </dev/null; then
		tail -n 20 "$log" >&2
		rm -f "$log"
		echo "cannot install$missing; see the lines above" >&2
		exit 1
	fi
	rm -f "$log"
}

# What the build needs: compilers for Java and BPF, libbpf and what it links to.
build_packages="openjdk-17-jdk-headless maven clang llvm clang-format libbpf-dev libelf-dev zlib1g-dev"

# java_17: points JAVA_HOME at the JDK that is reproducible for this tree, where Debian put it.
java_17() {
	for jdk in /usr/lib/jvm/java-17-openjdk-*; do
		if [ -x "$jdk/bin/javac" ]; then
			JAVA_HOME=$jdk
			export JAVA_HOME
			return 0
		fi
	done
}
