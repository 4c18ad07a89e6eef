// compare.mjs TREATYWIRE_EXTRACT ARTICLES.jsonl: MB/s of each, taking turns, medians of five, and what each finds.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as chrono from 'chrono-node';
import nlp from 'compromise';
import winkNLP from 'wink-nlp';
import model from 'wink-eng-lite-web-model';

const [program, path] = process.argv.slice(2);
const input = readFileSync(path);
const articles = input.toString().trim().split('\n').map((line) => JSON.parse(line));
const megabytes = articles.reduce((sum, article) => sum + Buffer.byteLength(article.body), 0) / 1e6;
const wink = winkNLP(model);
const its = wink.its;

const peers = {
  // One thread, as a process: with its start and with JSON in and out.
  'treatywire-extract': () => {
    const run = spawnSync(program, ['--threads=1'], { input, maxBuffer: 1 << 30 });
    if (run.status !== 0) throw new Error(`${program}: ${run.stderr}`);
    let events = 0;
    let dates = 0;
    for (const line of run.stdout.toString().trim().split('\n')) {
      for (const event of JSON.parse(line).events ?? []) {
        ++events;
        if (event.date) ++dates;
      }
    }
    return `${events} events of agreements with parties and evidence, ${dates} of them dated`;
  },
  'wink-nlp': () => {
    let sentences = 0;
    let entities = 0;
    for (const { body } of articles) {
      const document = wink.readDoc(body);
      sentences += document.sentences().length();
      entities += document.entities().out(its.type).length;
    }
    return `${sentences} sentences, ${entities} entities (dates, numbers, times)`;
  },
  compromise: () => {
    let verbs = 0;
    let places = 0;
    for (const { body } of articles) {
      const document = nlp(body);
      verbs += document.verbs().length;
      places += document.places().length;
    }
    return `${verbs} verb phrases, ${places} places`;
  },
  'chrono-node': () => {
    let dates = 0;
    for (const { body } of articles) dates += chrono.parse(body, new Date('2025-12-06T12:00:00Z')).length;
    return `${dates} dates`;
  },
};

const rounds = 5;
const seconds = Object.fromEntries(Object.keys(peers).map((name) => [name, []]));
const found = {};
for (let round = 0; round < rounds; ++round) {
  for (const [name, run] of Object.entries(peers)) {
    const begin = process.hrtime.bigint();
    found[name] = run();
    seconds[name].push(Number(process.hrtime.bigint() - begin) / 1e9);
  }
}
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const own = megabytes / median(seconds['treatywire-extract']);
console.log(`${'program'.padEnd(20)} ${'MB/s'.padStart(8)} ${'treatywire is'.padStart(14)}  finds in ${megabytes.toFixed(1)} MB`);
for (const name of Object.keys(peers)) {
  const speed = megabytes / median(seconds[name]);
  const ratio = name === 'treatywire-extract' ? '' : `${(own / speed).toFixed(1)} times`;
  console.log(`${name.padEnd(20)} ${speed.toFixed(2).padStart(8)} ${ratio.padStart(14)}  ${found[name]}`);
}
