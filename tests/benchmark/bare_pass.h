// The reference of the extraction's speed: the least that any reader of words has to do.
#ifndef TREATYWIRE_TESTS_BENCHMARK_BARE_PASS_H_
#define TREATYWIRE_TESTS_BENCHMARK_BARE_PASS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace treatywire::benchmark {

// Cuts a text into runs of letters and digits and single marks, lower-cases each and looks it up in a hash
// map of every word that the lexicon's patterns hold. No sentences, no accents, no places in the source, no
// storage.
class BarePass {
 public:
  // Reads the built-in lexicon.
  BarePass();

  struct Counts {
    size_t tokens = 0;
    size_t known = 0;
  };
  Counts Run(absl::string_view text) const;

 private:
  absl::flat_hash_map<std::string, uint32_t> words_;
};

}  // namespace treatywire::benchmark

#endif  // TREATYWIRE_TESTS_BENCHMARK_BARE_PASS_H_
