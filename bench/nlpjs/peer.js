// One nlp.js machine that reads standard input and answers on file 3, one JSON object a line: nlp.js itself writes what it
// has to say on standard output.
//   {"learn": TEXT, "label": LABEL}  learns, answers nothing; "None", nlp.js's own, and "None.KIND" are outside
//   {"train": true}                  answers {"seconds", "heap_bytes", "version", "node"}
//   {"ask": TEXT}                    answers {"labels": [best first], "declined", "microseconds"}
// Run it with --expose-gc. It measures itself, so that the pipe costs it nothing.
'use strict';

const fs = require('fs');
const readline = require('readline');
const { dockStart } = require('@nlpjs/basic');
const { LangZh } = require('@nlpjs/lang-zh');
const { version } = require('@nlpjs/basic/package.json');

const LOCALE = 'zh';
const ANSWERS = 3;
const NONE = 'None';

async function start() {
  const dock = await dockStart({ use: ['Basic'] });
  const nlp = dock.get('nlp');
  nlp.container.use(LangZh);
  nlp.addLanguage(LOCALE);
  nlp.settings.autoSave = false;
  nlp.settings.calculateSentiment = false; // nobody asks for it here, and it would only slow nlp.js down
  nlp.nluManager.settings.log = false;
  return nlp;
}

async function train(nlp) {
  const begin = process.hrtime.bigint();
  await nlp.train();
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  global.gc();
  return { seconds, heap_bytes: process.memoryUsage().heapUsed, version, node: process.version };
}

// forget empties nlp.js's memory of texts it has taken apart, so that a text asked again costs what a new one does.
function forget(nlp) {
  const manager = nlp.nluManager.domainManagers[LOCALE];
  for (const holder of [manager, ...Object.values(manager.domains)]) {
    if (holder.cache) {
      holder.cache.results = {};
    }
  }
}

const isOutside = (intent) => intent === NONE || intent.startsWith(`${NONE}.`);

async function ask(nlp, text) {
  forget(nlp);
  const begin = process.hrtime.bigint();
  const result = await nlp.process(LOCALE, text);
  const microseconds = Number(process.hrtime.bigint() - begin) / 1e3;
  const labels = result.classifications.map((c) => c.intent).filter((intent) => !isOutside(intent));
  return { labels: labels.slice(0, 8), declined: isOutside(result.intent), microseconds };
}

async function main() {
  const nlp = await start();
  const answer = (object) => fs.writeSync(ANSWERS, `${JSON.stringify(object)}\n`);
  for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    const request = JSON.parse(line);
    if (request.learn !== undefined) {
      nlp.addDocument(LOCALE, request.learn, request.label);
    } else if (request.train) {
      answer(await train(nlp));
    } else {
      answer(await ask(nlp, request.ask));
    }
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
