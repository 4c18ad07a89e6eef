// Ways to break the manifests, each of which must be noticed.
const last = (list) => list[list.length - 1];

// The objects by what they are, for the breakages to reach them.
export function parts(objects) {
  const find = (kind, name) => objects.find((o) => o.kind === kind && (!name || o.metadata.name === name));
  const deployment = find('Deployment');
  const statefulSet = find('StatefulSet');
  return {objects, deployment, statefulSet, find, service: find('Service'), budget: find('PodDisruptionBudget'),
    ingest: deployment.spec.template.spec.containers[0], query: statefulSet.spec.template.spec.containers[0]};
}
const drop = (list, matches) => list.splice(list.findIndex(matches), 1);
const dropArg = (container, start) => drop(container.args, (arg) => arg.startsWith(start));

// Of the base.
export const ofBase = {
  'a value of another type': (o) => { o.deployment.spec.replicas = 'two'; },
  'an unknown field': (o) => { o.deployment.spec.template.spec.terminationGraceSeconds = 55; },
  'a probe of another service': (o) => { o.ingest.readinessProbe.grpc.service = 'treatywire.v1.AgreementService'; },
  'a probe of no service': (o) => { o.query.startupProbe.grpc.service = 'treatywire.v1.Nothing'; },
  'a probe of another port': (o) => { o.query.livenessProbe.grpc.port = 1; },
  'a readiness probe of the process alone': (o) => { o.query.readinessProbe.grpc.service = 'grpc.health.v1.Health'; },
  'a liveness probe of the service': (o) => { o.query.livenessProbe.grpc.service = ''; },
  'a liveness probe that ends a drain': (o) => { o.ingest.livenessProbe.failureThreshold = 2; },
  'an unknown flag': (o) => { o.ingest.args.push('--bogus=1'); },
  'another port': (o) => { o.ingest.args.push('--listen=[::]:1234'); },
  'plaintext that nobody wanted': (o) => { o.ingest.args.push('--insecure=false'); },
  'an access file without TLS': (o) => { o.query.args.push('--access_file=/etc/treatywire/access'); },
  'a short grace period': (o) => { o.deployment.spec.template.spec.terminationGracePeriodSeconds = 30; },
  'root': (o) => { o.statefulSet.spec.template.spec.securityContext.runAsUser = 0; },
  'a writable root': (o) => { o.query.securityContext.readOnlyRootFilesystem = false; },
  'capabilities': (o) => { delete o.query.securityContext.capabilities; },
  'the host\'s files': (o) => { o.deployment.spec.template.spec.volumes.push({name: 'host', hostPath: {path: '/'}}); },
  'the image latest': (o) => { o.query.image = 'treatywire/query_service:latest'; },
  'an image without tag': (o) => { o.query.image = 'treatywire/query_service'; },
  'an image of a registry with port, without tag': (o) => { o.query.image = 'registry:5000/treatywire/query_service'; },
  'a CPU limit': (o) => { o.query.resources.limits.cpu = '1'; },
  'unequal memory': (o) => { o.query.resources.limits.memory = '9Gi'; },
  'a log larger than its volume': (o) => { o.query.args.push('--max_log_bytes=10737418240'); },
  'a log without end': (o) => { o.query.args.push('--max_log_bytes=0'); },
  'a selector of nothing': (o) => { o.service.spec.selector['app.kubernetes.io/name'] = 'nobody'; },
  'a lost ConfigMap': (o) => { drop(o.objects, ({kind}) => kind === 'ConfigMap'); },
  'two writers': (o) => { o.statefulSet.spec.replicas = 2; },
  'a volume for two pods': (o) => { o.statefulSet.spec.volumeClaimTemplates[0].spec.accessModes = ['ReadWriteOnce']; },
  'a budget that blocks': (o) => { o.budget.spec.maxUnavailable = 0; },
  'a query service elsewhere': (o) => { o.ingest.args.push('--query_service=dns:///elsewhere:50052'); },
};

// Of the overlay production.
export const ofProduction = {
  'probes of a TLS port': (o) => { dropArg(o.query, '--health_listen'); },
  'TLS on one side alone': (o) => { dropArg(o.ingest, '--query_authorities'); },
  'a certificate without key': (o) => { dropArg(o.ingest, '--tls_key'); },
  'an access file and nothing to show': (o) => { dropArg(o.ingest, '--query_token_file'); dropArg(o.ingest, '--query_certificate'); },
  'plaintext announced for TLS': (o) => { o.service.spec.ports[0].appProtocol = 'kubernetes.io/h2c'; },
  'a key that everybody reads': (o) => { o.statefulSet.spec.template.spec.volumes.find(({name}) => name === 'tls').secret.defaultMode = 0o444; },
  'a Secret that nobody may read': (o) => { delete o.deployment.spec.template.spec.securityContext.fsGroup; },
  'a Secret that nothing makes': (o) => { o.find('Certificate', 'treatywire-ingest').spec.secretName = 'other'; },
  'a certificate for other names': (o) => { o.find('Certificate', 'treatywire-query').spec.dnsNames = ['query']; },
  'a certificate that clients may not show': (o) => { o.find('Certificate', 'treatywire-ingest').spec.usages = ['server auth']; },
  'a certificate that nobody issues': (o) => { drop(o.objects, ({kind, metadata}) => kind === 'Issuer' && metadata.name === 'treatywire'); },
  'probes\' port for all': (o) => { o.service.spec.ports.push({name: 'health', port: 50050, targetPort: 'health'}); },
  'no default deny': (o) => { drop(o.objects, ({kind, metadata}) => kind === 'NetworkPolicy' && metadata.name === 'default-deny'); },
  'a scaler of fixed replicas': (o) => { o.deployment.spec.replicas = 2; },
  'metrics that nobody scrapes': (o) => { o.find('ServiceMonitor').spec.endpoints[0].port = 'other'; },
  'pods scraped twice': (o) => { o.find('Service', 'treatywire-query').spec.ports.push({name: 'metrics', port: 9464, targetPort: 'metrics'}); },
  'an alert on nothing': (o) => { o.find('PrometheusRule').spec.groups[0].rules[0].expr = 'treatywire_nothing == 0'; },
  'an alert that is no PromQL': (o) => { o.find('PrometheusRule').spec.groups[0].rules[0].expr = 'treatywire_ready == ('; },
  'an alert on an unknown label': (o) => { o.find('PrometheusRule').spec.groups[0].rules[0].expr = 'grpc_server_handled_total{code="OK"} > 0'; },
  'an alert on a code that there is not': (o) => { o.find('PrometheusRule').spec.groups[0].rules[0].expr = 'grpc_server_handled_total{grpc_code="FINE"} > 0'; },
  'an alert untold': (o) => { last(o.find('PrometheusRule').spec.groups[0].rules).alert = 'TreatywireUntold'; },
  'a panel of nothing': (o) => {
    const {data} = o.find('ConfigMap', 'treatywire-dashboard');
    data['treatywire.json'] = data['treatywire.json'].replace('treatywire_queued_reads', 'treatywire_queued_writes');
  },
};
