// Agreements by their parties.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_PARTY_SELECTION_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_PARTY_SELECTION_H_

#include <string>
#include <vector>

#include "google/protobuf/repeated_ptr_field.h"
#include "query_service/index/record_state.h"
#include "treatywire/v1/record.pb.h"

namespace treatywire::query {

// A filter's parties and how they select. Ids that share a seat ("SUHH" and "RU") stand for each other.
class PartySelection {
 public:
  PartySelection(const google::protobuf::RepeatedPtrField<std::string>& parties,
                 treatywire::v1::PartyMatch match);
  PartySelection(const SharedTexts& parties, treatywire::v1::PartyMatch match);
  PartySelection(std::vector<std::string> parties, treatywire::v1::PartyMatch match);

  // Without parties it selects everything.
  bool empty() const { return parties_.empty(); }
  bool Selects(const SharedTexts& agreement_parties) const;

  // The agreements that it selects, sorted by id. Not for an empty selection. The cost grows with the
  // agreements of the pair that the first two parties are, or of the parties where any is enough.
  std::vector<AgreementId> Find(const RecordState& state) const;

 private:
  std::vector<AgreementId> Candidates(const RecordState& state) const;

  const std::vector<std::string> parties_;
  const treatywire::v1::PartyMatch match_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_PARTY_SELECTION_H_
