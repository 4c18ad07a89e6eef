// Values as bytes and back: numbers in seven bits a byte, texts with their length before them.
//
//   ValueWriter writer;
//   writer.Number(7);
//   writer.Text("pact");
//   ValueReader reader(writer.bytes());
//   const uint64_t number = reader.Number();
//   const absl::string_view text = reader.Text();
//   if (!reader.ok()) ...   // the bytes are not what such a writer wrote
//
// A reader takes any bytes: past their end, and after a value that cannot be, all it reads is zero or empty
// and ok() is false for good. Nothing is allocated by what the bytes claim: Count gives no more than there
// are bytes left.
#ifndef TREATYWIRE_QUERY_SERVICE_RESOLUTION_VALUE_BYTES_H_
#define TREATYWIRE_QUERY_SERVICE_RESOLUTION_VALUE_BYTES_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

#include "absl/strings/string_view.h"

namespace treatywire::query {

class ValueWriter {
 public:
  void Number(uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_.push_back(static_cast<char>(value | 0x80));
    bytes_.push_back(static_cast<char>(value));
  }
  // Small whichever its sign.
  void Signed(int64_t value) {
    Number((static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63));
  }
  void Flag(bool value) { bytes_.push_back(value ? 1 : 0); }
  void Text(absl::string_view text) {
    Number(text.size());
    bytes_.append(text.data(), text.size());
  }

  const std::string& bytes() const { return bytes_; }
  size_t size() const { return bytes_.size(); }
  void Clear() { bytes_.clear(); }

 private:
  std::string bytes_;
};

// Refers to the bytes.
class ValueReader {
 public:
  explicit ValueReader(absl::string_view bytes) : rest_(bytes) {}

  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }
  // Says that what was read cannot be.
  void Fail() {
    ok_ = false;
    rest_ = absl::string_view();
  }

  uint64_t Number() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (rest_.empty()) break;
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    Fail();
    return 0;
  }
  // At most `max`.
  uint64_t NumberUpTo(uint64_t max) {
    const uint64_t value = Number();
    if (value <= max) return value;
    Fail();
    return 0;
  }
  int64_t Signed() {
    const uint64_t value = Number();
    return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
  }
  // `min` to `max`.
  template <typename Integer>
  Integer SignedWithin(int64_t min, int64_t max) {
    const int64_t value = Signed();
    if (min <= value && value <= max) return static_cast<Integer>(value);
    Fail();
    return Integer();
  }
  // Any value of the type.
  int32_t Int() {
    return SignedWithin<int32_t>(std::numeric_limits<int32_t>::min(), std::numeric_limits<int32_t>::max());
  }
  bool Flag() { return NumberUpTo(1) == 1; }
  // How many values of at least a byte each follow.
  size_t Count() { return static_cast<size_t>(NumberUpTo(rest_.size())); }
  absl::string_view Text() {
    const size_t size = Count();
    if (size > rest_.size()) {
      Fail();
      return absl::string_view();
    }
    const absl::string_view text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return text;
  }

 private:
  absl::string_view rest_;
  bool ok_ = true;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_VALUE_BYTES_H_
