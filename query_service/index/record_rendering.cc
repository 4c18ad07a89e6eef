#include "query_service/index/record_rendering.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/wire_field.h"
#include "query_service/index/agreement_relations.h"
#include "query_service/index/name_lookup.h"
#include "query_service/resolution/agreement_status.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

bool IsMultilateral(const ResolvedAgreement& agreement) {
  if (agreement.context.pair) return false;
  return std::any_of(agreement.members.begin(), agreement.members.end(), [](const AgreementMember& member) {
    return member.get().traits().scope == Scope::kMultilateral;
  });
}

}  // namespace

std::string EntryName(const AgreementCell& cell, const Act& act) {
  return absl::StrCat(cell.name.view(), "/entries/", act.id);
}

v1::Claim RenderActClaim(const ActClaim& claim) {
  v1::Claim rendered = RenderEvent(*claim.article, claim.event_index);
  rendered.set_date_comparison(claim.comparison);
  rendered.set_source_group(claim.source);
  return rendered;
}

void RenderIdentity(const AgreementCell& cell, const ResolvedAgreement& agreement, v1::Agreement& rendered) {
  rendered.set_name(std::string(cell.name.view()));
  rendered.set_display_name(agreement.display_name);
  for (const std::string& alias : agreement.aliases) rendered.add_aliases(alias);
  for (const v1::PartyRef& party : agreement.parties) *rendered.add_parties() = party;
  rendered.set_multilateral(IsMultilateral(agreement));
  rendered.set_kind(agreement.kind);
  rendered.set_subject(agreement.subject);
  if (agreement.signed_days) *rendered.mutable_signed_date() = agreement.signed_date;
  rendered.set_signed_date_rule(agreement.signed_date_rule);
  rendered.set_signed_place(agreement.signed_place);
  rendered.set_article_count(agreement.article_count);
  rendered.set_independent_source_count(agreement.independent_sources);
  rendered.set_known_agreement(agreement.known_agreement);
  for (const ActConflict& conflict : agreement.conflicts)
    rendered.add_conflicts(ConflictName(cell, conflict));
}

void RenderStatus(Day day, const ResolvedAgreement& agreement, v1::Agreement& rendered) {
  const Standing standing = StandingOn(day, agreement.acts, agreement.context);
  rendered.set_status(standing.status);
  if (!standing.since.edtf().empty()) *rendered.mutable_status_since() = standing.since;
  for (const v1::MissingStep step : MissingStepsOn(day, agreement.acts, agreement.context)) {
    rendered.add_missing_steps(step);
  }
}

void RenderPartyStatuses(Day day, const ResolvedAgreement& agreement, v1::Agreement& rendered) {
  for (const v1::PartyRef& party : agreement.parties) {
    const Standing standing = PartyStandingOn(day, party.party_id(), agreement.acts, agreement.context);
    v1::PartyStatus& status = *rendered.add_party_statuses();
    status.set_party_id(party.party_id());
    status.set_status(standing.status);
    if (!standing.since.edtf().empty()) *status.mutable_since() = standing.since;
    status.set_exit_decided(standing.exit_decided);
    status.set_exit_notified(standing.exit_notified);
    status.set_exit_effective(standing.exit_effective);
  }
}

std::string ConflictName(const AgreementCell& cell, const ActConflict& conflict) {
  return absl::StrCat(cell.name.view(), "/conflicts/", conflict.id);
}

void RenderSurroundings(const RecordState& state, const AgreementCell& cell, v1::View view,
                        v1::Agreement& rendered) {
  for (std::string& name : RetiredNames(state, cell)) rendered.add_retired_names(std::move(name));
  if (view == v1::VIEW_BASIC) return;
  for (v1::Relation& relation : FindRelations(state, cell)) *rendered.add_relations() = std::move(relation);
}

v1::Agreement RenderAgreement(const Moment& moment, const AgreementCell& cell, v1::View view) {
  const ResolvedAgreement& agreement = moment.state->Resolved(cell);
  v1::Agreement rendered;
  RenderIdentity(cell, agreement, rendered);
  RenderStatus(moment.day(), agreement, rendered);
  RenderSurroundings(*moment.state, cell, view, rendered);
  if (view == v1::VIEW_BASIC) return rendered;
  RenderPartyStatuses(moment.day(), agreement, rendered);
  for (size_t act = 0; act < agreement.acts.size(); ++act) {
    if (moment.valid_at && !IsShownOn(*moment.valid_at, agreement.acts[act])) continue;
    *rendered.add_entries() = RenderEntry(cell, agreement, act, view);
  }
  return rendered;
}

std::shared_ptr<const std::string> WireHead(const Moment& moment, const AgreementCell& cell, bool full) {
  const uint64_t revision = moment.state->revision;
  const Day day = moment.day();
  if (auto ready = cell.rendering->HeadIfReady(revision, day, full)) return ready;
  return cell.rendering->Head(revision, day, full, cell, moment.state->Resolved(cell), [&] {
    v1::Agreement surroundings;
    RenderSurroundings(*moment.state, cell, full ? v1::VIEW_FULL : v1::VIEW_BASIC, surroundings);
    return surroundings.SerializeAsString();
  });
}

std::string WireAgreement(const Moment& moment, const AgreementCell& cell, v1::View view) {
  if (view == v1::VIEW_BASIC) return *WireHead(moment, cell, /*full=*/false);
  constexpr size_t kFrameBytes = 8;  // of an entry: tag and length
  const std::shared_ptr<const std::string> head = WireHead(moment, cell, /*full=*/true);
  const ResolvedAgreement& agreement = moment.state->Resolved(cell);
  const std::vector<LazyRendering::Entry>& entries = cell.rendering->Entries(cell, agreement);
  size_t bytes = head->size() + 2 * kFrameBytes;  // callers append a number
  for (const LazyRendering::Entry& entry : entries) bytes += entry.full().size() + kFrameBytes;
  std::string wire;
  wire.reserve(bytes);
  wire.append(*head);
  for (size_t act = 0; act < agreement.acts.size(); ++act) {
    if (moment.valid_at && !IsShownOn(*moment.valid_at, agreement.acts[act])) continue;
    AppendField(v1::Agreement::kEntriesFieldNumber, entries[act].full(), &wire);
  }
  return wire;
}

bool AppendAgreementIfReady(const RecordState& state, const AgreementCell& cell, v1::View view, int field,
                            std::string* wire) {
  const Day day = state.LastDay();
  if (view == v1::VIEW_BASIC) {
    return cell.rendering->AppendHeadIfReady(state.revision, day, /*full=*/false, field, /*more_bytes=*/0,
                                             wire);
  }
  if (!cell.rendering->HasEntries()) return false;
  const std::vector<LazyRendering::Entry>& entries = cell.rendering->EntriesIfReady();
  size_t bytes = 0;
  for (const LazyRendering::Entry& entry : entries) {
    bytes += FieldBytes(v1::Agreement::kEntriesFieldNumber, entry.full().size());
  }
  if (!cell.rendering->AppendHeadIfReady(state.revision, day, /*full=*/true, field, bytes, wire))
    return false;
  for (const LazyRendering::Entry& entry : entries) {
    AppendField(v1::Agreement::kEntriesFieldNumber, entry.full(), wire);
  }
  return true;
}

v1::TimelineEntry RenderEntry(const AgreementCell& cell, const ResolvedAgreement& agreement, size_t index,
                              v1::View view) {
  const Act& act = agreement.acts[index];
  v1::TimelineEntry entry;
  entry.set_name(EntryName(cell, act));
  entry.set_agreement(std::string(cell.name.view()));
  entry.set_agreement_display_name(agreement.display_name);
  entry.set_type(act.type);
  entry.set_modality(act.modality);
  for (const v1::PartyRef& actor : act.actors) *entry.add_actors() = actor;
  if (act.date) *entry.mutable_date() = act.stated_date;
  entry.set_date_rule(act.date_rule);
  entry.set_independent_source_count(CountSources(act));
  for (const ActConflict& conflict : agreement.conflicts) {
    if (conflict.act == index) entry.add_conflicts(ConflictName(cell, conflict));
  }
  if (view == v1::VIEW_BASIC) return entry;
  for (const ActClaim& claim : act.claims) *entry.add_claims() = RenderActClaim(claim);
  return entry;
}

v1::Conflict RenderConflict(const AgreementCell& cell, const ResolvedAgreement& agreement,
                            const ActConflict& conflict) {
  const Act& act = agreement.acts[conflict.act];
  v1::Conflict rendered;
  rendered.set_name(ConflictName(cell, conflict));
  rendered.set_agreement(std::string(cell.name.view()));
  rendered.set_kind(conflict.kind);
  rendered.set_event_type(act.type);
  rendered.set_entry(EntryName(cell, act));
  for (const Position& position : conflict.positions) {
    v1::ConflictPosition& value = *rendered.add_positions();
    value.set_value(position.value);
    for (const ActClaim& claim : position.claims) *value.add_claims() = RenderActClaim(claim);
    value.set_independent_source_count(position.independent_sources);
    value.set_preferred(position.preferred);
  }
  rendered.set_rule(conflict.rule);
  rendered.set_comparison(conflict.comparison);
  return rendered;
}

v1::Claim RenderEvent(const ArticleVersion& article, int event_index) {
  v1::Claim claim;
  *claim.mutable_event() = article.extraction().events(event_index);
  claim.set_article(std::string(article.name()));
  claim.set_publisher(article.article().publisher());
  if (article.article().has_publish_time()) *claim.mutable_publish_time() = article.article().publish_time();
  claim.set_uri(article.article().uri());
  return claim;
}

v1::Claim RenderClaim(const RecordState& state, const AgreementCell& cell, const ArticleVersion& article,
                      int event_index) {
  const ResolvedAgreement& agreement = state.Resolved(cell);
  const ClaimPlace* place = cell.lazy->FindClaim(&article, event_index);
  return place == nullptr ? RenderEvent(article, event_index)
                          : RenderActClaim(agreement.acts[place->act].claims[place->claim]);
}

std::string EntryOfEvent(const RecordState& state, const AgreementCell& cell, const ArticleVersion& article,
                         int event_index) {
  const ResolvedAgreement& agreement = state.Resolved(cell);
  const ClaimPlace* place = cell.lazy->FindClaim(&article, event_index);
  return place == nullptr ? "" : EntryName(cell, agreement.acts[place->act]);
}

v1::ArticleRecord RenderArticle(const ArticleVersion& article) {
  v1::ArticleRecord record;
  record.set_name(std::string(article.name()));
  *record.mutable_article() = article.article();
  record.set_extractor_version(article.extraction().extractor_version());
  record.set_revision(article.revision);
  record.set_event_count(article.extraction().events_size());
  return record;
}

}  // namespace treatywire::query
