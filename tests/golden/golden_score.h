// How much of what a careful reader takes from an article an extraction found.
//
//   GoldenScore score;
//   for (...) score += Compare(golden, *extractor->Extract(golden.article), lexicon);
//   score.events.F1();
//
// Agreements are paired by parties and names, then facts by type, actor, date and modality, each with at most
// one partner, the best fits first. README.md says what one fact is. Withdrawal and termination count as one
// type, a fact without an actor fits one with any, and former states count as their successor.
#ifndef TREATYWIRE_TESTS_GOLDEN_GOLDEN_SCORE_H_
#define TREATYWIRE_TESTS_GOLDEN_GOLDEN_SCORE_H_

#include "ingest_service/lexicon/lexicon.h"
#include "tests/golden/golden_article.h"
#include "treatywire/v1/event.pb.h"

namespace treatywire::golden {

// What was found of what there is.
struct Tally {
  int found = 0;     // in both
  int missed = 0;    // in the annotation only
  int spurious = 0;  // in the extraction only

  // 2 × found / (2 × found + missed + spurious); 1 where there is nothing to find and nothing found.
  double F1() const;
  Tally& operator+=(const Tally& other);
};

// How many are right.
struct Share {
  int right = 0;
  int all = 0;

  double Value() const;  // 1 of none
  Share& operator+=(const Share& other);
};

struct GoldenScore {
  Tally agreements;
  Tally events;
  Share dates;       // of the found facts with a date in the annotation: the same days
  Share modalities;  // of the found facts
  Share subjects;    // of the found agreements

  GoldenScore& operator+=(const GoldenScore& other);
};

GoldenScore Compare(const GoldenArticle& golden, const treatywire::v1::ExtractedArticle& extraction,
                    const ingest::Lexicon& lexicon);

}  // namespace treatywire::golden

#endif  // TREATYWIRE_TESTS_GOLDEN_GOLDEN_SCORE_H_
