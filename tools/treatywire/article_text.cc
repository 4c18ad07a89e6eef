#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tools/treatywire/claim_text.h"
#include "tools/treatywire/display_text.h"
#include "tools/treatywire/enum_words.h"
#include "tools/treatywire/record_text.h"
#include "tools/treatywire/table.h"

namespace treatywire::tools {
namespace {

// What the article says happened to `agreement`, and the words that say so.
std::string EventText(const treatywire::v1::AgreementEvent& event, absl::string_view agreement, int width) {
  std::string line = event.date().edtf().empty() ? "(no date)" : DateText(event.date().edtf());
  absl::StrAppend(&line, "  ", ActText(event.type(), event.modality()));
  if (!event.actors().empty()) absl::StrAppend(&line, " by ", PartyIds(event.actors()));
  return absl::StrCat(IndentedText(absl::StrCat(line, ": ", agreement), 2, 4, width),
                      IndentedText(absl::StrCat("\"", event.evidence().text(), "\""), 4, 5, width));
}

// "INF Treaty", or for one without a name "treaty of RU, US (a2)".
std::string MentionText(const treatywire::v1::AgreementMention& mention) {
  if (!mention.title().empty()) return mention.title();
  const std::string kind = Word(mention.kind());
  return absl::StrCat(kind.empty() ? "agreement" : kind, mention.parties().empty() ? "" : " of ",
                      PartyIds(mention.parties()), " (", mention.local_id(), ")");
}

}  // namespace

std::string ArticleTable(const std::vector<treatywire::v1::ArticleRecord>& articles, int width) {
  Table table({{"ARTICLE"},
               {"PUBLISHED"},
               {"PUBLISHER", Table::Align::kLeft, true},
               {"TITLE", Table::Align::kLeft, true},
               {"EVENTS", Table::Align::kRight},
               {"REVISION", Table::Align::kRight}});
  for (const treatywire::v1::ArticleRecord& record : articles) {
    table.AddRow({record.name(), DayText(record.article().publish_time()), record.article().publisher(),
                  record.article().title(), absl::StrCat(record.event_count()),
                  absl::StrCat(record.revision())});
  }
  return table.Render(width);
}

std::string ArticlePage(const treatywire::v1::GetArticleResponse& response, int width) {
  const treatywire::v1::ArticleRecord& record = response.article();
  const treatywire::v1::Article& article = record.article();
  std::string page = IndentedText(article.title().empty() ? record.name() : article.title(), 0, 2, width);
  absl::StrAppend(&page,
                  IndentedText(absl::StrCat(record.name(), ", revision ", record.revision()), 2, 4, width));
  std::string source = article.publisher().empty() ? "(publisher unknown)" : article.publisher();
  if (const std::string day = DayText(article.publish_time()); !day.empty())
    absl::StrAppend(&source, ", ", day);
  absl::StrAppend(&page, IndentedText(source, 2, 4, width));
  if (!article.uri().empty()) absl::StrAppend(&page, IndentedText(article.uri(), 2, 4, width));
  absl::StrAppend(&page,
                  IndentedText(absl::StrCat("read by extractor ", record.extractor_version()), 2, 4, width));
  for (const treatywire::v1::ArticleEvent& item : response.events()) {
    absl::StrAppend(&page, "\n", EventText(item.claim().event(), item.agreement(), width));
  }
  return page;
}

std::string ExtractionText(const treatywire::v1::ExtractedArticle& extraction, int width) {
  std::string text;
  for (const treatywire::v1::AgreementEvent& event : extraction.events()) {
    absl::StrAppend(&text, EventText(event, MentionText(event.agreement()), width));
  }
  return extraction.events().empty() ? "  no events\n" : text;
}

std::string SourceTable(const std::vector<treatywire::v1::Source>& sources, int width) {
  Table table({{"PUBLISHER", Table::Align::kLeft, true},
               {"ARTICLES", Table::Align::kRight},
               {"CLAIMS", Table::Align::kRight},
               {"CONTRADICTED", Table::Align::kRight}});
  for (const treatywire::v1::Source& source : sources) {
    table.AddRow({source.publisher().empty() ? "(publisher unknown)" : source.publisher(),
                  absl::StrCat(source.article_count()), absl::StrCat(source.claim_count()),
                  absl::StrCat(source.contradicted_count())});
  }
  return table.Render(width);
}

}  // namespace treatywire::tools
