package io.rezolus.libs.recording.tar;

/**
 * A file in a tar.
 *
 * @param name as stored; it is only ever compared, never used as a path
 * @param offset where its bytes begin in the tar
 * @param length how many there are
 */
record TarEntry(String name, long offset, long length) {}
