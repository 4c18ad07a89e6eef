// Requests and responses as bytes, for adapters that parse by themselves.
//
// Where gRPC parses, a request that does not parse ends the call with UNIMPLEMENTED or without a word:
// invalid UTF-8 in one field looks like a missing method. Adapters therefore serve the generated raw methods
// and parse here, so that the answer names the field:
//
//   GetPartyRequest request;
//   if (absl::Status status = ParseRequest(bytes, &request); !status.ok()) { ... }
#ifndef TREATYWIRE_COMMON_RAW_MESSAGE_H_
#define TREATYWIRE_COMMON_RAW_MESSAGE_H_

#include <google/protobuf/message.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/wire_response.h"

namespace treatywire {

// What every method of ours takes, as one message. gRPC's own limit (ServerOptions) is larger, for gRPC would
// end the call without telling why in a way that programs can read.
inline constexpr size_t kMaxRequestBytes = 8 << 20;

// Returns RESOURCE_EXHAUSTED for more bytes than kMaxRequestBytes, INVALID_ARGUMENT with a field violation
// for the first string that is not UTF-8 ("article.body"), or without one where the bytes are no message at
// all; `request` then holds whatever was read before.
absl::Status ParseRequest(const grpc::ByteBuffer& bytes, google::protobuf::Message* request);

// `response` on the wire. INTERNAL where it is larger than protobuf can serialise (2 GiB).
absl::Status SerializeResponse(const google::protobuf::Message& response, grpc::ByteBuffer* bytes);

// A response that is serialised already, in parts one after the other: the buffer takes them over, and lets
// go the owners of those that are shared when gRPC has sent them.
void TakeResponse(std::vector<SharedBytes> shared, std::string serialized, grpc::ByteBuffer* bytes);

// The bytes that `bytes_of(owner)` views, without a copy: `owner` is kept until gRPC lets go of them.
template <typename Owner, typename BytesOfOwner>
grpc::Slice SliceOf(Owner owner, const BytesOfOwner& bytes_of) {
  auto* const kept = new Owner(std::move(owner));
  const absl::string_view bytes = bytes_of(*kept);
  // gRPC reads what it sends, and never writes it.
  return {const_cast<char*>(bytes.data()), bytes.size(),
          [](void* given) { delete static_cast<Owner*>(given); }, kept};
}

// The bytes of a buffer, in one piece.
std::string BytesOf(const grpc::ByteBuffer& bytes);

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_RAW_MESSAGE_H_
