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
// hundred kilobytes each, of which there is never more than a dozen. What was packed can be kept in a file:
// with the dictionaries, which another process adopts.
class MessagePacker {
 public:
  // How many messages a dictionary is made of.
  static constexpr size_t kSamples = 64;

  MessagePacker() = default;
  ~MessagePacker();
  MessagePacker(const MessagePacker&) = delete;
  MessagePacker& operator=(const MessagePacker&) = delete;

  static constexpr size_t kMaxDictionaries = 64;  // made here or adopted
  // More than the event log takes at a time.
  static constexpr size_t kMaxMessageBytes = 64 << 20;

  // `message` has at most kMaxMessageBytes.
  std::string Pack(absl::string_view message);
  // What was packed by this packer, or by another whose dictionaries it has adopted under the number in the
  // first byte. Of other bytes, an empty or another message.
  std::string Unpack(absl::string_view packed) const;

  // The dictionaries so far, by number from 1.
  std::vector<std::string> dictionaries() const ABSL_LOCKS_EXCLUDED(mutex_);
  // Takes in a dictionary of another packer's, and uses it from now on; returns its number here, the same for
  // the same bytes. 0 where it is none, or where there is no room for more.
  uint8_t Adopt(const std::string& dictionary) ABSL_LOCKS_EXCLUDED(mutex_);
  // `count` messages were packed with adopted dictionaries: the next is made when it would be for them.
  void CountAdopted(uint64_t count) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  struct Dictionary;
  void TakeSample(absl::string_view message) ABSL_LOCKS_EXCLUDED(mutex_);
  const Dictionary* DictionaryOf(absl::string_view packed) const;

  // By number, from 1; 0 is none. The number is the first byte of what was packed with it.
  std::array<std::atomic<const Dictionary*>, kMaxDictionaries + 1> dictionaries_ = {};
  std::atomic<uint8_t> newest_ = 0;
  std::atomic<uint64_t> packed_ = 0;                  // how many came so far
  std::atomic<uint64_t> next_dictionary_ = kSamples;  // is made when so many have come

  mutable absl::Mutex mutex_;
  std::string samples_ ABSL_GUARDED_BY(mutex_);  // joined
  std::vector<size_t> sample_sizes_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_MESSAGE_PACKING_H_
