# Sourced by run: finds, downloads and unpacks kernels. Nothing is installed.
#
# kernel_image SERIES prints the path of a bootable image of the newest kernel of that
# series, for example "6.1", or says why there is none and returns 1.

cache=${REZOLUS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/rezolus}/kernels

# The Debian suite that carries a series, and the pattern of its image packages.
kernel_source() {
	case $1 in
	5.10) echo "bullseye linux-image-5\\.10\\.0-[0-9]+-cloud-amd64" ;;
	6.1) echo "bookworm linux-image-6\\.1\\.0-[0-9]+-cloud-amd64" ;;
	6.12) echo "bookworm-security linux-image-6\\.12\\.[0-9]+\\+deb12-cloud-amd64" ;;
	7.*) echo "sid linux-binary-${1%%.*}\\.[0-9.]+\\+deb14-cloud-amd64" ;;
	*) return 1 ;;
	esac
}

# apt with lists and caches of its own, so that the host's stay as they are.
suite_apt() {
	suite=$1
	shift
	"$@" -o "Dir::Etc::sourcelist=$cache/$suite/sources.list" -o Dir::Etc::sourceparts=/nonexistent -o APT::Sandbox::User=root \
		-o "Dir::State::lists=$cache/$suite/lists" -o "Dir::Cache=$cache/$suite/cache"
}

prepare_suite() {
	suite=$1
	dir=$cache/$suite
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
	echo "deb $mirror $suite main" >"$dir/sources.list"
	suite_apt "$suite" apt-get -qq update >"$dir/update.log" 2>&1 || {
		echo "apt-get update of $suite failed: $(tail -n 1 "$dir/update.log")" >&2
		return 1
	}
}

kernel_image() {
	series=$1
	source=$(kernel_source "$series") || {
		echo "kernel $series: known are 5.10, 6.1, 6.12 and 7.x" >&2
		return 1
	}
	suite=${source%% *}
	pattern=${source#* }
	# what was unpacked before is good enough; remove the cache for a newer one
	found=$(find "$cache/$series" -name 'vmlinuz*' -size +1M 2>/dev/null | head -n 1)
	if [ -z "$found" ]; then
		prepare_suite "$suite" || return 1
		package=$(suite_apt "$suite" apt-cache pkgnames | grep -E -x "$pattern" | sort -V | tail -n 1)
		[ -n "$package" ] || {
			echo "kernel $series: suite $suite has no package like $pattern" >&2
			return 1
		}
		mkdir -p "$cache/$series"
		(cd "$cache/$suite/packages" && suite_apt "$suite" apt-get -qq download "$package") || return 1
		dpkg -x "$(ls "$cache/$suite/packages/$package"_*.deb | tail -n 1)" "$cache/$series"
		found=$(find "$cache/$series" -name 'vmlinuz*' -size +1M | head -n 1)
	fi
	[ -n "$found" ] && echo "$found"
}
