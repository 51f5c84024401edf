#!/bin/sh
# recording.sh RECORDING [FOLDER]: how fast a recording is opened and read, and one column of a 4-hour, 3000-column
# recording that is made in FOLDER (or the default for temporary files) and removed. Needs a finished build.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
exec java -Xmx512m -cp "$here/target/classes:$here/target/lib/*" io.rezolus.bench.RecordingSpeed "$@"
