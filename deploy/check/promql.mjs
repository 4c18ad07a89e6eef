// Expressions of alerts and panels, held to the series that the programs export.
import {pathToFileURL} from 'node:url';
import {createRequire} from 'node:module';
import {join} from 'node:path';

const require = createRequire(join(process.env.MODULES, 'package.json'));
const {parser} = await import(pathToFileURL(require.resolve('@prometheus-io/lezer-promql')));

// Labels that Prometheus adds to what it scrapes, and of a histogram's buckets.
const ofTheTarget = new Set(['namespace', 'pod', 'service', 'container', 'endpoint', 'job', 'instance']);
const codes = new Set(['OK', 'CANCELLED', 'UNKNOWN', 'INVALID_ARGUMENT', 'DEADLINE_EXCEEDED', 'NOT_FOUND', 'ALREADY_EXISTS',
  'PERMISSION_DENIED', 'RESOURCE_EXHAUSTED', 'FAILED_PRECONDITION', 'ABORTED', 'OUT_OF_RANGE', 'UNIMPLEMENTED', 'INTERNAL',
  'UNAVAILABLE', 'DATA_LOSS', 'UNAUTHENTICATED']);
// Outcomes that no article of the examples has: of ingest_server.cc.
const outcomes = new Set(['INGESTED', 'ALREADY_PRESENT', ...codes]);

function matcherProblems(selector, name, labels, text) {
  const problems = [];
  for (const matcher of selector.getChildren('LabelMatchers').flatMap((all) => all.getChildren('UnquotedLabelMatcher'))) {
    const [, label, value] = /^(\w+)\s*(?:=~|!~|!=|=)\s*"(.*)"$/s.exec(text(matcher)) ?? [];
    if (ofTheTarget.has(label)) continue;
    if (!labels.has(label)) problems.push(`${name} has no label ${label}`);
    else {
      const known = label === 'grpc_code' ? codes : name === 'treatywire_articles_total' && label === 'outcome' ? outcomes : labels.get(label);
      for (const one of value.split('|')) if (!known.has(one)) problems.push(`${name} is never ${label}="${one}"`);
    }
  }
  return problems;
}

// What is wrong with the expression `source`, whose answers are told apart by `legend`'s labels ("{{outcome}}").
export function expressionProblems(source, series, legend = '') {
  const expression = source.replaceAll('$__rate_interval', '5m');
  const text = (node) => expression.slice(node.from, node.to);
  const problems = [];
  const labels = new Set();
  const grouped = [];
  parser.parse(expression).iterate({enter({type, node}) {
    if (type.isError) problems.push(`is no PromQL at "${expression.slice(node.from, node.from + 20)}"`);
    if (type.name === 'GroupingLabels') grouped.push(...text(node).replace(/[()\s]/g, '').split(','));
    if (type.name !== 'VectorSelector') return;
    const name = text(node.getChild('Identifier'));
    if (!series.has(name)) problems.push(`asks for ${name}, which no program exports`);
    else {
      for (const label of series.get(name).keys()) labels.add(label);
      problems.push(...matcherProblems(node, name, series.get(name), text));
    }
  }});
  for (const label of [...grouped, ...[...legend.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1])]) {
    if (!labels.has(label) && !ofTheTarget.has(label)) problems.push(`tells apart by ${label}, which nothing in it has`);
  }
  return problems.map((problem) => `${problem}: ${source}`);
}

// Of the panels and variables of a Grafana dashboard.
export function dashboardProblems(dashboard, series) {
  const problems = [];
  const ids = new Set();
  for (const {id, type, title, targets = []} of dashboard.panels) {
    if (ids.has(id)) problems.push(`has two panels ${id}`);
    ids.add(id);
    if (type !== 'row' && targets.length === 0) problems.push(`shows nothing in "${title}"`);
    for (const {expr, legendFormat} of targets) problems.push(...expressionProblems(expr, series, legendFormat));
  }
  for (const {query} of dashboard.templating.list) {
    const metric = /^label_values\((\w+),/.exec(query.query ?? '');
    if (metric && !series.has(metric[1])) problems.push(`chooses by ${metric[1]}, which no program exports`);
  }
  return problems;
}
