#include "query_service/index/known_record.h"

#include <algorithm>
#include <utility>

namespace treatywire::query {
namespace {

// Feeds `writer` what of the history it has not seen yet and is of versions published by `day`.
void CatchUp(const RecordState& state, Day day, RecordWriter& writer) {
  state.history.VisitFrom(writer.state().revision + 1, [&](uint64_t revision, const RevisionEntry& entry) {
    if (entry.added == nullptr) {
      writer.Retract(revision, entry.removed->id());
    } else if (entry.added->publish_day && *entry.added->publish_day <= day) {
      writer.Put(entry.added);
    }
    return true;
  });
  writer.Settle(state.revision);
}

}  // namespace

std::shared_ptr<const RecordState> KnownRecords::Get(const RecordState& state, Day day) {
  if (std::shared_ptr<const RecordState> answer = FindAnswer(day, state.revision)) return answer;
  const std::shared_ptr<Record> record = RecordOf(day);
  std::shared_ptr<const RecordState> answer;
  {
    absl::MutexLock lock(&record->mutex);
    if (record->writer.state().revision <= state.revision) {
      CatchUp(state, day, record->writer);
      if (record->state == nullptr || record->state->revision != state.revision) {
        record->state = std::make_shared<const RecordState>(record->writer.state());
      }
      answer = record->state;
    }
  }
  if (answer == nullptr) {
    RecordWriter writer;
    CatchUp(state, day, writer);
    answer = std::make_shared<const RecordState>(writer.state());
  }
  Keep(day, answer);
  return answer;
}

std::shared_ptr<KnownRecords::Record> KnownRecords::RecordOf(Day day) {
  absl::MutexLock lock(&mutex_);
  const auto it = std::find_if(records_.begin(), records_.end(),
                               [&](const std::shared_ptr<Record>& record) { return record->day == day; });
  if (it != records_.end()) {
    records_.splice(records_.begin(), records_, it);
  } else {
    records_.push_front(std::make_shared<Record>(day));
    if (records_.size() > kMaxRecords) records_.pop_back();
  }
  return records_.front();
}

std::shared_ptr<const RecordState> KnownRecords::FindAnswer(Day day, uint64_t revision) {
  absl::MutexLock lock(&mutex_);
  const auto it = std::find_if(answers_.begin(), answers_.end(), [&](const Answer& answer) {
    return answer.day == day && answer.state->revision == revision;
  });
  if (it == answers_.end()) return nullptr;
  answers_.splice(answers_.begin(), answers_, it);
  return it->state;
}

void KnownRecords::Keep(Day day, std::shared_ptr<const RecordState> state) {
  absl::MutexLock lock(&mutex_);
  answers_.push_front({day, std::move(state)});
  if (answers_.size() > kMaxAnswers) answers_.pop_back();
}

}  // namespace treatywire::query
