#include "ingest_service/extraction/news_day.h"

#include <utility>

#include "ingest_service/extraction/one_of.h"
#include "ingest_service/temporal/date_finder.h"

namespace treatywire::ingest {
namespace {

// Paragraphs that tell the news; what follows is background.
constexpr int kLeadParagraphs = 3;
// Shorter ones are bylines and datelines.
constexpr uint32_t kMinParagraphTokens = 8;
// A day that is longer ago is not the news itself.
constexpr int kNewsDays = 7;
constexpr int kRecentDays = 14;
// So many clock times at the head of blocks make a live blog.
constexpr int kMinClockTimes = 2;

// "16:30", "4:30 pm", as the head of an entry.
bool BeginsWithClockTime(const Annotation& a, const Sentence& sentence) {
  const uint32_t t = sentence.tokens.begin;
  if (t >= sentence.tokens.end || !a.token(t).is_number) return false;
  if (a.norm(t).find(':') != absl::string_view::npos) return true;
  return t + 2 < sentence.tokens.end && a.norm(t + 1) == ":" && a.token(t + 2).is_number &&
         !a.token(t + 2).space_before;
}

bool IsLiveBlog(const Annotation& a) {
  int clock_times = 0;
  for (const Block& block : a.document.blocks) {
    if (block.first_sentence >= block.last_sentence) continue;
    if (BeginsWithClockTime(a, a.document.sentences[block.first_sentence])) ++clock_times;
  }
  return clock_times >= kMinClockTimes;
}

uint32_t TokensOf(const Annotation& a, const Block& block) {
  if (block.first_sentence >= block.last_sentence) return 0;
  return a.document.sentences[block.last_sentence - 1].tokens.end -
         a.document.sentences[block.first_sentence].tokens.begin;
}

uint32_t LeadEnd(const Annotation& a) {
  if (IsLiveBlog(a)) return static_cast<uint32_t>(a.document.tokens.size());
  int paragraphs = 0;
  uint32_t end = 0;
  for (const Block& block : a.document.blocks) {
    const uint32_t tokens = TokensOf(a, block);
    if (tokens == 0) continue;
    if (block.kind != BlockKind::kTitle && block.kind != BlockKind::kHeading &&
        tokens >= kMinParagraphTokens && ++paragraphs > kLeadParagraphs)
      break;
    end = a.document.sentences[block.last_sentence - 1].tokens.end;
  }
  return end;
}

// "today", "this morning"
bool IsToday(const DateMention& mention) {
  const DateExpression& words = mention.expression;
  return words.kind == DateExpression::Kind::kPeriod && words.unit == Unit::kDay &&
         words.reference == Reference::kThis && words.days == 0;
}

// Whether a mention can say when the news happened: one day of the last week, not a term or a plan.
bool NamesNews(const DateMention& mention, absl::CivilDay written) {
  // A dateline or a byline names the day of writing, not that of what is told.
  if (mention.date.earliest == written && mention.expression.kind == DateExpression::Kind::kYearPart)
    return false;
  if (mention.role != DateRole::kAt && mention.role != DateRole::kModifier) return false;
  const UncertainDate& date = mention.date;
  if (date.granularity != Granularity::kDay || !date.earliest || date.earliest != date.latest) return false;
  return *date.earliest <= written && written - *date.earliest <= kNewsDays;
}

// Whether the sentence is about the news as a whole: "The decision was confirmed in …".
bool SpeaksOfNews(const Annotation& a, TokenSpan sentence) {
  const uint32_t t = sentence.begin;
  return t + 2 < sentence.end && IsOneOf(a.norm(t), {"the", "this", "that"}) &&
         IsOneOf(a.norm(t + 1), {"decision", "move", "step", "termination", "withdrawal", "suspension",
                                 "denunciation", "cancellation", "exit"}) &&
         a.IsAuxiliary(t + 2);
}

FormalAct FindFormalAct(const Annotation& a, const NewsDay& news) {
  for (const Sentence& sentence : a.document.sentences) {
    if (sentence.tokens.begin >= news.lead_end) break;
    if (!SpeaksOfNews(a, sentence.tokens)) continue;
    FormalAct act;
    for (uint32_t t = sentence.tokens.begin; t < sentence.tokens.end; ++t) {
      if (IsOneOf(a.norm(t), {"decree", "order", "law", "ruling", "resolution", "note", "letter"}))
        act.instrument = std::string(a.norm(t));
      if (a.at[t].date < 0 || act.instrument.empty()) continue;
      const DateMention& mention = a.dates[a.at[t].date];
      if (!NamesNews(mention, *news.written)) break;
      act.date = mention.date;
      act.surface = mention.surface;
      return act;
    }
  }
  return {};
}

}  // namespace

NewsDay FindNewsDay(const Annotation& annotation) {
  NewsDay news;
  news.written = annotation.written_day();
  news.lead_end = LeadEnd(annotation);
  if (!news.written) return news;
  absl::CivilDay day = *news.written;
  bool named = false;
  for (const DateMention& mention : annotation.dates) {
    if (mention.tokens.begin >= news.lead_end) break;
    news.of_today = news.of_today || IsToday(mention);
    if (!NamesNews(mention, *news.written)) continue;
    if (!named) day = *mention.date.earliest;
    named = true;
  }
  news.date = Approximately(DayDate(day));
  news.date.basis = DateBasis::kPublication;
  news.act = FindFormalAct(annotation, news);
  return news;
}

bool IsRecent(const UncertainDate& date, absl::CivilDay written) {
  if (date.granularity != Granularity::kDay && date.granularity != Granularity::kWeek) return false;
  if (!date.earliest || !date.latest) return false;
  return *date.earliest <= written && written - *date.earliest <= kRecentDays;
}

}  // namespace treatywire::ingest
