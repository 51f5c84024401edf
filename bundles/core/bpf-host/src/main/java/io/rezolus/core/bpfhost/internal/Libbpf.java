package io.rezolus.core.bpfhost.internal;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;

/**
 * The functions of libbpf 1.x that are used, under their C names. Functions that return int answer
 * a negative errno; functions that return a pointer answer null and leave errno. C {@code bool} is
 * a byte here, {@code size_t} a long.
 */
interface Libbpf extends Library {
  int BTF_KIND_TYPEDEF = 8;
  int BTF_KIND_FUNC = 12;
  int BTF_KIND_DATASEC = 15;
  int BPF_MAP_TYPE_HASH = 1;
  int BPF_MAP_TYPE_ARRAY = 2;
  int BPF_MAP_TYPE_PROG_ARRAY = 3;
  int BPF_F_NO_PREALLOC = 1;
  int BPF_F_MMAPABLE = 1 << 10;

  /** {@code libbpf_print_fn_t}; {@code arguments} is a va_list. */
  interface Print extends Callback {
    int print(int level, Pointer format, Pointer arguments);
  }

  Pointer libbpf_set_print(Print print);

  Pointer bpf_object__open_mem(Pointer code, long size, Pointer options);

  int bpf_object__load(Pointer object);

  void bpf_object__close(Pointer object);

  Pointer bpf_object__btf(Pointer object);

  Pointer bpf_object__next_program(Pointer object, Pointer previous);

  Pointer bpf_object__next_map(Pointer object, Pointer previous);

  Pointer bpf_object__find_map_by_name(Pointer object, String name);

  String bpf_program__name(Pointer program);

  String bpf_program__section_name(Pointer program);

  int bpf_program__set_autoload(Pointer program, byte load);

  int bpf_program__set_log_buf(Pointer program, Pointer text, long size);

  int bpf_program__fd(Pointer program);

  Pointer bpf_program__attach(Pointer program);

  Pointer bpf_program__attach_iter(Pointer program, Pointer options);

  int bpf_link__fd(Pointer link);

  int bpf_link__destroy(Pointer link);

  int bpf_iter_create(int link);

  String bpf_map__name(Pointer map);

  int bpf_map__fd(Pointer map);

  int bpf_map__type(Pointer map);

  int bpf_map__key_size(Pointer map);

  int bpf_map__value_size(Pointer map);

  int bpf_map__max_entries(Pointer map);

  int bpf_map__map_flags(Pointer map);

  int bpf_map__set_map_flags(Pointer map, int flags);

  byte bpf_map__is_internal(Pointer map);

  int bpf_map__set_max_entries(Pointer map, int entries);

  int bpf_map__reuse_fd(Pointer map, int fd);

  Pointer bpf_map__initial_value(Pointer map, Pointer size);

  int bpf_map_update_elem(int map, Pointer key, Pointer value, long flags);

  int bpf_map_delete_elem(int map, Pointer key);

  int bpf_map_lookup_batch(
      int map,
      Pointer inBatch,
      Pointer outBatch,
      Pointer keys,
      Pointer values,
      IntByReference count,
      Pointer options);

  int bpf_obj_get_info_by_fd(int fd, Pointer info, Pointer length);

  Pointer btf__load_vmlinux_btf();

  int btf__find_by_name_kind(Pointer btf, String name, int kind);

  Pointer btf__type_by_id(Pointer btf, int id);

  long btf__resolve_size(Pointer btf, int id);

  String btf__name_by_offset(Pointer btf, int offset);

  void btf__free(Pointer btf);
}
