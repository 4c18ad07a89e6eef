#include "query_service/page_token.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include "absl/strings/escaping.h"
#include "common/status.h"
#include "query_service/event_log/crc32c.h"

namespace treatywire::query {
namespace {

// Format 2: version (1 byte), revision, offset, digest of the request, log id (8 each), CRC-32C of all before
// (4). Little-endian. Format 1 had no log id.
constexpr char kFormatVersion = 2;
constexpr size_t kTokenBytes = 1 + 8 + 8 + 8 + 8 + 4;

void AppendFixed(uint64_t value, int bytes, std::string* out) {
  for (int i = 0; i < bytes; ++i) out->push_back(static_cast<char>((value >> (8 * i)) & 0xFF));
}

uint64_t ReadFixed(absl::string_view bytes) {
  uint64_t value = 0;
  for (size_t i = bytes.size(); i-- > 0;) value = (value << 8) | static_cast<unsigned char>(bytes[i]);
  return value;
}

// FNV-1a. Not a defence: whoever makes up a request with the same digest gets a wrong page of their own list.
uint64_t Fingerprint(absl::string_view bytes) {
  uint64_t hash = 0xCBF29CE484222325;
  for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3;
  return hash;
}

}  // namespace

uint64_t DigestOfMessage(const google::protobuf::Message& message) {
  std::string bytes = message.GetTypeName();
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&coded);
  }
  return Fingerprint(bytes);
}

std::string EncodePageToken(const PageToken& token, uint64_t list_digest) {
  std::string bytes(1, kFormatVersion);
  AppendFixed(token.revision, 8, &bytes);
  AppendFixed(token.offset, 8, &bytes);
  AppendFixed(list_digest, 8, &bytes);
  AppendFixed(token.log_id, 8, &bytes);
  AppendFixed(Crc32c(bytes), 4, &bytes);
  return absl::WebSafeBase64Escape(bytes);
}

absl::StatusOr<PageToken> DecodePageToken(absl::string_view text, uint64_t list_digest) {
  // The size first: a long text is not worth decoding. And what else it decodes, white space and padding and
  // idle bits, no token has.
  std::string bytes;
  if (text.size() > 2 * kTokenBytes || !absl::WebSafeBase64Unescape(text, &bytes) ||
      bytes.size() != kTokenBytes || bytes[0] != kFormatVersion || absl::WebSafeBase64Escape(bytes) != text ||
      ReadFixed(absl::string_view(bytes).substr(kTokenBytes - 4)) !=
          Crc32c(absl::string_view(bytes).substr(0, kTokenBytes - 4))) {
    return InvalidFieldError("page_token", "is no next_page_token of this service");
  }
  const absl::string_view view = bytes;
  if (ReadFixed(view.substr(17, 8)) != list_digest) {
    return InvalidFieldError("page_token", "is of a list with other fields; only page_size may change");
  }
  return PageToken{.revision = ReadFixed(view.substr(1, 8)),
                   .offset = ReadFixed(view.substr(9, 8)),
                   .log_id = ReadFixed(view.substr(25, 8))};
}

}  // namespace treatywire::query
