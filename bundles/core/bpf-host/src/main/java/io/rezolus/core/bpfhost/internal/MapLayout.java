package io.rezolus.core.bpfhost.internal;

import com.sun.jna.Pointer;

/** What two maps must have in common for one to go on in place of the other. */
record MapLayout(int type, int keySize, int valueSize, int entries, int flags) {

  static MapLayout of(Libbpf lib, Pointer map) {
    return new MapLayout(
        lib.bpf_map__type(map),
        lib.bpf_map__key_size(map),
        lib.bpf_map__value_size(map),
        lib.bpf_map__max_entries(map),
        lib.bpf_map__map_flags(map));
  }

  boolean mappable() {
    return type == Libbpf.BPF_MAP_TYPE_ARRAY && (flags & Libbpf.BPF_F_MMAPABLE) != 0;
  }

  boolean hash() {
    return type == Libbpf.BPF_MAP_TYPE_HASH;
  }

  /** Longs in the mapping: each element is rounded up to 8 bytes. */
  long longs() {
    return Integer.toUnsignedLong(entries) * ((Integer.toUnsignedLong(valueSize) + 7) / 8);
  }
}
