// Says when an event happened: which of the dates of its sentence is its own, or what stands in for one.
//
//   "Signed in 1994, it was ratified in 1996, and Oslo denounced it on Friday, the ministry said on Monday."
//   -> signed 1994, ratified 1996, denounced on that Friday
//
// In this order: a date of the act's own clause; that of a clause whose day it shares ("signed a protocol on
// Friday that extends it", "said on Tuesday that it was leaving"); the date at the head of its list item or
// in the heading above; for news told without a date, the day of the news. Nothing of it: no date.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_EVENT_DATE_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_EVENT_DATE_H_

#include <string>
#include <vector>

#include "ingest_service/extraction/act_words.h"
#include "ingest_service/extraction/news_day.h"
#include "ingest_service/extraction/read_event.h"
#include "ingest_service/extraction/sentence_view.h"

namespace treatywire::ingest {

// The dates of one sentence, handed out to its acts in the order of the text. Not thread-safe; `view` and
// `news` must outlive it.
class EventDater {
 public:
  // `told`: the events read before, of this sentence and those before it.
  EventDater(const SentenceView& view, const NewsDay& news, const std::vector<ReadEvent>& told);

  // The date of the act; more where the words list several ("amended in 1995 and in 2001", "signed on the
  // 22nd and the 23rd"). Never empty: without any date, one that is empty.
  std::vector<EventDate> DatesOf(const ActWords& act);
  // Whether the mention (index in Annotation::dates) says when something happened: no length, and not part of
  // an agreement's description ("the 1994 treaty").
  bool IsEventDate(int mention) const;
  // What a mention says of an act that it is known to be of.
  EventDate Read(int mention, const ActWords& act) const;

 private:
  static bool IsTermAhead(const DateMention& date);
  bool NamesDayOfSubject(const DateMention& date) const;
  bool IsNextTo(const DateMention& date, TokenSpan verb, const ActWords& act) const;
  int OwnDate(const ActWords& act) const;
  int EndOfList(int first) const;
  bool IsJoined(int mention, int next) const;
  bool EndsList(int mention) const;
  int CostOf(int mention, const ActWords& act) const;
  int CostInOwnClause(int mention, const ActWords& act) const;
  int CostAcrossClauses(int mention, size_t date_clause, size_t act_clause, const ActWords& act) const;
  int CostOfEarlierClause(int mention, size_t date_clause, size_t act_clause, const ActWords& act) const;
  int CostOfLaterClause(int mention, size_t date_clause, const ActWords& act) const;
  bool SharesDay(size_t act_clause, const ActWords& act) const;
  bool LeadsOthers(const DateMention& date) const;
  bool IsClaimed(int mention) const;
  bool FollowsAside(int mention, size_t date_clause) const;
  bool OpensClause(const DateMention& date, const Clause& clause) const;
  bool IsOfDecision(const DateMention& date, const ActWords& act) const;
  bool IsDatedByDecision(const DateMention& date, const ActWords& act) const;
  bool IsMeans(const AgreementPhrase& phrase) const;
  bool IsDateline(const DateMention& date) const;
  bool IsPeriodOfAgreement(const DateMention& date) const;
  bool IsRecentMention(const DateMention& mention) const;
  bool IsFronted(const DateMention& mention, size_t clause) const;
  bool GivesNotice(const Clause& clause) const;
  bool Reports(const Clause& clause) const;
  bool ActBetween(uint32_t from, uint32_t to) const;
  uint32_t FirstAct(uint32_t from, uint32_t to) const;
  bool IsInfinitive(uint32_t verb) const;
  int ContextDate() const;
  int DateAtHead(const Block& block) const;
  int Refined(int index) const;
  bool LooksAhead(const DateMention& mention, const ActWords& act) const;
  bool TakesEffectSoon(const DateMention& mention) const;

  const SentenceView& view_;
  const Annotation& a_;
  const NewsDay& news_;
  const std::vector<ReadEvent>& told_;
  std::vector<int> mentions_;  // event dates of the sentence
  std::vector<int> claimed_;   // those that an act has
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_EVENT_DATE_H_
