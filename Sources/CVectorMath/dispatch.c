#include "CVectorMath.h"
#include "Kernels/tables.h"
#include <sleef.h>
#include <stdlib.h>
#include <string.h>

// Nothing here may need more than the oldest processor has: it decides what the processor has.

bool vm_tier_available(vm_tier tier) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  bool fused = __builtin_cpu_supports("fma");
  bool avx2 = fused && __builtin_cpu_supports("avx2");
  switch (tier) {
    case VM_SCALAR:
      return fused;
    case VM_AVX2:
      return avx2;
    case VM_AVX512:
      return avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")
          && __builtin_cpu_supports("avx512vl");
    case VM_NEON:
      return false;
  }
  return false;
#elif defined(__aarch64__)
  return tier == VM_SCALAR || tier == VM_NEON;
#else
#error "runs on x86-64 and arm64"
#endif
}

bool vm_machine_supported(void) {
  return vm_tier_available(VM_SCALAR);
}

bool vm_tier_wanted(vm_tier *tier) {
  const char *name = getenv("RUNEXP_KERNELS");
  for (vm_tier each = VM_SCALAR; name != NULL && each <= VM_NEON; each++) {
    if (strcmp(name, vm_tier_name(each)) == 0 && vm_tier_available(each)) {
      *tier = each;
      return true;
    }
  }
  return false;
}

// Negative before the environment was asked, which is not done for every kernel.
static _Atomic int nudged = -1;

void vm_nudge(void) {
  nudged = 1;
}

bool vm_is_nudged(void) {
  if (nudged < 0) {
    const char *value = getenv("RUNEXP_NUDGE");
    nudged = value != NULL && strcmp(value, "1") == 0;
  }
  return nudged;
}

vm_tier vm_best_tier(void) {
  vm_tier wanted;
  if (vm_tier_wanted(&wanted)) return wanted;
  if (vm_tier_available(VM_NEON)) return VM_NEON;
  if (vm_tier_available(VM_AVX512)) return VM_AVX512;
  if (vm_tier_available(VM_AVX2)) return VM_AVX2;
  return VM_SCALAR;
}

const char *vm_tier_name(vm_tier tier) {
  switch (tier) {
    case VM_SCALAR:
      return "scalar";
    case VM_AVX2:
      return "avx2";
    case VM_AVX512:
      return "avx512";
    case VM_NEON:
      return "neon";
  }
  return "unknown";
}

vm_kernel vm_lookup(vm_opcode opcode, vm_tier tier) {
  if (vm_is_nudged()) return vm_lookup_nudged(opcode, tier);
#if defined(__x86_64__)
  if (tier == VM_AVX2) return vm_avx2_kernels[opcode];
  if (tier == VM_AVX512) return vm_avx512_kernels[opcode];
#elif defined(__aarch64__)
  if (tier == VM_NEON) return vm_neon_kernels[opcode];
#endif
  return vm_scalar_kernels[opcode];
}

// A function of the tier.
#if defined(__x86_64__)
#define VM_OF_TIER(name, tier) \
  ((tier) == VM_AVX512 ? name##_avx512f : (tier) == VM_AVX2 ? name##_avx2 : name##_purecfma)
#elif defined(__aarch64__)
#define VM_OF_TIER(name, tier) ((tier) == VM_NEON ? name##_advsimd : name##_purecfma)
#else
#define VM_OF_TIER(name, tier) name##_purecfma
#endif

vm_accumulator vm_lookup_accumulator(vm_tier tier) {
  return VM_OF_TIER(vm_accumulate, tier);
}

vm_tail_judge vm_lookup_tail_judge(vm_tier tier) {
  return VM_OF_TIER(vm_judge_tails, tier);
}

vm_zero_finder vm_lookup_zero_finder(vm_tier tier) {
  return VM_OF_TIER(vm_find_zeros, tier);
}

vm_rise_watch vm_lookup_rise_watch(vm_tier tier) {
  return VM_OF_TIER(vm_note_rises, tier);
}

static const struct {
  const char *name;
  int results, arguments;
} operations[VM_OPCODE_COUNT] = {
#define VM_ENTRY(NAME, name, results, arguments) [VM_##NAME] = {#name, results, arguments},
    VM_OPCODES(VM_ENTRY)
#undef VM_ENTRY
};

const char *vm_opcode_name(vm_opcode opcode) {
  return operations[opcode].name;
}

int vm_result_count(vm_opcode opcode) {
  return operations[opcode].results;
}

int vm_argument_count(vm_opcode opcode) {
  return operations[opcode].arguments;
}

#define VM_TEXT(x) #x
#define VM_VERSION(a, b, c) VM_TEXT(a) "." VM_TEXT(b) "." VM_TEXT(c)

#define VM_SLEEF VM_VERSION(SLEEF_VERSION_MAJOR, SLEEF_VERSION_MINOR, SLEEF_VERSION_PATCHLEVEL)

const char *vm_sleef_version(void) {
  return vm_is_nudged() ? VM_SLEEF "-nudged" : VM_SLEEF;
}
