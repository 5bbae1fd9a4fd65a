import { describeFindings } from '../../knowledge/report.ts';
import { countDifferences, describeDifferences } from '../../retrieval/difference-report.ts';
import { openBot } from '../bot.ts';
import { progressBar } from './progress.ts';
import { describeWithheld } from '../../retrieval/withheld.ts';
import { writeProposals } from './proposals.ts';
import { runCommand, settings } from './settings.ts';

await runCommand(async () => {
  const config = settings();
  const bot = await openBot(config, { onProgress: progressBar('Indexing articles') });
  try {
    const { snapshot, encoded, reused, damage } = bot.prepared;
    for (const line of describeFindings(snapshot.articles, bot.skipped)) console.log(line);
    const differences = describeDifferences(snapshot);
    if (differences.length > 0) console.log(`\nWhere the articles differ\n`);
    for (const line of differences) console.log(line);
    const withheld = describeWithheld(bot.withheld, bot.clinic.withhold);
    if (withheld.length > 0) console.log(`\nWhat clinic.yaml withholds\n`);
    for (const line of withheld) console.log(line);
    if (damage) console.log(`\nThe index on disk was damaged and has been rebuilt: ${damage}`);
    console.log(
      `\n${snapshot.articles.length} articles, ${snapshot.chunks.length} passages, ` +
        `${snapshot.rows.length} vectors (${encoded} made now, ${reused} kept), ` +
        `${snapshot.index.name} search.\n${countDifferences(snapshot)}.\nSnapshot ${snapshot.id} in ${config.dataDir}.`,
    );
    if (process.argv.includes('--propose')) {
      const { file, count, failed, stopped } = await writeProposals(config, bot.prepared);
      console.log(`\nProposals for ${count} sections in ${file}, for a person to read.`);
      if (failed > 0)
        console.log(`${failed} calls gave nothing${stopped ? `; stopped: ${stopped}` : ''}.`);
    }
  } finally {
    await bot.close();
  }
});
