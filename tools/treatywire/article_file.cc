#include "tools/treatywire/article_file.h"

#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "common/status_macros.h"
#include "common/utf8.h"
#include "google/protobuf/util/json_util.h"
#include "tools/treatywire/html_metadata.h"

namespace treatywire::tools {
namespace {

using treatywire::v1::Article;

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr absl::string_view kFence = "---";
constexpr size_t kMaxQuotedBytes = 64;  // of a file's words in an error message

absl::Status LineError(size_t line, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("line ", line, ": ", what));
}

std::string Quoted(absl::string_view text) {
  return absl::StrCat("\"", TruncateUtf8(text, kMaxQuotedBytes), "\"");
}

// Takes the first line of `text`, without its line break.
absl::string_view TakeLine(absl::string_view* text) {
  const size_t end = text->find('\n');
  absl::string_view line = text->substr(0, end);
  text->remove_prefix(end == absl::string_view::npos ? text->size() : end + 1);
  absl::ConsumeSuffix(&line, "\r");
  return line;
}

// A value in YAML's quotes, which titles with a colon often have, is what they enclose.
absl::string_view Unquoted(absl::string_view value) {
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front()) {
    return value.substr(1, value.size() - 2);
  }
  return value;
}

absl::Status SetField(absl::string_view key, absl::string_view value, size_t line, Article* article) {
  if (key == "id") {
    article->set_article_id(std::string(value));
  } else if (key == "publisher") {
    article->set_publisher(std::string(value));
  } else if (key == "uri") {
    article->set_uri(std::string(value));
  } else if (key == "title") {
    article->set_title(std::string(value));
  } else if (key == "language") {
    article->set_language(std::string(value));
  } else if (key == "published") {
    auto time = ParsePublishTime(value);
    if (!time.ok()) return LineError(line, absl::StrCat("published: ", time.status().message()));
    *article->mutable_publish_time() = *std::move(time);
  } else {
    return LineError(line, absl::StrCat("the front matter has no key ", Quoted(key),
                                        "; its keys are id, publisher, published, uri, title, language"));
  }
  return absl::OkStatus();
}

// Takes the front matter, if `text` begins with one, from its start.
absl::Status TakeFrontMatter(absl::string_view* text, Article* article) {
  absl::string_view rest = *text;
  if (TakeLine(&rest) != kFence) return absl::OkStatus();
  std::set<std::string> keys;
  for (size_t number = 2; !rest.empty(); ++number) {
    const absl::string_view line = absl::StripAsciiWhitespace(TakeLine(&rest));
    if (line == kFence) {
      *text = rest;
      return absl::OkStatus();
    }
    if (line.empty() || line.front() == '#') continue;
    const size_t colon = line.find(':');
    if (colon == absl::string_view::npos) {
      return LineError(number, absl::StrCat("the front matter's ", Quoted(line), " is no \"key: value\""));
    }
    const std::string key = absl::AsciiStrToLower(absl::StripAsciiWhitespace(line.substr(0, colon)));
    if (!keys.insert(key).second)
      return LineError(number, absl::StrCat("the key ", Quoted(key), " is there twice"));
    TW_RETURN_IF_ERROR(
        SetField(key, Unquoted(absl::StripAsciiWhitespace(line.substr(colon + 1))), number, article));
  }
  return LineError(1, "the front matter that begins here has no second \"---\"");
}

bool BeginsAsHtml(absl::string_view content) {
  content = absl::StripLeadingAsciiWhitespace(content);
  return absl::StartsWithIgnoreCase(content, "<!doctype html") ||
         absl::StartsWithIgnoreCase(content, "<html");
}

absl::Status FillFromHtmlHead(absl::string_view html, Article* article) {
  HtmlMetadata metadata = ReadHtmlMetadata(html);
  if (!metadata.publish_time.empty() && !article->has_publish_time()) {
    auto time = ParsePublishTime(metadata.publish_time);
    if (!time.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("the page's publication date: ", time.status().message()));
    }
    *article->mutable_publish_time() = *std::move(time);
  }
  if (article->title().empty()) article->set_title(std::move(metadata.title));
  if (article->publisher().empty()) article->set_publisher(std::move(metadata.publisher));
  if (article->uri().empty()) article->set_uri(std::move(metadata.uri));
  if (article->language().empty()) article->set_language(std::move(metadata.language));
  return absl::OkStatus();
}

}  // namespace

std::string MimeTypeOfFileName(absl::string_view path) {
  const std::string name = absl::AsciiStrToLower(path);
  if (absl::EndsWith(name, ".html") || absl::EndsWith(name, ".htm")) return "text/html";
  if (absl::EndsWith(name, ".xhtml")) return "application/xhtml+xml";
  if (absl::EndsWith(name, ".md") || absl::EndsWith(name, ".markdown")) return "text/markdown";
  if (absl::EndsWith(name, ".txt")) return "text/plain";
  return "";
}

absl::StatusOr<Article> ReadArticleFile(absl::string_view path, absl::string_view content,
                                        absl::string_view mime_type) {
  if (content.size() > kMaxArticleFileBytes) {
    return absl::InvalidArgumentError(absl::StrCat("is larger than ", kMaxArticleFileBytes, " bytes"));
  }
  if (!IsValidUtf8(content)) return absl::InvalidArgumentError("is not UTF-8 text");
  absl::ConsumePrefix(&content, kByteOrderMark);
  if (absl::EndsWithIgnoreCase(path, ".json")) return ReadArticleJson(content);
  Article article;
  TW_RETURN_IF_ERROR(TakeFrontMatter(&content, &article));
  std::string type(mime_type);
  if (type.empty()) type = MimeTypeOfFileName(path);
  if (type.empty()) type = BeginsAsHtml(content) ? "text/html" : "text/plain";
  if (type == "text/html" || type == "application/xhtml+xml")
    TW_RETURN_IF_ERROR(FillFromHtmlHead(content, &article));
  if (absl::StripAsciiWhitespace(content).empty()) return absl::InvalidArgumentError("has no text");
  article.set_mime_type(std::move(type));
  article.set_body(std::string(content));
  return article;
}

absl::StatusOr<Article> ReadArticleJson(absl::string_view json) {
  Article article;
  const auto parsed = google::protobuf::util::JsonStringToMessage(
      google::protobuf::StringPiece(json.data(), json.size()), &article);
  if (parsed.ok()) return article;
  return absl::InvalidArgumentError(absl::StrCat("is no Article as JSON: ", parsed.message().ToString()));
}

absl::StatusOr<google::protobuf::Timestamp> ParsePublishTime(absl::string_view given) {
  absl::string_view text = given;
  absl::Time time;
  std::string unused;
  // Abseil alone would take "infinite-future", spaces around it and years of any length.
  if (text.size() < 10 || !absl::ascii_isdigit(static_cast<unsigned char>(text[0])) || text[4] != '-')
    text = "";
  const bool is_day = text.size() == 10 && absl::ParseTime("%Y-%m-%d", text, &time, &unused);
  if (is_day) {
    time += absl::Hours(12);
  } else if (!absl::ParseTime(absl::RFC3339_full, text, &time, &unused) &&
             !absl::ParseTime("%Y-%m-%dT%H:%M%Ez", text, &time, &unused)) {
    return absl::InvalidArgumentError(absl::StrCat(
        Quoted(given), " is no day (2019-02-02) and no time with a zone (2019-02-02T08:30:00Z)"));
  }
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(absl::ToUnixSeconds(time));
  timestamp.set_nanos(
      static_cast<int32_t>((time - absl::FromUnixSeconds(timestamp.seconds())) / absl::Nanoseconds(1)));
  return timestamp;
}

void FillFrom(const Article& defaults, Article* article) {
  if (article->publisher().empty()) article->set_publisher(defaults.publisher());
  if (article->uri().empty()) article->set_uri(defaults.uri());
  if (article->language().empty()) article->set_language(defaults.language());
  if (!article->has_publish_time() && defaults.has_publish_time()) {
    *article->mutable_publish_time() = defaults.publish_time();
  }
}

}  // namespace treatywire::tools
