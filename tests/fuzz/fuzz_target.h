// What a fuzz target defines, and how it says that a promise is broken.
#ifndef TREATYWIRE_TESTS_FUZZ_FUZZ_TARGET_H_
#define TREATYWIRE_TESTS_FUZZ_FUZZ_TARGET_H_

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "absl/strings/str_cat.h"

// Run with one input; libFuzzer's interface, which replay_corpus.cc calls too.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace treatywire {

// Prints what is wrong and ends the process, which is how libFuzzer learns of it.
template <typename... Parts>
void RequirePromise(bool kept, const Parts&... parts) {
  if (kept) return;
  std::fprintf(stderr, "broken promise: %s\n", absl::StrCat(parts...).c_str());
  std::abort();
}

}  // namespace treatywire

#endif  // TREATYWIRE_TESTS_FUZZ_FUZZ_TARGET_H_
