// Turns what the record concludes into the messages that answers are made of.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_RECORD_RENDERING_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_RECORD_RENDERING_H_

#include <memory>
#include <string>

#include "query_service/index/moment.h"
#include "query_service/index/record_state.h"
#include "query_service/resolution/acts.h"
#include "query_service/resolution/conflicts.h"
#include "treatywire/v1/article_service.pb.h"
#include "treatywire/v1/record.pb.h"
#include "treatywire/v1/timeline_service.pb.h"

namespace treatywire::query {

// VIEW_BASIC leaves out the entries, the parties' standings and the relations.
treatywire::v1::Agreement RenderAgreement(const Moment& moment, const AgreementCell& cell,
                                          treatywire::v1::View view);

// The same in wire form, for the most part from what is rendered already.
std::string WireAgreement(const Moment& moment, const AgreementCell& cell, treatywire::v1::View view);
// Appends the same as the field number `field`, as of the newest day; false, and nothing, where not all of it
// is rendered already.
bool AppendAgreementIfReady(const RecordState& state, const AgreementCell& cell, treatywire::v1::View view,
                            int field, std::string* wire);
// The same of VIEW_BASIC, and of the full view without its entries.
std::shared_ptr<const std::string> WireHead(const Moment& moment, const AgreementCell& cell, bool full);

// The parts of an agreement: what depends on nothing else; what depends on the day; what depends on other
// agreements.
void RenderIdentity(const AgreementCell& cell, const ResolvedAgreement& agreement,
                    treatywire::v1::Agreement& rendered);
void RenderStatus(Day day, const ResolvedAgreement& agreement, treatywire::v1::Agreement& rendered);
void RenderPartyStatuses(Day day, const ResolvedAgreement& agreement, treatywire::v1::Agreement& rendered);
void RenderSurroundings(const RecordState& state, const AgreementCell& cell, treatywire::v1::View view,
                        treatywire::v1::Agreement& rendered);

// A claim as its entry has it.
treatywire::v1::Claim RenderActClaim(const ActClaim& claim);

// VIEW_BASIC leaves out the claims. `act` is an index of `agreement.acts`.
treatywire::v1::TimelineEntry RenderEntry(const AgreementCell& cell, const ResolvedAgreement& agreement,
                                          size_t act, treatywire::v1::View view);

treatywire::v1::Conflict RenderConflict(const AgreementCell& cell, const ResolvedAgreement& agreement,
                                        const ActConflict& conflict);

// An event as its article tells it, without what the record makes of it.
treatywire::v1::Claim RenderEvent(const ArticleVersion& article, int event_index);

// The same with date_comparison and source_group. `cell` is its agreement's, the article in force.
treatywire::v1::Claim RenderClaim(const RecordState& state, const AgreementCell& cell,
                                  const ArticleVersion& article, int event_index);

// The name of the entry that the event is a claim of; arguments as above.
std::string EntryOfEvent(const RecordState& state, const AgreementCell& cell, const ArticleVersion& article,
                         int event_index);

treatywire::v1::ArticleRecord RenderArticle(const ArticleVersion& article);

std::string EntryName(const AgreementCell& cell, const Act& act);

std::string ConflictName(const AgreementCell& cell, const ActConflict& conflict);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_RECORD_RENDERING_H_
