# Sourced by run: finds, downloads and unpacks kernels and other packages. Nothing is installed.
#
# kernel_image ARCHITECTURE SERIES prints the path of a bootable image of the newest kernel of that
# series, for example "arm64 6.1", or says why there is none and returns 1.

cache=${REZOLUS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/rezolus}/kernels

# The Debian suite that carries a series, and the pattern of its image packages.
kernel_source() {
	case $2 in
	5.10) echo "bullseye linux-image-5\\.10\\.0-[0-9]+-cloud-$1" ;;
	6.1) echo "bookworm linux-image-6\\.1\\.0-[0-9]+-cloud-$1" ;;
	6.12) echo "bookworm-security linux-image-6\\.12\\.[0-9]+\\+deb12-cloud-$1" ;;
	7.*) echo "sid linux-binary-${2%%.*}\\.[0-9.]+\\+deb14-cloud-$1" ;;
	*) return 1 ;;
	esac
}

# Where the packages of an architecture, or what is unpacked of them, are kept: part ARCHITECTURE NAME
part() {
	case $1 in
	amd64) echo "$cache/$2" ;;
	*) echo "$cache/$1-$2" ;;
	esac
}

# suite_apt ARCHITECTURE SUITE COMMAND...: apt with lists and caches of its own, so that the host's
# stay as they are.
suite_apt() {
	suite_arch=$1
	suite_dir=$(part "$1" "$2")
	shift 2
	"$@" -o "Dir::Etc::sourcelist=$suite_dir/sources.list" -o Dir::Etc::sourceparts=/nonexistent \
		-o "Dir::State::lists=$suite_dir/lists" -o "Dir::Cache=$suite_dir/cache" -o APT::Sandbox::User=root \
		-o "APT::Architecture=$suite_arch" -o "APT::Architectures=$suite_arch"
}

prepare_suite() {
	suite=$2
	dir=$(part "$1" "$suite")
	mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial" "$dir/packages"
	case $suite in
	*-security) archive=debian-security ;;
	*) archive=debian ;;
	esac
	mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
		grep -E "/$archive/?\$" | head -n 1)
	[ -n "$mirror" ] || {
		echo "no $archive mirror among apt's sources" >&2
		return 1
	}
	echo "deb [arch=$1] $mirror $suite main" >"$dir/sources.list"
	suite_apt "$1" "$suite" apt-get -qq update >"$dir/update.log" 2>&1 || {
		echo "apt-get update of $suite failed: $(tail -n 1 "$dir/update.log")" >&2
		return 1
	}
}

# packages ARCHITECTURE SUITE DIRECTORY NAME...: unpacks these packages into the directory.
packages() {
	package_arch=$1
	package_suite=$2
	into=$3
	shift 3
	folder=$(part "$package_arch" "$package_suite")/packages
	prepared=
	for package in "$@"; do
		# what was downloaded before is good enough; remove the cache for a newer one
		if ! ls "$folder/$package"_*.deb >/dev/null 2>&1; then
			[ -n "$prepared" ] || prepare_suite "$package_arch" "$package_suite" || return 1
			prepared=yes
			(cd "$folder" && suite_apt "$package_arch" "$package_suite" apt-get -qq download "$package") || return 1
		fi
		dpkg -x "$(ls "$folder/$package"_*.deb | tail -n 1)" "$into" || return 1
	done
}

kernel_image() {
	kernel_arch=$1
	series=$2
	source=$(kernel_source "$kernel_arch" "$series") || {
		echo "kernel $series: known are 5.10, 6.1, 6.12 and 7.x" >&2
		return 1
	}
	suite=${source%% *}
	pattern=${source#* }
	unpacked=$(part "$kernel_arch" "$series")
	mkdir -p "$unpacked"
	found=$(find "$unpacked" -name 'vmlinuz*' -size +1M 2>/dev/null | head -n 1)
	if [ -z "$found" ]; then
		prepare_suite "$kernel_arch" "$suite" || return 1
		image=$(suite_apt "$kernel_arch" "$suite" apt-cache pkgnames | grep -E -x "$pattern" | sort -V | tail -n 1)
		[ -n "$image" ] || {
			echo "kernel $series: suite $suite has no package like $pattern" >&2
			return 1
		}
		packages "$kernel_arch" "$suite" "$unpacked" "$image" || return 1
		found=$(find "$unpacked" -name 'vmlinuz*' -size +1M | head -n 1)
	fi
	[ -n "$found" ] && echo "$found"
}
