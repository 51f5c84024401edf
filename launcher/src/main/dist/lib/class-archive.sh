# Sourced by bin/rezolus: keeps what the JVM knows about the classes of a run, so that later runs
# start faster (class data sharing). Sets $class_options. Nothing in here may make a run fail.
# The first run of a kind writes the archive when it ends; the next one puts it in place.
# The JVM checks what it loads, so an archive that fits no longer costs speed and nothing else.

# cache_directory: where archives are kept; fails where there is no such place.
# An archive is code: whoever can write there runs as this user.
cache_directory() {
	if [ "$(id -u)" = 0 ]; then
		directory=${REZOLUS_CACHE-/var/cache/rezolus}
	else
		directory=${REZOLUS_CACHE-${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}/rezolus}
	fi
	case $directory in
	/rezolus | '') return 1 ;;
	/*) ;;
	*) return 1 ;;
	esac
	[ -d "$directory" ] || mkdir -p -m 0700 "$directory" 2>/dev/null || return 1
	[ -O "$directory" ] && [ -w "$directory" ] &&
		[ -z "$(find "$directory" -prune -perm /022)" ] && printf '%s\n' "$directory"
}

# writing FILE: whether the process that holds the lock FILE still lives.
writing() {
	read -r writer 2>/dev/null <"$1" && grep -q rezolus "/proc/$writer/cmdline" 2>/dev/null
}

# settle: puts the archive of a run that ended in place. The JVM writes the header last.
settle() {
	written=$archive.$writer
	if [ -s "$written" ] && [ "$(head -c 4 "$written" | tr -d '\0' | wc -c)" -gt 0 ]; then
		mv -f "$written" "$archive"
		# those of this installation before an update
		for old in "$family"-*.jsa; do
			if [ "$old" != "$archive" ]; then rm -f "$old"; fi
		done
	fi
	rm -f "$written" "$lock"
}

# class_archive JAVA HOME KIND
class_archive() {
	class_options=
	# options of the user's own may not go with an archive
	if [ -n "${REZOLUS_JAVA_OPTIONS:-}${JAVA_TOOL_OPTIONS:-}${JDK_JAVA_OPTIONS:-}" ]; then return 0; fi
	jvm=$(dirname "$(readlink -f "$(command -v "$1")")")/../lib/server/classes.jsa
	if [ ! -r "$jvm" ]; then return 0; fi
	cache=$(cache_directory) || return 0
	case $cache in *[[:space:]]*) return 0 ;; esac
	family=$cache/$3-$(printf '%s' "$2" | cksum | tr ' ' -)
	archive=$family-$(stat -Lc '%n %s %Y' "$jvm" "$2"/bin/rezolus "$2"/lib/*.jar "$2"/bundles/*.jar | cksum | tr ' ' -).jsa
	lock=$archive.lock
	if [ ! -e "$archive" ] && [ -e "$lock" ] && ! writing "$lock"; then settle 2>/dev/null || true; fi
	if [ -r "$archive" ]; then
		class_options="-XX:SharedArchiveFile=$archive -Xshare:auto"
	elif (set -C && echo $$ >"$lock") 2>/dev/null; then
		class_options=-XX:ArchiveClassesAtExit=$archive.$$
	fi
}
