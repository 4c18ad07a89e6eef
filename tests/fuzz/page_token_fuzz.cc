// Page tokens: whatever is not of this service's making is refused, and what is taken encodes to the same
// text.
#include "query_service/page_token.h"
#include "tests/fuzz/fuzz_target.h"
#include "treatywire/v1/agreement_service.pb.h"

namespace treatywire::query {
namespace {

void DecodeOne(absl::string_view text) {
  const treatywire::v1::ListAgreementsRequest request;
  const absl::StatusOr<PageToken> token = DecodePageToken(text, DigestOfList(request));
  if (!token.ok()) {
    RequirePromise(absl::IsInvalidArgument(token.status()), token.status().ToString());
    return;
  }
  RequirePromise(
      DecodePageToken(EncodePageToken(*token, DigestOfList(request)), DigestOfList(request)).value() ==
          *token,
      "another token");
}

// A token of the input's first 24 bytes comes back.
void RoundTrip(absl::string_view bytes) {
  PageToken token;
  for (size_t i = 0; i < bytes.size() && i < 24; ++i) {
    uint64_t& number = i < 8 ? token.revision : i < 16 ? token.offset : token.log_id;
    number = number << 8 | static_cast<unsigned char>(bytes[i]);
  }
  treatywire::v1::ListAgreementsRequest request;
  request.set_page_token(std::string(4, 'x'));  // does not matter
  RequirePromise(
      DecodePageToken(EncodePageToken(token, DigestOfList(request)), DigestOfList(request)).value() == token,
      "token is lost");
}

}  // namespace
}  // namespace treatywire::query

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view input(reinterpret_cast<const char*>(data), size);
  treatywire::query::DecodeOne(input);
  treatywire::query::RoundTrip(input);
  return 0;
}
