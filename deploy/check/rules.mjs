// What an operator relies on: what is wrong with a rendered set of objects, one line for each fault.
import {readFileSync} from 'node:fs';
import {basename, join} from 'node:path';

import {deploy, flagsOf, servicesOf} from './programs.mjs';
import {dashboardProblems, expressionProblems} from './promql.mjs';
import {valueProblems} from './schema.mjs';

export const programs = {
  query: {flags: flagsOf('query_service'), target: 'query_service'},
  ingest: {flags: flagsOf('ingest_service'), target: 'ingest_service'},
};
const services = servicesOf();
const readme = readFileSync(join(deploy, 'README.md'), 'utf8');

export const portOf = (listen) => Number(listen.slice(listen.lastIndexOf(':') + 1));
const seconds = (text) => {
  const match = /^(?:(\d+)m)?(?:(\d+)s)?$/.exec(text === '0' ? '0s' : text);
  return match ? 60 * Number(match[1] ?? 0) + Number(match[2] ?? 0) : NaN;
};
const bytes = (text) => {
  const [, number, unit] = /^(\d+)(Ki|Mi|Gi|Ti)?$/.exec(text) ?? [];
  return Number(number) * 1024 ** ['', 'Ki', 'Mi', 'Gi', 'Ti'].indexOf(unit ?? '');
};
const isSubset = (part, whole) => Object.entries(part ?? {}).every(([key, value]) => whole?.[key] === value);
const nameOf = (object) => `${object.kind}/${object.metadata.name}`;

// Collects what does not hold.
function checker() {
  const problems = [];
  return {problems, check: (holds, problem) => { if (!holds) problems.push(problem); }};
}

// The volume that has `path` in a container.
function volumeOf(path, container, template) {
  const mount = container.volumeMounts?.find(({mountPath}) => path.startsWith(`${mountPath}/`));
  return {volume: template.spec.volumes?.find(({name}) => name === mount?.name), key: path.slice((mount?.mountPath.length ?? 0) + 1)};
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
  const isConfig = (arg) => arg.startsWith('--config=');
  for (const path of (container.args ?? []).filter(isConfig).map((arg) => arg.slice('--config='.length))) {
    const {volume, key} = volumeOf(path, container, template);
    const map = objects.find((o) => o.kind === 'ConfigMap' && o.metadata.name === volume?.configMap?.name);
    const file = map?.data?.[key];
    if (file === undefined) problems.push(`reads flags from ${path}, which no ConfigMap has`);
    else file.split('\n').filter((line) => line && !line.startsWith('#')).forEach((line) => add(line, /^(\w+) = (.*)$/));
  }
  (container.args ?? []).filter((arg) => !isConfig(arg)).forEach((arg) => add(arg, /^--(\w+)=(.*)$/));
  return {given, problems};
}

// The workload, container and flags (given, else the default) of the program `name`.
function deployed(name, objects) {
  const workload = objects.find((o) => o.spec?.template?.spec?.containers?.some((c) => c.name === name));
  const container = workload?.spec.template.spec.containers.find((c) => c.name === name);
  if (!container) return undefined;
  const {given, problems} = flagsGiven(container, workload.spec.template, objects);
  return {template: workload.spec.template, container, given, problems, flag: (flag) => given.get(flag) ?? programs[name].flags.get(flag)};
}

// Files that flags name are those of Secrets, under the names that cert-manager and component auth give them.
const fileFlags = {
  tls_certificate: 'tls.crt', tls_key: 'tls.key', tls_client_authorities: 'ca.crt', query_authorities: 'ca.crt',
  query_certificate: 'tls.crt', query_key: 'tls.key', access_file: 'access', query_token_file: 'token',
};
function secretProblems({container, template, given}) {
  const {problems, check} = checker();
  for (const [flag, key] of Object.entries(fileFlags)) {
    const path = given.get(flag);
    if (!path) continue;
    const {volume} = volumeOf(path, container, template);
    check(volume?.secret && basename(path) === key, `reads --${flag} from ${path}, which is no ${key} of a Secret`);
    check(!volume?.secret || (volume.secret.defaultMode & 0o007) === 0, `lets everybody read the Secret ${volume?.secret?.secretName}`);
    check(template.spec.securityContext?.fsGroup === 65532, 'cannot read its Secrets: no fsGroup');
  }
  return problems;
}

// Who speaks TLS, who asks for what, and whether the other side has it.
function transportProblems(objects) {
  const {problems, check} = checker();
  const query = deployed('query', objects);
  const ingest = deployed('ingest', objects);
  if (!query || !ingest) return ['is not both services'];
  for (const [name, {flag}] of Object.entries({query, ingest})) {
    const encrypted = flag('tls_certificate') !== '';
    check((flag('insecure') === 'true') !== encrypted, `${name} does not start: plaintext to others must be wanted (insecure), or else TLS`);
    check(encrypted === (flag('tls_key') !== ''), `${name} has a certificate without key, or a key without certificate`);
    check(encrypted || !flag('access_file'), `${name} has an access file without TLS`);
    const protocol = encrypted ? 'https' : 'kubernetes.io/h2c';
    for (const service of objects.filter((o) => o.kind === 'Service' && o.spec.selector['app.kubernetes.io/name'] === `treatywire-${name}`)) {
      const port = service.spec.ports.find((p) => p.name === 'grpc');
      check(port?.appProtocol === protocol, `${nameOf(service)} says ${port?.appProtocol}, and speaks ${protocol}`);
    }
  }
  check((query.flag('tls_certificate') !== '') === (ingest.flag('query_authorities') !== ''), 'ingest and query do not agree on TLS');
  check(!query.flag('access_file') || ingest.flag('query_token_file') || ingest.flag('query_certificate'), 'ingest shows nothing that the access file could know it by');
  check(!query.flag('tls_client_authorities') || ingest.flag('query_certificate'), 'ingest has no certificate for a query service that asks');
  problems.push(...secretProblems(query), ...secretProblems(ingest));
  return problems;
}

// Certificates of cert-manager: into the Secrets that are mounted, for the names that clients call.
function certificateProblems(objects) {
  const certificates = objects.filter((o) => o.kind === 'Certificate');
  if (certificates.length === 0) return [];
  const {problems, check} = checker();
  const issuers = objects.filter((o) => o.kind === 'Issuer');
  for (const {metadata, spec} of certificates) {
    check(issuers.some((o) => o.kind === spec.issuerRef.kind && o.metadata.name === spec.issuerRef.name), `nobody issues ${metadata.name}`);
  }
  for (const {spec} of issuers) check(!spec.ca || certificates.some((c) => c.spec.isCA && c.spec.secretName === spec.ca.secretName), 'an authority has no certificate');
  for (const name of ['query', 'ingest']) {
    const {container, template, flag} = deployed(name, objects);
    const secret = volumeOf(flag('tls_certificate'), container, template).volume?.secret?.secretName;
    const certificate = certificates.find(({spec}) => spec.secretName === secret);
    check(certificate, `nothing makes ${name}'s Secret ${secret}`);
    const namesCalled = objects.filter((o) => o.kind === 'Service' && o.spec.selector['app.kubernetes.io/name'] === `treatywire-${name}`)
      .flatMap(({metadata: {name: service, namespace}}) => [service, `${service}.${namespace}`, `${service}.${namespace}.svc`, `${service}.${namespace}.svc.cluster.local`]);
    for (const called of namesCalled) check(certificate?.spec.dnsNames.includes(called), `${name}'s certificate is not for ${called}`);
    for (const usage of ['server auth', ...(flag('query_certificate') ? ['client auth'] : [])]) check(certificate?.spec.usages.includes(usage), `${name}'s certificate is not for ${usage}`);
  }
  return problems;
}

function probeProblems(name, {container, flag, template}) {
  const {problems, check} = checker();
  const health = flag('health_listen');
  check(health || !flag('tls_certificate'), 'has no plaintext port for probes, which speak no TLS: --health_listen');
  check(!health || container.ports.some((p) => p.name === 'health' && p.containerPort === portOf(health)), `does not name ${health} health`);
  const port = portOf(health || flag('listen'));
  for (const kind of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
    const probe = container[kind];
    check(probe?.grpc?.port === port, `has no gRPC ${kind} on port ${port}`);
    const service = probe?.grpc?.service ?? '';
    check(service === '' || service === 'grpc.health.v1.Health' || (services.has(service) && (service === 'treatywire.v1.IngestService') === (name === 'ingest')),
      `asks in ${kind} for ${service}, which the program does not serve`);
  }
  check(services.has(container.readinessProbe?.grpc?.service), 'is ready whatever its service says');
  check(container.livenessProbe?.grpc?.service === 'grpc.health.v1.Health', 'is restarted for what its service says');
  const drain = seconds(flag('drain_delay')) + seconds(flag('drain_grace'));
  check(template.spec.terminationGracePeriodSeconds > drain, 'is killed before its drain ends: terminationGracePeriodSeconds');
  // NOT_SERVING while it drains must not have it killed.
  const liveness = container.livenessProbe ?? {};
  check(liveness.periodSeconds * (liveness.failureThreshold - 1) > drain, 'is killed by its liveness probe while it drains');
  check(seconds(flag('drain_delay')) > 0, 'drains before its endpoints are gone: --drain_delay');
  return problems;
}

function confinementProblems(container) {
  const {problems, check} = checker();
  const {requests = {}, limits = {}} = container.resources ?? {};
  check(requests.memory && requests.memory === limits.memory, 'has another memory request than limit');
  check(requests.cpu && !limits.cpu, 'has no CPU request, or a CPU limit');
  const context = container.securityContext ?? {};
  check(context.readOnlyRootFilesystem === true, 'can write its root file system');
  check(context.allowPrivilegeEscalation === false, 'allows privilege escalation');
  check(context.capabilities?.drop?.includes('ALL') && !context.capabilities.add, 'keeps capabilities');
  return problems;
}

function imageProblems({image}) {
  const [, tag, digest] = /^(?:[^:@]+|[^/@]+:\d+\/[^:@]+)(?::([\w.-]+))?(@sha256:[0-9a-f]{64})?$/.exec(image) ?? [];
  return digest || (tag && tag !== 'latest') ? [] : [`has an image that is not pinned: ${image}`];
}

function containerProblems(container, template, workload, objects) {
  const {problems, check} = checker();
  const program = programs[container.name];
  if (!program) return [`has a container ${container.name} of no known program`];
  const self = deployed(container.name, objects);
  const {flag, given} = self;
  problems.push(...self.problems, ...probeProblems(container.name, self), ...confinementProblems(container));
  for (const name of given.keys()) check(program.flags.has(name), `uses --${name}, which ${program.target} does not have`);
  const port = portOf(flag('listen'));
  check(port === portOf(program.flags.get('listen')), `listens on ${port}, which is not the program's default port`);
  check(!flag('listen').startsWith('127.'), 'listens on the loopback address alone');
  check(container.ports.some(({containerPort, name}) => containerPort === port && name === 'grpc'), `does not name port ${port} grpc`);
  if (container.name === 'ingest') {
    const [, host, targetPort] = /^dns:\/\/\/([\w-]+):(\d+)$/.exec(flag('query_service')) ?? [];
    const service = objects.find((o) => o.kind === 'Service' && o.metadata.name === host);
    check(service?.spec.ports.some((p) => p.port === Number(targetPort)), `sends to ${flag('query_service')}, which no Service serves`);
    check(seconds(flag('max_delivery_wait')) < seconds(flag('drain_grace')), 'waits longer for the query service than it drains');
  } else {
    const size = bytes(workload.spec.volumeClaimTemplates?.[0]?.spec.resources.requests.storage ?? '0');
    const most = Number(flag('max_log_bytes'));
    check(most > size / 2 && most <= size * 0.95, `fills its volume: --max_log_bytes is ${most} of ${size}`);
  }
  problems.push(...imageProblems(container));
  check(container.image.includes(`/${program.target}`), `runs ${container.image}, not ${program.target}`);
  const metrics = flag('metrics_listen');
  check(!metrics || container.ports.some(({name, containerPort}) => name === 'metrics' && containerPort === portOf(metrics)), 'does not name its metrics port');
  for (const {name} of container.volumeMounts ?? []) {
    const claim = workload.spec.volumeClaimTemplates?.some((c) => c.metadata.name === name);
    check(template.spec.volumes?.some((v) => v.name === name) || claim, `mounts ${name}, which is no volume`);
  }
  return problems;
}

function podProblems(template, objects) {
  const {problems, check} = checker();
  const context = template.spec.securityContext ?? {};
  check(context.runAsNonRoot === true && context.runAsUser === 65532, 'does not run as 65532');
  check(context.seccompProfile?.type === 'RuntimeDefault', 'has no seccomp profile');
  check(!template.spec.hostNetwork && !template.spec.hostPID && !template.spec.hostIPC, 'shares the host\'s namespaces');
  check(template.spec.automountServiceAccountToken === false, 'mounts a service account token');
  for (const volume of template.spec.volumes ?? []) {
    check(volume.configMap || volume.secret || volume.emptyDir || volume.persistentVolumeClaim, `mounts ${volume.name}, which restricted pods may not`);
    const map = volume.configMap?.name;
    check(!map || objects.some((o) => o.kind === 'ConfigMap' && o.metadata.name === map), `mounts the ConfigMap ${map}, which is not there`);
  }
  return problems;
}

function workloadProblems(workload, objects) {
  const {template} = workload.spec;
  const {problems, check} = checker();
  problems.push(...podProblems(template, objects));
  check(objects.some((o) => o.kind === 'ServiceAccount' && o.metadata.name === template.spec.serviceAccountName), 'has no service account of its own');
  check(isSubset(workload.spec.selector.matchLabels, template.metadata.labels), 'does not select its own pods');
  for (const {labelSelector} of template.spec.topologySpreadConstraints ?? []) check(isSubset(labelSelector.matchLabels, template.metadata.labels), 'spreads others\' pods');
  const budgets = objects.filter((o) => o.kind === 'PodDisruptionBudget' && isSubset(o.spec.selector.matchLabels, template.metadata.labels));
  check(budgets.length === 1, `has ${budgets.length} PodDisruptionBudgets`);
  check(budgets.every(({spec}) => spec.maxUnavailable === 1 && spec.unhealthyPodEvictionPolicy === 'AlwaysAllow'), 'can hold up the drain of a node');
  if (workload.kind === 'StatefulSet') {
    check(workload.spec.replicas === 1, 'has more than one writer of the event log');
    check(workload.spec.volumeClaimTemplates?.[0]?.spec.accessModes[0] === 'ReadWriteOncePod', 'lets two pods write the event log');
    check(template.spec.securityContext?.fsGroupChangePolicy === 'OnRootMismatch', 'walks over its volume at every start');
    check(workload.spec.persistentVolumeClaimRetentionPolicy?.whenDeleted === 'Retain', 'loses the record when it is deleted');
    check(objects.some((o) => o.kind === 'Service' && o.metadata.name === workload.spec.serviceName && o.spec.clusterIP === 'None'), 'has no headless Service');
  }
  for (const container of template.spec.containers) problems.push(...containerProblems(container, template, workload, objects));
  return problems;
}

const portsOf = (workloads) => workloads.flatMap((w) => w.spec.template.spec.containers.flatMap((c) => c.ports));

// What each kind must find among the pods that it selects.
const byKind = {
  Service(object, {selected}) {
    const {problems, check} = checker();
    for (const {port, targetPort} of object.spec.ports) {
      check(portsOf(selected).some((p) => p.name === targetPort && p.containerPort === port), `leads port ${port} to ${targetPort}, which no pod has`);
      check(targetPort !== 'health', 'serves the probes\' plaintext port to others');
    }
    return problems;
  },
  NetworkPolicy(object, {selected, objects}) {
    const {problems, check} = checker();
    for (const {port} of (object.spec.ingress ?? []).flatMap(({ports}) => ports)) {
      check(portsOf(selected).some((p) => p.name === port || (p.containerPort === port)) || port === 9464, `lets in at ${port}, which no pod has`);
    }
    const denied = objects.some((o) => o.kind === 'NetworkPolicy' && !o.spec.podSelector.matchLabels && !o.spec.ingress && !o.spec.egress &&
      o.spec.policyTypes.includes('Ingress') && o.spec.policyTypes.includes('Egress'));
    check(denied, 'lets in and out besides what nobody denies by default');
    return problems;
  },
  HorizontalPodAutoscaler(object, {workloads}) {
    const {problems, check} = checker();
    const target = workloads.find((w) => w.kind === object.spec.scaleTargetRef.kind && w.metadata.name === object.spec.scaleTargetRef.name);
    check(target, 'scales what is not there');
    check(target?.kind === 'Deployment' && target.spec.replicas === undefined, 'scales what sets its own replicas');
    return problems;
  },
  ServiceMonitor(object, {objects, workloads}) {
    const {problems, check} = checker();
    const monitored = objects.filter((o) => o.kind === 'Service' && isSubset(object.spec.selector.matchLabels, o.metadata.labels));
    for (const {port} of object.spec.endpoints) {
      const leading = monitored.filter((o) => o.spec.ports.some((p) => p.name === port));
      for (const workload of workloads) {
        const times = leading.filter((o) => isSubset(o.spec.selector, workload.spec.template.metadata.labels)).length;
        check(times === 1, `scrapes the pods of ${workload.metadata.name} ${times} times`);
      }
    }
    return problems;
  },
  PrometheusRule(object, {series}) {
    const {problems, check} = checker();
    for (const {alert, expr} of object.spec.groups.flatMap(({rules}) => rules)) {
      problems.push(...expressionProblems(expr, series).map((problem) => `${alert} ${problem}`));
      check(readme.includes(`| ${alert} |`), `has the alert ${alert}, of which the README does not tell`);
    }
    return problems;
  },
  ConfigMap(object, {series}) {
    if (object.metadata.labels?.grafana_dashboard !== '1') return [];
    return Object.values(object.data).flatMap((text) => dashboardProblems(JSON.parse(text), series));
  },
  // The shell for restores.
  Pod(object, {objects}) {
    const [container] = object.spec.containers;
    const claims = object.spec.volumes.map((volume) => volume.persistentVolumeClaim?.claimName);
    return [...podProblems(object, objects), ...confinementProblems(container), ...imageProblems(container),
      ...(claims.includes('record-treatywire-query-0') ? [] : ['does not mount the record'])];
  },
  Namespace(object) {
    return object.metadata.labels?.['pod-security.kubernetes.io/enforce'] === 'restricted' ? [] : ['does not enforce restricted'];
  },
};

function objectProblems(object, context) {
  const {workloads} = context;
  const selector = {Service: object.spec?.selector, PodDisruptionBudget: object.spec?.selector?.matchLabels,
    NetworkPolicy: object.spec?.podSelector?.matchLabels}[object.kind];
  const selected = selector ? workloads.filter((w) => isSubset(selector, w.spec.template.metadata.labels)) : workloads;
  const problems = selected.length > 0 ? [] : ['selects no pod'];
  problems.push(...(byKind[object.kind]?.(object, {...context, selected}) ?? []));
  if (workloads.includes(object)) problems.push(...workloadProblems(object, context.objects));
  return problems;
}

// `series` as exportedSeries gives them.
export async function problemsOf(objects, series) {
  const workloads = objects.filter((o) => o.spec?.template?.spec);
  const problems = [...transportProblems(objects), ...certificateProblems(objects)];
  for (const object of objects) {
    const own = [...await valueProblems(object), ...objectProblems(object, {objects, workloads, series})];
    problems.push(...own.map((problem) => `${nameOf(object)} ${problem}`));
  }
  if (workloads.length !== 2) problems.push(`${workloads.length} workloads, not 2`);
  return problems;
}
