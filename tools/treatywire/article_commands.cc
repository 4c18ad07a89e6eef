#include <memory>
#include <string>

#include "tools/treatywire/call.h"
#include "tools/treatywire/commands.h"
#include "tools/treatywire/options.h"
#include "tools/treatywire/record_text.h"
#include "treatywire/v1/article_service.grpc.pb.h"

namespace treatywire::tools {
namespace {

namespace v1 = treatywire::v1;
using Stub = v1::ArticleService::Stub;

struct ListOptions {
  v1::ListArticlesRequest request;
  int limit = 0;
};

absl::Status RunList(Session& session, const ListOptions& options) {
  Stub stub(session.query_channel());
  TW_ASSIGN_OR_RETURN(const auto list, CallForAll(session, stub, &Stub::ListArticles, options.request,
                                                  &v1::ListArticlesResponse::articles, options.limit));
  return WriteList(session, list, "no articles",
                   [&](const auto& articles) { return ArticleTable(articles, session.width()); });
}

void AddList(CLI::App& app, Command* chosen) {
  CLI::App* command = app.add_subcommand("articles", "Lists the articles behind the record");
  const auto options = std::make_shared<ListOptions>();
  AddTexts(
      *command, "--publisher", [options](const std::string& name) { options->request.add_publishers(name); },
      "of this publisher, exactly as sent with the article")
      ->type_name("NAME");
  AddRange(
      *command, "published", [options] { return options->request.mutable_published(); }, "published");
  AddText(
      *command, "--agreement",
      [options](const std::string& name) {
        options->request.set_agreement(InCollection("agreements", name));
      },
      "that mention this agreement")
      ->type_name("NAME");
  AddLimit(*command, &options->limit);
  command->callback(
      [options, chosen] { *chosen = [options](Session& session) { return RunList(session, *options); }; });
}

absl::Status RunGet(Session& session, const v1::GetArticleRequest& request) {
  Stub stub(session.query_channel());
  TW_ASSIGN_OR_RETURN(const v1::GetArticleResponse article, Call(session, stub, &Stub::GetArticle, request));
  if (session.json()) return session.WriteJson(article);
  session.out() << ArticlePage(article, session.width());
  return absl::OkStatus();
}

void AddGet(CLI::App& app, Command* chosen) {
  CLI::App* command = app.add_subcommand("article", "Shows what an article says");
  const auto request = std::make_shared<v1::GetArticleRequest>();
  AddText(
      *command, "id", [request](const std::string& id) { request->set_name(InCollection("articles", id)); },
      "its id, with or without \"articles/\"")
      ->required()
      ->type_name("");
  command->callback(
      [request, chosen] { *chosen = [request](Session& session) { return RunGet(session, *request); }; });
}

absl::Status RunRetract(Session& session, const v1::RetractArticleRequest& request) {
  Stub stub(session.query_channel());
  TW_ASSIGN_OR_RETURN(const v1::RetractArticleResponse response,
                      Call(session, stub, &Stub::RetractArticle, request));
  if (session.json()) return session.WriteJson(response);
  session.out() << request.name() << " is out of the record from revision " << response.revision() << " on\n";
  return absl::OkStatus();
}

void AddRetract(CLI::App& app, Command* chosen) {
  CLI::App* command =
      app.add_subcommand("retract", "Takes an article out of the record, with all that depends on it");
  const auto request = std::make_shared<v1::RetractArticleRequest>();
  AddText(
      *command, "id", [request](const std::string& id) { request->set_name(InCollection("articles", id)); },
      "its id, with or without \"articles/\"")
      ->required()
      ->type_name("");
  AddText(
      *command, "--reason", [request](const std::string& reason) { request->set_reason(reason); },
      "why, for the log");
  command->callback(
      [request, chosen] { *chosen = [request](Session& session) { return RunRetract(session, *request); }; });
}

struct SourceOptions {
  v1::ListSourcesRequest request;
  int limit = 0;
};

absl::Status RunSources(Session& session, const SourceOptions& options) {
  Stub stub(session.query_channel());
  TW_ASSIGN_OR_RETURN(const auto list, CallForAll(session, stub, &Stub::ListSources, options.request,
                                                  &v1::ListSourcesResponse::sources, options.limit));
  return WriteList(session, list, "no sources",
                   [&](const auto& sources) { return SourceTable(sources, session.width()); });
}

void AddSources(CLI::App& app, Command* chosen) {
  CLI::App* command =
      app.add_subcommand("sources", "Lists publishers, and how much of what they say others contradict");
  const auto options = std::make_shared<SourceOptions>();
  AddAsOf(*command, [options] { return options->request.mutable_as_of(); });
  AddLimit(*command, &options->limit);
  command->callback(
      [options, chosen] { *chosen = [options](Session& session) { return RunSources(session, *options); }; });
}

}  // namespace

void AddArticleCommands(CLI::App& app, Command* chosen) {
  AddList(app, chosen);
  AddGet(app, chosen);
  AddRetract(app, chosen);
  AddSources(app, chosen);
}

}  // namespace treatywire::tools
