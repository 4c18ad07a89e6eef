#include "tests/golden/golden_article.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ingest_service/article_identity.h"

namespace treatywire::golden {
namespace {

using google::protobuf::Struct;
using google::protobuf::Value;

const Value& Field(const Struct& object, const std::string& key) {
  static const Value& none = *new Value();
  const auto found = object.fields().find(key);
  return found == object.fields().end() ? none : found->second;
}

std::string Text(const Struct& object, const std::string& key) { return Field(object, key).string_value(); }

template <typename List>
List Texts(const Struct& object, const std::string& key) {
  List list;
  for (const Value& value : Field(object, key).list_value().values())
    list.insert(list.end(), value.string_value());
  return list;
}

GoldenAgreement ReadAgreement(const Struct& object) {
  GoldenAgreement agreement;
  agreement.id = Text(object, "id");
  agreement.parties = Texts<std::set<std::string>>(object, "parties");
  agreement.multilateral = Field(object, "multilateral").bool_value();
  agreement.names = Texts<std::vector<std::string>>(object, "aliases");
  if (const std::string name = Text(object, "name"); !name.empty()) agreement.names.push_back(name);
  agreement.subject = Text(object, "subject");
  agreement.signed_edtf = Text(object, "signed");
  return agreement;
}

GoldenEvent ReadEvent(const Struct& object) {
  GoldenEvent event;
  event.agreement = Text(object, "agreement");
  event.type = Text(object, "type");
  event.actors = Texts<std::set<std::string>>(object, "actors");
  event.date_edtf = Text(object, "date");
  event.modality = Text(object, "modality");
  event.cue = Text(object, "cue");
  return event;
}

absl::Status ReadArticle(const Struct& object, treatywire::v1::Article* article) {
  article->set_article_id(Text(object, "id"));
  article->set_publisher(Text(object, "publisher"));
  article->set_title(Text(object, "title"));
  article->set_body(Text(object, "text"));
  article->set_mime_type(Text(object, "mime_type"));
  article->set_language("en");
  const std::string day = Text(object, "published");
  if (!google::protobuf::util::TimeUtil::FromString(absl::StrCat(day, "T12:00:00Z"),
                                                    article->mutable_publish_time())) {
    return absl::InvalidArgumentError(absl::StrCat("published: \"", day, "\" is no day"));
  }
  return ingest::PrepareArticle(article);
}

absl::Status Check(const GoldenArticle& golden) {
  for (const GoldenEvent& event : golden.events) {
    const bool listed =
        std::any_of(golden.agreements.begin(), golden.agreements.end(),
                    [&](const GoldenAgreement& agreement) { return agreement.id == event.agreement; });
    if (!listed)
      return absl::InvalidArgumentError(absl::StrCat("no agreement \"", event.agreement, "\" is listed"));
    if (event.cue.empty() || (!absl::StrContains(golden.article.body(), event.cue) &&
                              !absl::StrContains(golden.article.title(), event.cue))) {
      return absl::InvalidArgumentError(absl::StrCat("the cue \"", event.cue, "\" is not in the article"));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<GoldenArticle> ParseGoldenArticle(absl::string_view json) {
  Struct object;
  const auto parsed = google::protobuf::util::JsonStringToMessage(std::string(json), &object);
  if (!parsed.ok()) return absl::InvalidArgumentError(parsed.message().ToString());
  GoldenArticle golden;
  if (absl::Status status = ReadArticle(object, &golden.article); !status.ok()) return status;
  for (const Value& value : Field(object, "agreements").list_value().values())
    golden.agreements.push_back(ReadAgreement(value.struct_value()));
  for (const Value& value : Field(object, "events").list_value().values())
    golden.events.push_back(ReadEvent(value.struct_value()));
  if (absl::Status status = Check(golden); !status.ok()) return status;
  return golden;
}

absl::StatusOr<std::vector<GoldenArticle>> ReadGoldenArticles(const std::string& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  if (paths.empty()) return absl::NotFoundError(absl::StrCat("no articles in ", folder));
  std::vector<GoldenArticle> articles;
  for (const std::filesystem::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    const std::string json{std::istreambuf_iterator<char>(file), {}};
    absl::StatusOr<GoldenArticle> golden = ParseGoldenArticle(json);
    if (!golden.ok())
      return absl::InvalidArgumentError(absl::StrCat(path.string(), ": ", golden.status().message()));
    articles.push_back(*std::move(golden));
  }
  return articles;
}

}  // namespace treatywire::golden
