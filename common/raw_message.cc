#include "common/raw_message.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/unknown_field_set.h>
#include <grpcpp/support/proto_buffer_reader.h>

#include <limits>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/status.h"
#include "common/utf8.h"

namespace treatywire {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::UnknownField;
using google::protobuf::UnknownFieldSet;

// What is wrong with the bytes of a message of type `descriptor` that does not parse; OK where it is nothing
// that is found here. Our messages do not nest in themselves, so that their descriptors bound the recursion.
absl::Status FindFault(absl::string_view bytes, const Descriptor& descriptor, const std::string& path) {
  UnknownFieldSet fields;
  if (!fields.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return path.empty() ? absl::OkStatus() : InvalidFieldError(path, "is no message of its type");
  }
  for (int i = 0; i < fields.field_count(); ++i) {
    const UnknownField& field = fields.field(i);
    const FieldDescriptor* known = descriptor.FindFieldByNumber(field.number());
    if (known == nullptr || field.type() != UnknownField::TYPE_LENGTH_DELIMITED) continue;
    const std::string name = path.empty() ? known->name() : absl::StrCat(path, ".", known->name());
    absl::Status fault;
    if (known->type() == FieldDescriptor::TYPE_MESSAGE) {
      fault = FindFault(field.length_delimited(), *known->message_type(), name);
    } else if (known->type() == FieldDescriptor::TYPE_STRING && !IsValidUtf8(field.length_delimited())) {
      fault = InvalidFieldError(name, "is not valid UTF-8");
    }
    if (!fault.ok()) return fault;
  }
  return absl::OkStatus();
}

}  // namespace

std::string BytesOf(const grpc::ByteBuffer& bytes) {
  std::string text;
  if (bytes.Length() == 0) return text;
  std::vector<grpc::Slice> slices;
  // DumpToSingleSlice needs a copy of the same size; Dump shares the slices.
  if (!bytes.Dump(&slices).ok()) return text;
  text.reserve(bytes.Length());
  for (const grpc::Slice& slice : slices)
    text.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return text;
}

absl::Status ParseRequest(const grpc::ByteBuffer& bytes, google::protobuf::Message* request) {
  request->Clear();
  if (bytes.Length() == 0) return absl::OkStatus();
  if (bytes.Length() > kMaxRequestBytes) {
    return WithErrorInfo(
        absl::ResourceExhaustedError(absl::StrCat("the message has ", bytes.Length(), " bytes; at most ",
                                                  kMaxRequestBytes, " are taken")),
        treatywire::v1::ERROR_REASON_MESSAGE_TOO_LARGE);
  }
  {
    grpc::ByteBuffer shared(bytes);  // shares the bytes; the reader wants one that is not const
    grpc::ProtoBufferReader reader(&shared);
    if (reader.status().ok() && request->ParseFromZeroCopyStream(&reader)) return absl::OkStatus();
  }
  const Descriptor& descriptor = *request->GetDescriptor();
  absl::Status fault = FindFault(BytesOf(bytes), descriptor, "");
  if (!fault.ok()) return fault;
  return WithErrorInfo(absl::InvalidArgumentError(absl::StrCat("the request is no ", descriptor.full_name())),
                       treatywire::v1::ERROR_REASON_MALFORMED_MESSAGE);
}

absl::Status SerializeResponse(const google::protobuf::Message& response, grpc::ByteBuffer* bytes) {
  const size_t size = response.ByteSizeLong();
  if (size > std::numeric_limits<int>::max()) {
    return WithErrorInfo(
        absl::InternalError(absl::StrCat("the ", response.GetDescriptor()->full_name(), " is too large")),
        treatywire::v1::ERROR_REASON_INTERNAL);
  }
  const grpc::Slice slice(size);
  // The slice is nobody else's yet.
  response.SerializeWithCachedSizesToArray(const_cast<uint8_t*>(slice.begin()));
  *bytes = grpc::ByteBuffer(&slice, 1);
  return absl::OkStatus();
}

void TakeResponse(std::vector<SharedBytes> shared, std::string serialized, grpc::ByteBuffer* bytes) {
  std::vector<grpc::Slice> slices;
  slices.reserve(shared.size() + 1);
  for (SharedBytes& part : shared) {
    slices.push_back(SliceOf(std::move(part), [](const SharedBytes& owner) { return owner.bytes; }));
  }
  slices.push_back(
      SliceOf(std::move(serialized), [](const std::string& owner) { return absl::string_view(owner); }));
  *bytes = grpc::ByteBuffer(slices.data(), slices.size());
}

}  // namespace treatywire
