// A made-up world of agreements, and what newspapers write of it: with names in many forms, dates that are
// wrong, copies, corrections and retractions. What each article means is known, so that the record can be
// marked.
#ifndef TREATYWIRE_TESTS_QUERY_SERVICE_INDEX_WORLD_H_
#define TREATYWIRE_TESTS_QUERY_SERVICE_INDEX_WORLD_H_

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "treatywire/v1/event.pb.h"
#include "treatywire/v1/event_log_service.pb.h"

namespace treatywire::query {

// Shares are of 1.
struct WorldSettings {
  unsigned seed = 1;
  int agreements = 300;
  int parties = 40;  // at least 10: agreements of many have as many
  int articles = 5000;
  int publishers = 60;
  double untitled = 0.25;      // mentions that name parties and subject only
  double no_subject = 0.15;    // mentions whose subject stays open
  double one_party = 0.05;     // mentions of a titled agreement that name just one party
  double dated = 0.6;          // mentions that say when it was signed
  double wrong_date = 0.03;    // of those, wrong ones
  double copied = 0.15;        // articles that are near-copies of another
  double corrected = 0.03;     // articles published again with other contents
  double retracted = 0.02;     // articles taken out
  double same_subject = 0.25;  // agreements of a pair that has one of that subject already
  double ambiguous = 0;        // untitled mentions of those whose date is missing or wrong
};

struct TrueAgreement {
  std::vector<std::string> parties;
  bool multilateral = false;
  treatywire::v1::Subject subject = treatywire::v1::SUBJECT_UNSPECIFIED;
  treatywire::v1::AgreementKind kind = treatywire::v1::AGREEMENT_KIND_AGREEMENT;
  std::string topic;                // "defence cooperation"
  std::vector<std::string> titles;  // the full one first
  std::string signed_date;          // YYYY-MM-DD
  std::string signed_place;
  bool ended = false;
  std::string end_date;
};

// A mention of an article: its id and the agreement's local_id in it.
using MentionKey = std::pair<std::string, std::string>;

struct World {
  std::vector<TrueAgreement> agreements;
  std::vector<treatywire::v1::LogRecord> log;
  std::map<MentionKey, int> truth;  // of the mentions in force at the end: index into `agreements`
  // Dates of signature that articles in force claim wrongly, agreement and EDTF; and such as nobody could
  // tell from wrong ones: of another agreement of the pair on the subject, if no mention that names it gives
  // its date.
  std::set<std::pair<int, std::string>> wrong_dates;
  // Of the wrong ones, those that others dispute: who claims it tells which agreement is meant, and so does
  // somebody who dates it otherwise.
  std::set<std::pair<int, std::string>> disputed_dates;
};

// The same for the same settings, on every machine.
World MakeWorld(const WorldSettings& settings);

}  // namespace treatywire::query

#endif  // TREATYWIRE_TESTS_QUERY_SERVICE_INDEX_WORLD_H_
