// The parts of answers that say of one agreement the same whoever asks, in wire form: made when they are
// first asked for, then shared by all snapshots in which the agreement is unchanged.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_LAZY_RENDERING_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_LAZY_RENDERING_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/call_once.h"
#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "query_service/resolution/day_span.h"
#include "query_service/resolution/resolved_agreement.h"

namespace treatywire::query {

struct AgreementCell;

// Any thread may call any method. What they return lives as long as the object. `cell` is always the one that
// has the rendering, `agreement` what the record concludes of it.
class LazyRendering {
 public:
  // A TimelineEntry.
  class Entry {
   public:
    // `framed` is what is without claims, then the claims, after so many bytes of frame.
    Entry(absl::string_view framed, size_t frame_bytes, size_t basic_bytes,
          std::vector<std::pair<size_t, size_t>> claims)
        : framed_(framed), frame_bytes_(frame_bytes), basic_bytes_(basic_bytes), claims_(std::move(claims)) {}

    // As an element of GetTimelineResponse.entries, with tag and length. The entries of an agreement follow
    // one another in memory.
    absl::string_view framed() const { return framed_; }
    absl::string_view full() const { return framed_.substr(frame_bytes_); }
    // Without its claims.
    absl::string_view basic() const { return full().substr(0, basic_bytes_); }
    // A Claim, by its index in the act.
    absl::string_view claim(size_t index) const {
      return full().substr(claims_[index].first, claims_[index].second);
    }

   private:
    absl::string_view framed_;
    size_t frame_bytes_;
    size_t basic_bytes_;
    std::vector<std::pair<size_t, size_t>> claims_;  // where they begin, and their size
  };

  // By act.
  const std::vector<Entry>& Entries(const AgreementCell& cell, const ResolvedAgreement& agreement) const;
  // All of an Agreement but its entries: with the parties' standings where `full`, and with what depends on
  // other agreements as of `revision`, which `surroundings` renders. That of the revision and day asked for
  // last is kept.
  std::shared_ptr<const std::string> Head(uint64_t revision, Day day, bool full, const AgreementCell& cell,
                                          const ResolvedAgreement& agreement,
                                          absl::FunctionRef<std::string()> surroundings) const;
  // The same if it is there already; else nullptr.
  std::shared_ptr<const std::string> HeadIfReady(uint64_t revision, Day day, bool full) const;
  // Appends the same as the beginning of the field number `field`, which has so many bytes more. False, and
  // nothing appended, where it is not there. To copy it takes less than to count its reference, where many
  // threads ask for the same.
  bool AppendHeadIfReady(uint64_t revision, Day day, bool full, int field, size_t more_bytes,
                         std::string* wire) const;

  // Whether all of the above is there already, so that an answer is but copies of it; of the entries alone.
  bool IsReady(uint64_t revision, Day day, bool full) const;
  bool HasEntries() const { return has_entries_.load(std::memory_order_acquire); }
  // The entries; none unless HasEntries.
  const std::vector<Entry>& EntriesIfReady() const;

 private:
  // Of an Agreement, what depends neither on other agreements nor on a day.
  const std::string& Identity(const AgreementCell& cell, const ResolvedAgreement& agreement) const;
  // Of an Agreement, what depends on the day but not on other agreements; with the parties' standings where
  // `full`. That of the day asked for last is kept: most ask for the same.
  std::shared_ptr<const std::string> OnDay(Day day, bool full, const ResolvedAgreement& agreement) const;

  struct DayPart {
    Day day = 0;
    std::shared_ptr<const std::string> wire;
  };

  struct KeptHead {
    uint64_t revision = 0;
    Day day = 0;
    std::shared_ptr<const std::string> wire;

    bool Is(uint64_t of_revision, Day on_day) const {
      return wire != nullptr && revision == of_revision && day == on_day;
    }
  };

  mutable absl::once_flag entries_once_;
  mutable absl::once_flag identity_once_;
  mutable std::string entries_wire_;  // all of them
  mutable std::vector<Entry> entries_;
  mutable std::string identity_;
  mutable std::atomic<bool> has_entries_ = false;
  mutable absl::Mutex mutex_;
  mutable DayPart basic_ ABSL_GUARDED_BY(mutex_) = {};
  mutable DayPart full_ ABSL_GUARDED_BY(mutex_) = {};
  mutable KeptHead basic_head_ ABSL_GUARDED_BY(mutex_);
  mutable KeptHead full_head_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_LAZY_RENDERING_H_
