# Sourced by run: the root file system of a guest, as one compressed initial RAM disk.
#
# guest_image ARCHITECTURE (amd64 or arm64) prints its path. The tests, the agent and the script that
# runs them are the same everywhere; busybox, the JVM and the libraries are this host's for amd64 and
# come out of Debian's packages, unpacked, for arm64.

guest_image() {
	arch=$1
	work=$here/target/guest-$arch
	rm -rf "$work"
	mkdir -p "$work"/{bin,dev,proc,sys,tmp,run,root,tests/lib,etc,usr/bin}
	"guest_system_$arch" || return 1
	echo "root:x:0:0:root:/root:/bin/sh" >"$work/etc/passwd"
	echo "passwd: files" >"$work/etc/nsswitch.conf"
	cp "$here/init" "$work/init"
	cp "$here/branches" "$work/tests/branches"
	guest_tests || return 1
	if [ -d "$root/launcher/target/dist" ]; then
		cp -rL "$root/launcher/target/dist" "$work/rezolus"
	fi
	(cd "$work" && find . | cpio -o -H newc --quiet | gzip -1) >"$work.gz"
	rm -rf "$work"
	echo "$work.gz"
}

guest_system_amd64() {
	cp "$(command -v busybox)" "$work/bin/busybox"
	jlink --add-modules java.se,jdk.unsupported,jdk.management,jdk.net,jdk.zipfs --strip-debug --no-header-files \
		--no-man-pages --compress=2 --output "$work/jre" || return 1
	# programs the tests start; busybox has the rest
	cp -L /usr/bin/taskset /usr/bin/nice "$work/usr/bin/"
	# what the JVM, those programs and the natives in our bundles link against
	{ find "$work"/jre/bin/java "$work"/jre/lib "$work/usr/bin" -type f -exec ldd {} + 2>/dev/null || true; } |
		grep -o '/[^ ]*lib[^ ]*\.so[^ ]*' | grep -v -e "^$work" -e ":\$" | sort -u | while read -r library; do
		mkdir -p "$work$(dirname "$library")"
		cp -L -n "$library" "$work$library"
	done
	mkdir -p "$work/lib/x86_64-linux-gnu" "$work/lib64"
	cp -L /lib/x86_64-linux-gnu/lib{pthread,dl,rt,m}.so.? "$work/lib/x86_64-linux-gnu/"
	cp -L /lib64/ld-linux-x86-64.so.2 "$work/lib64/"
}

guest_system_arm64() {
	packages arm64 bookworm "$work" busybox-static libc6 libgcc-s1 libstdc++6 zlib1g util-linux coreutils \
		openjdk-17-jre-headless || return 1
	rm -rf "$work"/usr/share/{doc,man,locale,bash-completion} "$work"/usr/lib/jvm/*/man
	ln -s usr/lib/jvm/java-17-openjdk-arm64 "$work/jre"
}

guest_tests() {
	classpath=
	for jar in "$here"/target/lib/*.jar; do
		cp "$jar" "$work/tests/lib/"
		classpath=$classpath${classpath:+:}/tests/lib/$(basename "$jar")
	done
	for bundle in core/bpf-host samplers/syscall samplers/scheduler samplers/cpu; do
		classes=$root/bundles/$bundle/target/test-classes
		[ -d "$classes" ] || {
			echo "kernel matrix: $classes is missing; build first" >&2
			return 1
		}
		mkdir -p "$work/tests/classes/$bundle"
		cp -r "$classes/." "$work/tests/classes/$bundle/"
		classpath=$classpath:/tests/classes/$bundle
	done
	echo "$classpath" >"$work/tests/classpath"
}
