import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describeSignoff, loadSignoff, readWording } from '../knowledge/signoff.ts';
import { openBot, rulesOf } from './bot.ts';
import { Outbox } from './callback/outbox.ts';
import { progressBar } from './cli/progress.ts';
import { runCommand, settings } from './cli/settings.ts';
import { createDirectLine } from './direct-line/direct-line.ts';
import { loadTokenKey } from './direct-line/key.ts';
import { createLogger } from './log.ts';
import { TurnQueue } from './queue.ts';
import type { ReceiveDeps } from './receive.ts';
import { createApp } from './server.ts';
import { refuseUnsigned } from './signoff-gate.ts';
import { createStore } from './store/store.ts';
import { createWebRoutes } from './web-routes.ts';

/** Percent that the heap of the running server may grow between full collections. */
const HEAP_GROWS = 20;

await runCommand(async () => {
  const config = settings();
  const log = createLogger(config.logLevel);
  const ruleFiles = rulesOf(config);
  const signoff = loadSignoff(readWording(ruleFiles));
  refuseUnsigned(config, signoff);
  const key = loadTokenKey(config.directLineSecret, config.dataDir);
  const bot = await openBot(config, {
    log,
    ruleFiles,
    onProgress: progressBar('Indexing articles'),
  });
  const store = await createStore(config.databaseUrl);
  const outbox = new Outbox({ callbacks: store.callbacks, webhook: config.handoffWebhook, log });
  const name = bot.clinic.name ?? 'the clinic';
  const receiving: ReceiveDeps = {
    answerTurn: bot.answerTurn,
    triggersOf: bot.triggersOf,
    store,
    queue: new TurnQueue(),
    clinic: { name, phone: bot.clinic.phone },
    greeting:
      `Hello! I'm an automated assistant. I answer questions about dry needling from ${name}'s ` +
      'articles. This chat is not for emergencies: if you have chest pain, trouble breathing or ' +
      'heavy bleeding, call your local emergency number now.',
    log,
  };
  const app = createApp({
    ...receiving,
    config,
    articles: bot.articles,
    signoff: signoff.kind,
    directLine: createDirectLine({
      ...receiving,
      callbacks: { answer: bot.answerCallback, kept: (id) => outbox.kept(id) },
      key,
      allowedOrigins: config.allowedOrigins,
    }),
    web: createWebRoutes({
      clinic: bot.clinic,
      emergencyNumber: config.region && bot.rules.regions.regions[config.region].emergency.label,
      allowedOrigins: config.allowedOrigins,
      // With or without a webhook, the store takes them.
      callback: true,
    }),
    isReady: async () =>
      (await store.ping().then(
        () => true,
        () => false,
      ))
        ? []
        : ['store'],
  });
  const { url } = await app.start();
  // A start makes much that lives on, and collecting it early costs half a second; turns make little.
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWS}`);
  collectGarbage();
  const { snapshot, damage } = bot.prepared;
  if (damage) log.warn({ damage }, 'the index was damaged and has been rebuilt');
  if (signoff.kind !== 'signed') {
    log.warn(
      { signoff: signoff.kind },
      `${describeSignoff(signoff)} Read it with npm run signoff.`,
    );
  }
  log.info(
    {
      url,
      mode: bot.mode,
      articles: snapshot.articles.length,
      passages: snapshot.chunks.length,
      search: snapshot.index.name,
      rules: bot.rules.rules.length,
      unreviewedRules: bot.rules.rules.filter(({ reviewed }) => !reviewed.by).length,
    },
    'ready',
  );
  await outbox.start();
  const stop = async () => {
    await app.stop();
    await outbox.stop();
    await store.close();
    await bot.close();
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
});

/**
 * Once, for 50 ms: the limit for the next full collection is set by the one before, and the one that
 * a start ends with lets the heap grow fourfold.
 */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
}
