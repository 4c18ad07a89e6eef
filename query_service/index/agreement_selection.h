// Which agreements a filter selects.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_AGREEMENT_SELECTION_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_AGREEMENT_SELECTION_H_

#include <vector>

#include "query_service/index/moment.h"
#include "query_service/index/party_selection.h"
#include "treatywire/v1/agreement_service.pb.h"
#include "treatywire/v1/record.pb.h"

namespace treatywire::query {

class AgreementSelection {
 public:
  // `filter` must outlive the selection.
  explicit AgreementSelection(const treatywire::v1::AgreementFilter& filter);

  // Whether it selects every agreement.
  bool selects_all() const { return selects_all_; }
  bool Selects(const Moment& moment, const AgreementCell& cell) const;
  // All that it selects, by name. What `moment.state` lacks of their conclusions is worked out.
  std::vector<const AgreementCell*> Find(const Moment& moment) const;

 private:
  bool SelectsResolved(const ResolvedAgreement& agreement) const;
  bool SelectsOnDay(Day day, const ResolvedAgreement& agreement) const;

  const treatywire::v1::AgreementFilter& filter_;
  const PartySelection parties_;
  const bool selects_all_;
};

// Puts cells that are by name into `order`.
void OrderAgreements(const RecordState& state, treatywire::v1::AgreementOrder order,
                     std::vector<const AgreementCell*>& cells);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_AGREEMENT_SELECTION_H_
