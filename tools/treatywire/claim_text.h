// The words that every answer is made of: dates, parties, acts, and who says so.
#ifndef TREATYWIRE_TOOLS_TREATYWIRE_CLAIM_TEXT_H_
#define TREATYWIRE_TOOLS_TREATYWIRE_CLAIM_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_field.h"
#include "google/protobuf/timestamp.pb.h"
#include "treatywire/v1/record.pb.h"

namespace treatywire::tools {

// "2019-02-02" (UTC); "" where `time` is unset (the epoch) or out of range.
std::string DayText(const google::protobuf::Timestamp& time);

// An EDTF date as people read it: itself, but "2014-21 (spring)" for a season, which looks like a wrong
// month.
std::string DateText(absl::string_view edtf);

// "signed"; "planned: withdrawn", "possible: extended", "denied: ratified".
std::string ActText(treatywire::v1::EventType type, treatywire::v1::Modality modality);

// "RU, US".
std::string PartyIds(const google::protobuf::RepeatedPtrField<treatywire::v1::PartyRef>& parties);

// "1 source", "3 sources".
std::string SourceCount(int independent_sources);

// A claim in two or three lines, indented by `indent`:
//   The Weekend Globe, 2022-03-11, dates it 1986-12-08 (contradicts)
//     "The INF Treaty was signed by the United States and the Soviet Union on 8 December 1986."
//     articles/u-0123456789ab, bytes 43 to 135
// What is not asserted says so: "Harbour Wire, 2019-02-02, tells it as possible, dates it 2019-08 (refines)".
std::string ClaimText(const treatywire::v1::Claim& claim, int indent, int width);

}  // namespace treatywire::tools

#endif  // TREATYWIRE_TOOLS_TREATYWIRE_CLAIM_TEXT_H_
