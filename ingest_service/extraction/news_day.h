// What day the news of an article is of: the date of an event that is told as fresh without a date word.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_NEWS_DAY_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_NEWS_DAY_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/time/civil_time.h"
#include "ingest_service/extraction/annotation.h"
#include "ingest_service/temporal/uncertain_date.h"

namespace treatywire::ingest {

// "The decision was formalised in a decree issued on Friday": the act of state that the news is about.
struct FormalAct {
  UncertainDate date;         // empty where no such act is told
  absl::string_view surface;  // the words of the date
  std::string instrument;     // "decree"
};

struct NewsDay {
  // The day the article was written, by its dateline, else by its publication; nullopt where neither is
  // known.
  std::optional<absl::CivilDay> written;
  // The day that the title or the first paragraphs name, if it is of the last days ("on Friday", "Tuesday's
  // decree"), else `written`; approximate, basis kPublication. Empty where `written` is not known.
  UncertainDate date;
  // The act by which the news became formal, if the first paragraphs tell its day.
  FormalAct act;
  // Whether the first paragraphs tell of "today", as a press release does.
  bool of_today = false;
  // Sentences that begin before this token are told as news: the title and the first paragraphs, all of a
  // live blog.
  uint32_t lead_end = 0;
};

// Pure; linear in the length of the lead.
NewsDay FindNewsDay(const Annotation& annotation);

// Whether `date` is a day or a week of the fortnight that ends on `written`: recent enough for news.
bool IsRecent(const UncertainDate& date, absl::CivilDay written);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_NEWS_DAY_H_
