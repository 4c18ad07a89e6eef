// The record's resources as text for people: tables where there are many, a page where there is one.
//
// All functions are pure: what they return ends with a newline, is at most `width` columns wide where it can
// be (0: no limit), and shows nothing of the articles that a terminal would take for a command
// (display_text.h).
#ifndef TREATYWIRE_TOOLS_TREATYWIRE_RECORD_TEXT_H_
#define TREATYWIRE_TOOLS_TREATYWIRE_RECORD_TEXT_H_

#include <string>
#include <vector>

#include "treatywire/v1/agreement_service.pb.h"
#include "treatywire/v1/article_service.pb.h"
#include "treatywire/v1/party.pb.h"
#include "treatywire/v1/record.pb.h"
#include "treatywire/v1/timeline_service.pb.h"

namespace treatywire::tools {

// agreement_text.cc
std::string AgreementTable(const std::vector<treatywire::v1::Agreement>& agreements, int width);
// One agreement with its parties' standing, its acts and the claims behind them.
std::string AgreementPage(const treatywire::v1::Agreement& agreement, int width);
std::string SearchHitList(const std::vector<treatywire::v1::SearchHit>& hits, int width);

// timeline_text.cc
// `show_agreement`: with a column for the agreement, as a party's timeline needs.
std::string TimelineTable(const std::vector<treatywire::v1::TimelineEntry>& entries, bool show_agreement,
                          int width);
// Each entry with its claims.
std::string TimelineClaims(const std::vector<treatywire::v1::TimelineEntry>& entries, bool show_agreement,
                           int width);
std::string EventTable(const std::vector<treatywire::v1::EventRecord>& events, int width);
// What a watch prints for one change: "+" or "-", revision, date, act, who, agreement, source; then the
// sentence.
std::string EventChangeText(const treatywire::v1::EventChange& change, int width);

// conflict_text.cc
std::string ConflictPage(const treatywire::v1::Conflict& conflict, int width);

// article_text.cc
std::string ArticleTable(const std::vector<treatywire::v1::ArticleRecord>& articles, int width);
// The events of an article that is in no record: by the article's own names for agreements.
std::string ExtractionText(const treatywire::v1::ExtractedArticle& extraction, int width);
std::string ArticlePage(const treatywire::v1::GetArticleResponse& article, int width);
std::string SourceTable(const std::vector<treatywire::v1::Source>& sources, int width);

// party_text.cc
std::string PartyTable(const std::vector<treatywire::v1::Party>& parties, int width);
std::string PartyPage(const treatywire::v1::Party& party, int width);

}  // namespace treatywire::tools

#endif  // TREATYWIRE_TOOLS_TREATYWIRE_RECORD_TEXT_H_
