#include "query_service/services/article_service.h"

#include <string>
#include <utility>

#include "absl/strings/strip.h"
#include "common/status.h"
#include "common/status_macros.h"
#include "query_service/list_page.h"
#include "query_service/request_validation.h"

namespace treatywire::query {

using treatywire::v1::ArticleRecord;
using treatywire::v1::GetArticleRequest;
using treatywire::v1::GetArticleResponse;
using treatywire::v1::ListArticlesRequest;
using treatywire::v1::ListArticlesResponse;
using treatywire::v1::ListSourcesRequest;
using treatywire::v1::ListSourcesResponse;
using treatywire::v1::LogRecord;
using treatywire::v1::RetractArticleRequest;
using treatywire::v1::RetractArticleResponse;
using treatywire::v1::Source;

absl::StatusOr<GetArticleResponse> ArticleService::Get(const GetArticleRequest& request) const {
  TW_RETURN_IF_ERROR(Validate(request));
  const std::shared_ptr<const Snapshot> snapshot = snapshots_->newest();
  auto response = snapshot->GetArticle(request.name());
  if (absl::IsNotFound(response.status())) {
    return WithResourceInfo(response.status(), "Article", request.name());
  }
  if (response.ok()) response->set_revision(snapshot->revision());
  return response;
}

absl::StatusOr<ListArticlesResponse> ArticleService::List(const ListArticlesRequest& request) const {
  TW_RETURN_IF_ERROR(Validate(request));
  TW_ASSIGN_OR_RETURN(const ListPage page, ListPage::Start(request, kListPageSizes, snapshots_));
  if (!request.agreement().empty()) {
    TW_RETURN_IF_ERROR(CheckAgreementKnown(request.agreement(), "agreement", page.snapshot()));
  }
  Page<ArticleRecord> found = page.snapshot().ListArticles(request, page.part());
  ListArticlesResponse response;
  page.Finish(found.items.size(), found.total_size, &response);
  for (ArticleRecord& article : found.items) *response.add_articles() = std::move(article);
  return response;
}

absl::StatusOr<ListSourcesResponse> ArticleService::ListSources(const ListSourcesRequest& request) const {
  TW_RETURN_IF_ERROR(Validate(request));
  TW_ASSIGN_OR_RETURN(const ListPage page, ListPage::Start(request, kListPageSizes, snapshots_));
  Page<Source> found = page.snapshot().ListSources(request.as_of(), page.part());
  ListSourcesResponse response;
  page.Finish(found.items.size(), found.total_size, &response);
  for (Source& source : found.items) *response.add_sources() = std::move(source);
  return response;
}

void ArticleService::Retract(const RetractArticleRequest& request,
                             std::function<void(absl::StatusOr<RetractArticleResponse>)> done) {
  if (absl::Status status = Validate(request); !status.ok()) {
    done(std::move(status));
    return;
  }
  LogRecord record;
  record.mutable_retraction()->set_article_id(std::string(absl::StripPrefix(request.name(), "articles/")));
  record.mutable_retraction()->set_reason(request.reason());
  const auto answer = [done = std::move(done), name = request.name(),
                       log_id = writer_->log_id()](absl::StatusOr<AppendResult> result) {
    if (!result.ok()) {
      done(absl::IsNotFound(result.status()) ? WithResourceInfo(result.status(), "Article", name)
                                             : result.status());
      return;
    }
    RetractArticleResponse response;
    response.set_revision(result->revision);
    response.set_log_id(log_id);
    done(std::move(response));
  };
  if (absl::Status status = writer_->Submit(std::move(record), answer); !status.ok())
    answer(std::move(status));
}

}  // namespace treatywire::query
