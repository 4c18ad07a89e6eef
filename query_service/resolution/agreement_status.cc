#include "query_service/resolution/agreement_status.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "query_service/resolution/party_directory.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

std::optional<Day> FirstReport(const Act& act, v1::Modality modality) {
  std::optional<Day> first;
  for (const ActClaim& claim : act.claims) {
    if (claim.event().modality() != modality || !claim.article->publish_day) continue;
    if (claim.comparison == v1::DATE_COMPARISON_CONTRADICTS) continue;
    if (!first || *claim.article->publish_day < *first) first = claim.article->publish_day;
  }
  return first;
}

// The day by which an asserted act has certainly happened: its last possible day, or its first report if that
// was earlier. kLatestDay where neither is known.
Day HappenedBy(const Act& act) {
  Day by = act.date ? act.date->days.last : kLatestDay;
  if (const std::optional<Day> reported = FirstReport(act, v1::MODALITY_ASSERTED))
    by = std::min(by, *reported);
  if (act.date) by = std::max(by, act.date->days.first);
  return by;
}

bool IsEnd(const Act& act) {
  return act.type == v1::EVENT_TYPE_TERMINATED || act.type == v1::EVENT_TYPE_WITHDRAWN;
}

bool IsCreation(v1::EventType type) {
  switch (type) {
    case v1::EVENT_TYPE_PROPOSED:
    case v1::EVENT_TYPE_NEGOTIATED:
    case v1::EVENT_TYPE_INITIALLED:
    case v1::EVENT_TYPE_ADOPTED:
    case v1::EVENT_TYPE_SIGNED:
    case v1::EVENT_TYPE_CONCLUDED:
      return true;
    default:
      return false;
  }
}

bool Mentions(const ActClaim& claim, absl::Span<const char* const> words) {
  const std::string text = absl::AsciiStrToLower(claim.event().evidence().text());
  return std::any_of(words.begin(), words.end(),
                     [&](const char* word) { return absl::StrContains(text, word); });
}

// Whether a notice is one of leaving rather than of having ratified: by its sentences, and where those do not
// tell, by whether the agreement's end is reported.
bool IsExitNotice(const Act& act, absl::Span<const Act> acts) {
  if (act.type != v1::EVENT_TYPE_NOTIFIED) return false;
  static constexpr const char* kExit[] = {"terminat", "withdraw", "denounc", "leav",
                                          "quit",     "exit",     "cancel",  "end "};
  // Not "complete": who leaves completes procedures as well.
  static constexpr const char* kEntry[] = {"ratif", "into force", "internal procedures", "accession"};
  for (const ActClaim& claim : act.claims) {
    if (Mentions(claim, kExit)) return true;
  }
  for (const ActClaim& claim : act.claims) {
    if (Mentions(claim, kEntry)) return false;
  }
  return std::any_of(acts.begin(), acts.end(), IsEnd);
}

// The first day on which an agreement of two may have come into being; of one of many each party signs when
// it likes. nullopt where the record does not tell.
std::optional<Day> ComingIntoBeing(absl::Span<const Act> acts, const ActContext& context) {
  std::optional<Day> first;
  if (!context.pair) return first;
  for (const Act& act : acts) {
    if (!IsOrigin(act.type) || act.modality != v1::MODALITY_ASSERTED || !act.date) continue;
    if (!first || act.date->days.first < *first) first = act.date->days.first;
  }
  return first;
}

// Whether the act ends, suspends or resumes what was not there yet: another agreement is meant, by an article
// that speaks of several in one breath.
bool IsOfEarlierOne(const Act& act, std::optional<Day> came_into_being, absl::Span<const Act> acts) {
  if (!came_into_being || !act.date || act.date->days.last >= *came_into_being) return false;
  switch (act.type) {
    case v1::EVENT_TYPE_SUSPENDED:
    case v1::EVENT_TYPE_RESUMED:
    case v1::EVENT_TYPE_WITHDRAWN:
    case v1::EVENT_TYPE_TERMINATED:
    case v1::EVENT_TYPE_EXPIRED:
    case v1::EVENT_TYPE_SUPERSEDED:
    case v1::EVENT_TYPE_INVALIDATED:
      return true;
    default:
      return IsExitNotice(act, acts);
  }
}

// Acts of single parties that leave an agreement of many as it is.
bool IsPartysOwn(const Act& act) {
  switch (act.type) {
    case v1::EVENT_TYPE_APPROVED:
    case v1::EVENT_TYPE_RATIFIED:
    case v1::EVENT_TYPE_ACCEDED:
    case v1::EVENT_TYPE_SUCCEEDED:
    case v1::EVENT_TYPE_DEPOSITED:
    case v1::EVENT_TYPE_NOTIFIED:
    case v1::EVENT_TYPE_WITHDRAWN:
    case v1::EVENT_TYPE_CONSENT_REVOKED:
    case v1::EVENT_TYPE_NOTICE_REVOKED:
      return true;
    case v1::EVENT_TYPE_ENTERED_INTO_FORCE:
    case v1::EVENT_TYPE_PROVISIONALLY_APPLIED:
    case v1::EVENT_TYPE_SUSPENDED:
    case v1::EVENT_TYPE_RESUMED:
      return !act.actors.empty();
    default:
      return false;
  }
}

// Whether the party did it, or all together. What single parties of an agreement of many do ("nine have
// ratified it", "they will leave") is done by those alone whom an article names.
bool ConcernsParty(const Act& act, const std::string& party, const ActContext& context) {
  if (act.actors.empty()) return context.pair || !IsPartysOwn(act);
  return std::any_of(act.actors.begin(), act.actors.end(),
                     [&](const v1::PartyRef& actor) { return SharesSeat(actor.party_id(), party); });
}

bool IsConsent(v1::EventType type) {
  return type == v1::EVENT_TYPE_RATIFIED || type == v1::EVENT_TYPE_ACCEDED ||
         type == v1::EVENT_TYPE_DEPOSITED || type == v1::EVENT_TYPE_SUCCEEDED;
}

// Of a party's own acts: whether articles say that it never ratified or joined, and none that it had by
// `day`. An agreement of many that comes into force does so without it.
bool NeverConsented(Day day, const std::vector<const Act*>& own) {
  bool denied = false;
  for (const Act* act : own) {
    if (act->actors.empty()) continue;
    if (act->modality == v1::MODALITY_ASSERTED && IsConsent(act->type) && HappenedBy(*act) <= day)
      return false;
    denied |= act->modality == v1::MODALITY_DENIED &&
              (IsConsent(act->type) || act->type == v1::EVENT_TYPE_APPROVED);
  }
  return denied;
}

// The acts done by a day in their order, folded into a state.
class Fold {
 public:
  // `of_party` if the acts are those of one party of an agreement of many, and the agreement's own.
  Fold(Day day, bool of_party, absl::Span<const Act> all) : day_(day), of_party_(of_party), all_(all) {}

  void Add(const Act& act) {
    switch (act.type) {
      case v1::EVENT_TYPE_PROPOSED:
      case v1::EVENT_TYPE_NEGOTIATED:
      case v1::EVENT_TYPE_INITIALLED:
      case v1::EVENT_TYPE_ADOPTED:
        return Raise(v1::STATUS_NEGOTIATED, act);
      case v1::EVENT_TYPE_SIGNED:
      case v1::EVENT_TYPE_CONCLUDED:
        return Raise(v1::STATUS_SIGNED, act);
      case v1::EVENT_TYPE_ENTERED_INTO_FORCE:
      case v1::EVENT_TYPE_PROVISIONALLY_APPLIED:
        in_force_ = true;
        return Raise(v1::STATUS_IN_FORCE, act);
      case v1::EVENT_TYPE_EXTENDED:
        return Raise(v1::STATUS_IN_FORCE, act);
      case v1::EVENT_TYPE_RATIFIED:
      case v1::EVENT_TYPE_DEPOSITED:
        return AddConsent(act);
      case v1::EVENT_TYPE_ACCEDED:
      case v1::EVENT_TYPE_SUCCEEDED:
        return AddAccession(act);
      case v1::EVENT_TYPE_SUSPENDED:
        return Set(v1::STATUS_SUSPENDED, act);
      case v1::EVENT_TYPE_RESUMED:
        return Rejoin(act);
      case v1::EVENT_TYPE_CONSENT_REVOKED:
        if (of_party_) Set(v1::STATUS_SIGNED, act);
        return;
      default:
        return AddExit(act);
    }
  }

  // An end that is announced, ordered or scheduled.
  void AddPlan(const Act& act) {
    const std::optional<Day> published = FirstReport(act, v1::MODALITY_PLANNED);
    if (published && *published > day_) return;
    if (IsEnd(act)) plan_ = &act;
    if (IsExitNotice(act, all_)) notice_outstanding_ = true;
  }

  // Whether an asserted end names a later day for its effect.
  void LookForLaterEffect(const Act& act) {
    for (const ActClaim& claim : act.claims) {
      effect_ahead_ |= claim.event().modality() == v1::MODALITY_PLANNED && claim.date &&
                       claim.date->days.first > day_ && claim.date->days.first != kEarliestDay;
    }
  }

  Standing Finish() {
    Standing standing;
    standing.exit_decided = end_ != nullptr || plan_ != nullptr;
    standing.exit_notified = notice_ != nullptr;
    if (end_ != nullptr && !notice_outstanding_ && !effect_ahead_) {
      Set(v1::STATUS_ENDED, *end_);
      standing.exit_effective = true;
    } else if (status_ != v1::STATUS_ENDED && (end_ != nullptr || notice_ != nullptr || plan_ != nullptr)) {
      Set(v1::STATUS_ENDING, end_ != nullptr ? *end_ : notice_ != nullptr ? *notice_ : *plan_);
      if (end_ == nullptr && notice_ == nullptr) since_ = nullptr;  // a plan's date is that of the end
    }
    standing.status = status_;
    if (since_ != nullptr && since_->date) standing.since = since_->stated_date;
    return standing;
  }

 private:
  void Set(v1::Status status, const Act& act) {
    status_ = status;
    since_ = &act;
  }

  // Towards being in force; never back from there by a step that precedes it.
  void Raise(v1::Status status, const Act& act) {
    if (status_ == v1::STATUS_UNSPECIFIED || status_ == v1::STATUS_NEGOTIATED ||
        status_ == v1::STATUS_SIGNED) {
      if (status > status_) Set(status, act);
    } else if (status_ == v1::STATUS_SUSPENDED && act.type == v1::EVENT_TYPE_ENTERED_INTO_FORCE) {
      Set(status, act);
    }
  }

  void AddConsent(const Act& act) {
    Raise(of_party_ && in_force_ ? v1::STATUS_IN_FORCE : v1::STATUS_SIGNED, act);
  }

  // Who joins is bound at once where the agreement is in force, and else when it comes into force.
  void AddAccession(const Act& act) {
    if (!of_party_) return;
    if (ComesIntoForceAfter(act)) return Raise(v1::STATUS_SIGNED, act);
    Rejoin(act);
  }

  // Whether the record tells that the agreement came, or is to come, into force later than `act`, and of
  // no earlier day.
  bool ComesIntoForceAfter(const Act& act) const {
    bool later = false;
    for (const Act& other : all_) {
      const bool counts = other.modality == v1::MODALITY_ASSERTED || other.modality == v1::MODALITY_PLANNED;
      if (other.type != v1::EVENT_TYPE_ENTERED_INTO_FORCE || !counts || !other.actors.empty()) continue;
      if (!other.date || other.date->days.first <= HappenedBy(act)) return false;
      later = true;
    }
    return later;
  }

  void Rejoin(const Act& act) {
    end_ = notice_ = nullptr;
    Set(v1::STATUS_IN_FORCE, act);
  }

  void AddExit(const Act& act) {
    if (IsEnd(act)) end_ = &act;
    if (IsExitNotice(act, all_)) notice_ = &act;
    if (act.type == v1::EVENT_TYPE_EXPIRED || act.type == v1::EVENT_TYPE_SUPERSEDED ||
        act.type == v1::EVENT_TYPE_INVALIDATED) {
      Set(v1::STATUS_ENDED, act);
    }
    if (act.type == v1::EVENT_TYPE_NOTICE_REVOKED) {
      end_ = notice_ = plan_ = nullptr;
      notice_outstanding_ = false;
    }
  }

  const Day day_;
  const bool of_party_;
  const absl::Span<const Act> all_;
  v1::Status status_ = v1::STATUS_UNSPECIFIED;
  const Act* since_ = nullptr;
  bool in_force_ = false;
  const Act* end_ = nullptr;     // asserted
  const Act* notice_ = nullptr;  // given
  const Act* plan_ = nullptr;    // of the end
  bool notice_outstanding_ = false;
  bool effect_ahead_ = false;
};

std::vector<const Act*> DoneBy(Day day, const std::vector<const Act*>& acts) {
  std::vector<const Act*> done;
  for (const Act* act : acts) {
    if (act->modality == v1::MODALITY_ASSERTED && HappenedBy(*act) <= day) done.push_back(act);
  }
  std::stable_sort(done.begin(), done.end(), [](const Act* a, const Act* b) {
    const auto key = [](const Act* act) { return std::tuple(HappenedBy(*act), static_cast<int>(act->type)); };
    return key(a) < key(b);
  });
  return done;
}

// Before everything that is known: not yet there if the first thing known brought it into being.
v1::Status StatusBefore(Day day, absl::Span<const Act> acts, std::optional<Day> came_into_being) {
  const Act* first = nullptr;
  bool announced = false;
  for (const Act& act : acts) {
    if (IsCreation(act.type) &&
        (act.modality == v1::MODALITY_PLANNED || act.modality == v1::MODALITY_POSSIBLE)) {
      announced = true;
    }
    if (act.modality != v1::MODALITY_ASSERTED || !act.date) continue;
    if (IsOfEarlierOne(act, came_into_being, acts)) continue;
    if (first == nullptr || act.date->days.first < first->date->days.first) first = &act;
  }
  if (first != nullptr && IsCreation(first->type)) {
    return day < first->date->days.first ? v1::STATUS_NOT_YET : v1::STATUS_UNSPECIFIED;
  }
  return first == nullptr && announced ? v1::STATUS_NEGOTIATED : v1::STATUS_UNSPECIFIED;
}

Standing Folded(Day day, bool of_party, std::vector<const Act*> acts, absl::Span<const Act> all,
                std::optional<Day> came_into_being) {
  std::erase_if(acts, [&](const Act* act) { return IsOfEarlierOne(*act, came_into_being, all); });
  Fold fold(day, of_party, all);
  for (const Act* act : acts) {
    if (act->modality == v1::MODALITY_PLANNED) fold.AddPlan(*act);
  }
  for (const Act* act : DoneBy(day, acts)) {
    fold.Add(*act);
    if (IsEnd(*act)) fold.LookForLaterEffect(*act);
  }
  Standing standing = fold.Finish();
  if (standing.status == v1::STATUS_UNSPECIFIED) standing.status = StatusBefore(day, all, came_into_being);
  return standing;
}

template <typename Predicate>
std::vector<const Act*> Select(absl::Span<const Act> acts, const Predicate& predicate) {
  std::vector<const Act*> selected;
  for (const Act& act : acts) {
    if (predicate(act)) selected.push_back(&act);
  }
  return selected;
}

bool IsReported(absl::Span<const Act> acts, Day day, v1::EventType type) {
  return std::any_of(acts.begin(), acts.end(), [&](const Act& act) {
    return act.type == type && act.modality == v1::MODALITY_ASSERTED && HappenedBy(act) <= day;
  });
}

bool IsNeverNotified(Day day, absl::Span<const Act> acts, const ActContext& context) {
  const std::optional<Day> came_into_being = ComingIntoBeing(acts, context);
  bool ended = false;
  for (const Act& act : acts) {
    if (act.modality != v1::MODALITY_ASSERTED || HappenedBy(act) > day) continue;
    if (IsOfEarlierOne(act, came_into_being, acts)) continue;
    if (IsExitNotice(act, acts)) return false;
    ended |= IsEnd(act);
  }
  return ended;
}

bool IsNeverRatified(Day day, absl::Span<const Act> acts, const ActContext& context) {
  if (StandingOn(day, acts, context).status != v1::STATUS_SIGNED ||
      !IsReported(acts, day, v1::EVENT_TYPE_SIGNED)) {
    return false;
  }
  constexpr v1::EventType kConsents[] = {v1::EVENT_TYPE_RATIFIED, v1::EVENT_TYPE_ACCEDED,
                                         v1::EVENT_TYPE_DEPOSITED, v1::EVENT_TYPE_APPROVED,
                                         v1::EVENT_TYPE_ENTERED_INTO_FORCE};
  return std::none_of(std::begin(kConsents), std::end(kConsents),
                      [&](v1::EventType type) { return IsReported(acts, day, type); });
}

// A plan whose day has passed, with nothing asserted in its act.
bool IsEffectUnreported(Day day, absl::Span<const Act> acts) {
  return std::any_of(acts.begin(), acts.end(), [&](const Act& act) {
    const bool effect =
        IsEnd(act) || act.type == v1::EVENT_TYPE_EXPIRED || act.type == v1::EVENT_TYPE_ENTERED_INTO_FORCE;
    return effect && act.modality == v1::MODALITY_PLANNED && act.date && act.date->days.last < day;
  });
}

}  // namespace

Standing StandingOn(Day day, absl::Span<const Act> acts, const ActContext& context) {
  return Folded(day, /*of_party=*/false,
                Select(acts, [&](const Act& act) { return context.pair || !IsPartysOwn(act); }), acts,
                ComingIntoBeing(acts, context));
}

Standing PartyStandingOn(Day day, const std::string& party, absl::Span<const Act> acts,
                         const ActContext& context) {
  auto own = Select(acts, [&](const Act& act) { return ConcernsParty(act, party, context); });
  if (!context.pair && NeverConsented(day, own)) {
    std::erase_if(own, [](const Act* act) { return act->actors.empty() && !IsCreation(act->type); });
  }
  Standing by_own_acts = Folded(day, !context.pair, std::move(own), acts, ComingIntoBeing(acts, context));
  if (!context.pair) return by_own_acts;
  Standing standing = StandingOn(day, acts, context);
  standing.exit_decided = by_own_acts.exit_decided;
  standing.exit_notified = by_own_acts.exit_notified;
  standing.exit_effective = by_own_acts.exit_effective && standing.status == v1::STATUS_ENDED;
  return standing;
}

std::vector<v1::MissingStep> MissingStepsOn(Day day, absl::Span<const Act> acts, const ActContext& context) {
  std::vector<v1::MissingStep> missing;
  if (IsNeverNotified(day, acts, context)) missing.push_back(v1::MISSING_STEP_NEVER_NOTIFIED);
  if (IsNeverRatified(day, acts, context)) missing.push_back(v1::MISSING_STEP_NEVER_RATIFIED);
  if (IsEffectUnreported(day, acts)) missing.push_back(v1::MISSING_STEP_EFFECT_NOT_REPORTED);
  return missing;
}

bool IsShownOn(Day day, const Act& act) {
  if (act.date) return act.date->days.first <= day;
  if (act.modality == v1::MODALITY_ASSERTED) return true;
  std::optional<Day> published;
  for (const ActClaim& claim : act.claims) {
    if (!claim.article->publish_day) return true;
    if (!published || *claim.article->publish_day < *published) published = claim.article->publish_day;
  }
  return !published || *published <= day;
}

}  // namespace treatywire::query
