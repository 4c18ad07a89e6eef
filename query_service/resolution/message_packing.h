// Messages that resemble one another, packed one by one to about a third of their bytes.
//
// Extractions repeat themselves and each other: field after field, names of parties and publishers, words of
// the trade. Zstandard finds the repetitions, those of other messages in a dictionary of some that came
// before.
//
//   MessagePacker packer;
//   const std::string packed = packer.Pack(extraction.SerializeAsString());
//   extraction.ParseFromString(packer.Unpack(packed));
#ifndef TREATYWIRE_QUERY_SERVICE_RESOLUTION_MESSAGE_PACKING_H_
#define TREATYWIRE_QUERY_SERVICE_RESOLUTION_MESSAGE_PACKING_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"

namespace treatywire::query {

// Any thread may call. A dictionary is made of messages as they come, after the first kSamples and anew
// whenever there are sixteen times as many, so that it is of what is packed and costs next to nothing: a few
// hundred kilobytes each, of which there is never more than a dozen.
class MessagePacker {
 public:
  // How many messages a dictionary is made of.
  static constexpr size_t kSamples = 64;

  MessagePacker() = default;
  ~MessagePacker();
  MessagePacker(const MessagePacker&) = delete;
  MessagePacker& operator=(const MessagePacker&) = delete;

  // `message` has less than 2^31 bytes, as all messages.
  std::string Pack(absl::string_view message);
  // What was packed by this packer; nothing else may be asked for.
  std::string Unpack(absl::string_view packed) const;

 private:
  struct Dictionary;
  static constexpr size_t kMaxDictionaries = 12;

  void TakeSample(absl::string_view message) ABSL_LOCKS_EXCLUDED(mutex_);

  // By number, from 1; 0 is none. The number is the first byte of what was packed with it.
  std::array<std::atomic<const Dictionary*>, kMaxDictionaries + 1> dictionaries_ = {};
  std::atomic<uint8_t> newest_ = 0;
  std::atomic<uint64_t> packed_ = 0;                  // how many came so far
  std::atomic<uint64_t> next_dictionary_ = kSamples;  // is made when so many have come

  absl::Mutex mutex_;
  std::string samples_ ABSL_GUARDED_BY(mutex_);  // joined
  std::vector<size_t> sample_sizes_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_MESSAGE_PACKING_H_
