package io.rezolus.core.bpfhost.internal;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.Map;
import java.util.TreeMap;

/**
 * The {@code const volatile} variables of an object that is open but not loaded. Their places are
 * in the BTF section description of {@code .rodata}: a {@code struct btf_type} of 12 bytes followed
 * by {@code struct btf_var_secinfo} (type, offset, size) for each variable.
 */
final class Constants {
  private static final int BTF_TYPE_BYTES = 12;
  private static final int BTF_VAR_SECINFO_BYTES = 12;

  private record Place(int offset, int size) {}

  private final String object;
  private final Pointer memory;
  private final Map<String, Place> places = new TreeMap<>();

  Constants(Libbpf lib, Pointer handle, String object) {
    this.object = object;
    Pointer map = lib.bpf_object__find_map_by_name(handle, ".rodata");
    Pointer btf = lib.bpf_object__btf(handle);
    int section =
        btf == null ? -1 : lib.btf__find_by_name_kind(btf, ".rodata", Libbpf.BTF_KIND_DATASEC);
    memory = map == null ? null : lib.bpf_map__initial_value(map, new Memory(Long.BYTES));
    if (memory == null || section < 0) {
      return;
    }
    Pointer type = lib.btf__type_by_id(btf, section);
    int count = type.getInt(4) & 0xffff;
    for (int i = 0; i < count; i++) {
      long at = BTF_TYPE_BYTES + (long) i * BTF_VAR_SECINFO_BYTES;
      Pointer variable = lib.btf__type_by_id(btf, type.getInt(at));
      places.put(
          lib.btf__name_by_offset(btf, variable.getInt(0)),
          new Place(type.getInt(at + 4), type.getInt(at + 8)));
    }
  }

  /**
   * @throws IllegalArgumentException the object has no such constant, or the value does not fit
   */
  void set(String name, long value) {
    Place place = places.get(name);
    if (place == null) {
      throw new IllegalArgumentException(
          "BPF object " + object + ": no constant " + name + ", it has " + places.keySet());
    }
    switch (place.size) {
      case Byte.BYTES -> memory.setByte(place.offset, (byte) fitting(name, value, Byte.SIZE));
      case Short.BYTES -> memory.setShort(place.offset, (short) fitting(name, value, Short.SIZE));
      case Integer.BYTES -> memory.setInt(place.offset, (int) fitting(name, value, Integer.SIZE));
      case Long.BYTES -> memory.setLong(place.offset, value);
      default ->
          throw new IllegalArgumentException(
              "BPF object " + object + ": constant " + name + " is not a number");
    }
  }

  private long fitting(String name, long value, int bits) {
    if (value < -(1L << (bits - 1)) || value >= 1L << bits) {
      throw new IllegalArgumentException(
          "BPF object " + object + ": " + value + " does not fit the " + bits + " bits of " + name);
    }
    return value;
  }
}
