// Renders the overlays with kubectl and holds them to what an operator relies on. Then breaks them, one rule after the
// other, to see that each rule notices.
import {execFileSync} from 'node:child_process';
import {readFileSync, readdirSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const require = createRequire(join(process.env.MODULES, 'package.json'));
const YAML = require('yaml');
const deploy = join(dirname(fileURLToPath(import.meta.url)), '..');
const root = join(deploy, '..');

// What the programs say of themselves.
function flagsOf(program) {
  const help = execFileSync(join(process.env.BIN, program), ['--help'], {encoding: 'utf8'});
  const flags = new Map();
  for (const [, name, value] of help.matchAll(/^ {2}--(\w+) {2}\(default: "(.*)"\)$/gm)) flags.set(name, value);
  return flags;
}
// What the protos say.
function rpcsOf() {
  const rpcs = new Map();
  const folder = join(root, 'proto/treatywire/v1');
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.proto'))) {
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, service, body] of text.matchAll(/^service (\w+) \{(.*?)^\}/gms)) {
      rpcs.set(`treatywire.v1.${service}`, [...body.matchAll(/^ {2}rpc (\w+)\(/gm)].map((match) => match[1]));
    }
  }
  return rpcs;
}
const programs = {
  query: {flags: flagsOf('query_service'), target: 'query_service'},
  ingest: {flags: flagsOf('ingest_service'), target: 'ingest_service'},
};
const rpcs = rpcsOf();
const isIngest = (service) => service === 'treatywire.v1.IngestService';

function render(overlay) {
  const text = execFileSync('kubectl', ['kustomize', join(deploy, 'kubernetes', overlay)], {encoding: 'utf8'});
  return YAML.parseAllDocuments(text).map((document) => document.toJS());
}

const seconds = (text) => {
  const match = /^(?:(\d+)m)?(?:(\d+)s)?$/.exec(text === '0' ? '0s' : text);
  return match ? 60 * Number(match[1] ?? 0) + Number(match[2] ?? 0) : NaN;
};
const portOf = (listen) => Number(listen.slice(listen.lastIndexOf(':') + 1));
const isSubset = (part, whole) => Object.entries(part ?? {}).every(([key, value]) => whole?.[key] === value);
const nameOf = (object) => `${object.kind}/${object.metadata.name}`;

// Resources of operators, whose schemas are not at hand.
const isCustom = (object) => object.apiVersion.startsWith('monitoring.coreos.com/');

function schemaProblems(object) {
  if (isCustom(object)) return [];
  const [group, version] = object.apiVersion.includes('/') ? object.apiVersion.split('/') : ['', object.apiVersion];
  const model = require(`kubernetes-models/${group ? `${group}/` : ''}${version}/${object.kind}`)[object.kind];
  try {
    new model(object).validate();
    return [];
  } catch (error) {
    return [`is not valid: ${error.message}`];
  }
}

// The flags that a container is started with: those of its ConfigMap's file ("name = value"), and its arguments, which win.
function flagsGiven(container, template, objects) {
  const given = new Map();
  const problems = [];
  const add = (line, form) => {
    const match = form.exec(line);
    if (match) given.set(match[1], match[2]);
    else problems.push(`has "${line}", which sets no flag`);
  };
  const argument = /^--(\w+)=(.*)$/;
  const isConfig = (arg) => arg.startsWith('--config=');
  for (const path of (container.args ?? []).filter(isConfig).map((arg) => arg.slice('--config='.length))) {
    const mount = container.volumeMounts.find(({mountPath}) => path.startsWith(`${mountPath}/`));
    const volume = template.spec.volumes.find(({name}) => name === mount?.name);
    const map = objects.find((o) => o.kind === 'ConfigMap' && o.metadata.name === volume?.configMap?.name);
    const file = map?.data?.[path.slice((mount?.mountPath.length ?? 0) + 1)];
    if (file === undefined) problems.push(`reads flags from ${path}, which no ConfigMap has`);
    else file.split('\n').filter((line) => line && !line.startsWith('#')).forEach((line) => add(line, /^(\w+) = (.*)$/));
  }
  (container.args ?? []).filter((arg) => !isConfig(arg)).forEach((arg) => add(arg, argument));
  return {given, problems};
}

function containerProblems(container, template, objects) {
  const problems = [];
  const check = (holds, problem) => holds || problems.push(problem);
  const program = programs[container.name];
  if (!program) return [`has a container ${container.name} of no known program`];
  const flags = flagsGiven(container, template, objects);
  problems.push(...flags.problems);
  for (const name of flags.given.keys()) check(program.flags.has(name), `uses --${name}, which ${program.target} does not have`);
  const flag = (name) => flags.given.get(name) ?? program.flags.get(name);

  const port = portOf(flag('listen'));
  check(port === portOf(program.flags.get('listen')), `listens on ${port}, which is not the program's default port`);
  check(!flag('listen').startsWith('127.'), 'listens on the loopback address alone');
  check(flag('insecure') === 'true' || flag('tls_certificate'), 'does not start: plaintext to others must be wanted (insecure), or TLS configured');
  check(container.ports.some(({containerPort, name}) => containerPort === port && name === 'grpc'), `does not name port ${port} grpc`);
  for (const kind of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
    const probe = container[kind];
    check(probe?.grpc?.port === port, `has no gRPC ${kind} on port ${port}`);
    const service = probe?.grpc?.service ?? '';
    check(service === '' || (rpcs.has(service) && isIngest(service) === (container.name === 'ingest')),
      `asks in ${kind} for ${service}, which the program does not serve`);
  }
  check(container.readinessProbe?.grpc?.service, 'is ready whatever its service says: readinessProbe names none');
  check(template.spec.terminationGracePeriodSeconds > seconds(flag('drain_delay')) + seconds(flag('drain_grace')),
    'is killed before its drain ends: terminationGracePeriodSeconds');
  check(seconds(flag('drain_delay')) > 0, 'drains before its endpoints are gone: --drain_delay');
  if (container.name === 'ingest') {
    const target = /^dns:\/\/\/([\w-]+):(\d+)$/.exec(flag('query_service'));
    const service = objects.find((o) => o.kind === 'Service' && o.metadata.name === target?.[1]);
    check(service?.spec.ports.some((p) => p.port === Number(target[2])), `sends to ${flag('query_service')}, which no Service serves`);
    check(seconds(flag('max_delivery_wait')) < seconds(flag('drain_grace')), 'waits longer for the query service than it drains');
  }

  const {requests = {}, limits = {}} = container.resources ?? {};
  check(requests.memory && requests.memory === limits.memory, 'has another memory request than limit');
  check(requests.cpu && !limits.cpu, 'has no CPU request, or a CPU limit');
  const context = container.securityContext ?? {};
  check(context.readOnlyRootFilesystem === true, 'can write its root file system');
  check(context.allowPrivilegeEscalation === false, 'allows privilege escalation');
  check(context.capabilities?.drop?.includes('ALL') && !context.capabilities.add, 'keeps capabilities');
  const image = /^[^:@]+(\/[^:@]+)*(?::([\w.-]+))?(?:@sha256:[0-9a-f]{64})?$/.exec(container.image);
  const metrics = flags.given.get('metrics_listen');
  check(!metrics || container.ports.some(({name, containerPort}) => name === 'metrics' && containerPort === portOf(metrics)),
    `does not name the port of ${metrics} metrics`);
  check(image && (container.image.includes('@') || (image[2] && image[2] !== 'latest')), `has an image that is not pinned: ${container.image}`);
  check(container.image.includes(`/${program.target}`), `runs ${container.image}, not ${program.target}`);
  for (const {name} of container.volumeMounts ?? []) {
    const volume = template.spec.volumes?.some((v) => v.name === name);
    const claim = objects.some((o) => o.spec?.volumeClaimTemplates?.some((c) => c.metadata.name === name));
    check(volume || claim, `mounts ${name}, which is no volume`);
  }
  return problems;
}

function workloadProblems(workload, objects) {
  const {template} = workload.spec;
  const problems = [];
  const check = (holds, problem) => holds || problems.push(problem);
  const context = template.spec.securityContext ?? {};
  check(context.runAsNonRoot === true && context.runAsUser === 65532, 'does not run as 65532');
  check(context.seccompProfile?.type === 'RuntimeDefault', 'has no seccomp profile');
  check(!template.spec.hostNetwork && !template.spec.hostPID && !template.spec.hostIPC, 'shares the host\'s namespaces');
  check(template.spec.automountServiceAccountToken === false, 'mounts a service account token');
  check(objects.some((o) => o.kind === 'ServiceAccount' && o.metadata.name === template.spec.serviceAccountName), 'has no service account of its own');
  check(isSubset(workload.spec.selector.matchLabels, template.metadata.labels), 'does not select its own pods');
  for (const volume of template.spec.volumes ?? []) {
    check(!volume.hostPath, `mounts the host's ${volume.hostPath?.path}`);
    const map = volume.configMap?.name;
    check(!map || objects.some((o) => o.kind === 'ConfigMap' && o.metadata.name === map), `mounts the ConfigMap ${map}, which is not there`);
  }
  const budgets = objects.filter((o) => o.kind === 'PodDisruptionBudget' && isSubset(o.spec.selector.matchLabels, template.metadata.labels));
  check(budgets.length === 1, `has ${budgets.length} PodDisruptionBudgets`);
  check(budgets.every(({spec}) => spec.maxUnavailable === 1 && spec.unhealthyPodEvictionPolicy === 'AlwaysAllow'), 'can hold up the drain of a node');
  if (workload.kind === 'StatefulSet') {
    check(workload.spec.replicas === 1, 'has more than one writer of the event log');
    check(workload.spec.volumeClaimTemplates?.[0]?.spec.accessModes[0] === 'ReadWriteOncePod', 'lets two pods write the event log');
    check(objects.some((o) => o.kind === 'Service' && o.metadata.name === workload.spec.serviceName && o.spec.clusterIP === 'None'), 'has no headless Service');
  }
  for (const container of template.spec.containers) problems.push(...containerProblems(container, template, objects));
  return problems;
}

// Alerts: of metrics that the programs have, and told of in the README.
const sources = ['common', 'ingest_service', 'query_service'].flatMap((folder) => readdirSync(join(root, folder))
  .filter((name) => name.endsWith('.cc')).map((name) => readFileSync(join(root, folder, name), 'utf8'))).join('\n');
const readme = readFileSync(join(deploy, 'README.md'), 'utf8');
function alertProblems(rule) {
  const problems = [];
  for (const {alert, expr} of rule.spec.groups.flatMap(({rules}) => rules)) {
    for (const [, metric] of expr.matchAll(/\b((?:treatywire|grpc_server)_\w+?)(?:_bucket)?\b(?=[\s{)\[])/g)) {
      if (!sources.includes(`"${metric}"`)) problems.push(`alerts on ${metric}, which no program has`);
    }
    if (!readme.includes(`| ${alert} |`)) problems.push(`has the alert ${alert}, of which the README does not tell`);
  }
  return problems;
}

function selectorProblems(object, workloads) {
  if (object.kind === 'PrometheusRule') return alertProblems(object);
  const selector = {Service: object.spec?.selector, PodDisruptionBudget: object.spec?.selector?.matchLabels,
    NetworkPolicy: object.spec?.podSelector?.matchLabels}[object.kind];
  const selected = selector ? workloads.filter((w) => isSubset(selector, w.spec.template.metadata.labels)) : workloads;
  const problems = selected.length > 0 ? [] : ['selects no pod'];
  if (object.kind === 'Service') {
    for (const {port, targetPort} of object.spec.ports) {
      const ports = selected.flatMap((w) => w.spec.template.spec.containers.flatMap((c) => c.ports));
      if (!ports.some((p) => p.name === targetPort && p.containerPort === port)) problems.push(`leads port ${port} to ${targetPort}, which no pod has`);
    }
  }
  if (object.kind === 'HorizontalPodAutoscaler') {
    const target = workloads.find((w) => w.kind === object.spec.scaleTargetRef.kind && w.metadata.name === object.spec.scaleTargetRef.name);
    if (!target) problems.push('scales what is not there');
    else if (target.spec.replicas !== undefined) problems.push('scales what sets its own replicas');
  }
  return problems;
}

function problemsOf(objects) {
  const workloads = objects.filter((o) => o.spec?.template?.spec);
  const problems = [];
  for (const object of objects) {
    const own = [...schemaProblems(object), ...selectorProblems(object, workloads)];
    if (object.kind === 'Namespace' && object.metadata.labels?.['pod-security.kubernetes.io/enforce'] !== 'restricted') own.push('does not enforce restricted');
    if (object.spec?.template?.spec) own.push(...workloadProblems(object, objects));
    problems.push(...own.map((problem) => `${nameOf(object)} ${problem}`));
  }
  if (workloads.length !== 2) problems.push(`${workloads.length} workloads, not 2`);
  return problems;
}

function serviceConfigProblems(config) {
  const codes = new Set(['UNAVAILABLE', 'RESOURCE_EXHAUSTED']);
  const problems = [];
  for (const {name, retryPolicy} of config.methodConfig) {
    for (const {service, method} of name) {
      if (!rpcs.has(service)) problems.push(`service config: there is no ${service}`);
      else if (method && !rpcs.get(service).includes(method)) problems.push(`service config: ${service} has no ${method}`);
    }
    for (const code of retryPolicy.retryableStatusCodes) if (!codes.has(code)) problems.push(`service config: ${code} is not retried`);
  }
  return problems;
}

// Each must be noticed.
const breakages = {
  'an unknown field type': (o) => { o.deployment.spec.replicas = 'two'; },
  'a probe of another service': (o) => { o.ingest.readinessProbe.grpc.service = 'treatywire.v1.AgreementService'; },
  'a probe of no service': (o) => { o.query.startupProbe.grpc.service = 'treatywire.v1.Nothing'; },
  'a probe of another port': (o) => { o.query.livenessProbe.grpc.port = 1; },
  'an unknown flag': (o) => { o.ingest.args.push('--bogus=1'); },
  'another port': (o) => { o.ingest.args.push('--listen=[::]:1234'); },
  'plaintext that nobody wanted': (o) => { o.ingest.args.push('--insecure=false'); },
  'a short grace period': (o) => { o.deployment.spec.template.spec.terminationGracePeriodSeconds = 30; },
  'root': (o) => { o.statefulSet.spec.template.spec.securityContext.runAsUser = 0; },
  'a writable root': (o) => { o.query.securityContext.readOnlyRootFilesystem = false; },
  'capabilities': (o) => { delete o.query.securityContext.capabilities; },
  'the image latest': (o) => { o.query.image = 'treatywire/query_service:latest'; },
  'an image without tag': (o) => { o.query.image = 'treatywire/query_service'; },
  'a CPU limit': (o) => { o.query.resources.limits.cpu = '1'; },
  'unequal memory': (o) => { o.query.resources.limits.memory = '9Gi'; },
  'a selector of nothing': (o) => { o.service.spec.selector['app.kubernetes.io/name'] = 'nobody'; },
  'a lost ConfigMap': (o) => { o.objects.splice(o.objects.findIndex(({kind}) => kind === 'ConfigMap'), 1); },
  'two writers': (o) => { o.statefulSet.spec.replicas = 2; },
  'a budget that blocks': (o) => { o.budget.spec.maxUnavailable = 0; },
  'a query service elsewhere': (o) => { o.ingest.args.push('--query_service=dns:///elsewhere:50052'); },
};
function parts(objects) {
  const find = (kind) => objects.find((o) => o.kind === kind);
  const deployment = find('Deployment');
  const statefulSet = find('StatefulSet');
  return {objects, deployment, statefulSet, service: find('Service'), budget: find('PodDisruptionBudget'),
    ingest: deployment.spec.template.spec.containers[0], query: statefulSet.spec.template.spec.containers[0]};
}

let failed = 0;
const report = (problem) => { console.error(`check: ${problem}`); failed++; };
for (const overlay of ['base', ...readdirSync(join(deploy, 'kubernetes/overlays')).map((name) => `overlays/${name}`)]) {
  const objects = render(overlay);
  const problems = problemsOf(objects);
  problems.forEach((problem) => report(`${overlay}: ${problem}`));
  console.log(`check: ${overlay}: ${objects.length} objects, ${problems.length} problems`);
}
serviceConfigProblems(JSON.parse(readFileSync(join(deploy, 'client/service_config.json'), 'utf8'))).forEach(report);
const containerfile = readFileSync(join(deploy, 'image/Containerfile'), 'utf8');
for (const {flags, target} of Object.values(programs)) {
  const stage = containerfile.slice(containerfile.indexOf(`AS ${target}`));
  if (Number(/EXPOSE (\d+)/.exec(stage)[1]) !== portOf(flags.get('listen'))) report(`the image of ${target} exposes another port`);
  if (!/USER 65532:65532/.test(stage)) report(`the image of ${target} runs as root`);
}
for (const [name, breakIt] of Object.entries(breakages)) {
  const objects = render('base');
  breakIt(parts(objects));
  if (problemsOf(objects).length === 0) report(`nobody notices ${name}`);
}
console.log(`check: ${Object.keys(breakages).length} ways to break it tried`);
const alerts = render('overlays/production').find(({kind}) => kind === 'PrometheusRule');
alerts.spec.groups[0].rules[0].expr = 'treatywire_nothing == 0';
alerts.spec.groups[0].rules[1].alert = 'TreatywireUntold';
if (alertProblems(alerts).length !== 2) report('nobody notices an alert on nothing, or one untold');
process.exit(failed ? 1 : 0);
