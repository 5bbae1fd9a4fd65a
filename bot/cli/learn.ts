import { loadRules } from '../../knowledge/rule.ts';
import { OfflineEmbeddings } from '../../retrieval/embeddings/offline.ts';
import { relearn } from '../safety/learned-file.ts';
import { progressBar } from './progress.ts';
import { runCommand } from './settings.ts';

await runCommand(async () => {
  const offline = new OfflineEmbeddings();
  try {
    const { measured, raiseFrom, emergencyFrom, upgradeFrom, cautionFrom, weakFrom, stems } =
      await relearn(loadRules(), offline, progressBar('Encoding examples'));
    const percent = (share: number) => `${(100 * share).toFixed(1).padStart(5)} %`;
    console.log(`The second look by itself, each of ${measured.examples} examples told by what the others teach
  emergencies raised              ${percent(measured.emergenciesRaised)}
  emergencies called emergencies  ${percent(measured.emergenciesAsEmergency)}
  urgent ones raised              ${percent(measured.urgentRaised)}
  urgent ones called emergencies  ${percent(measured.urgentAsEmergency)}
  cautions heard                  ${percent(measured.cautionsHeard)}
  harmless near misses raised     ${percent(measured.harmlessRaised)}
  plain questions raised          ${percent(measured.plainRaised)}
  plain questions cautioned       ${percent(measured.plainCautioned)}
Thresholds: raise ${raiseFrom.toFixed(3)}, emergency ${emergencyFrom.toFixed(3)}, urgent to emergency ${upgradeFrom.toFixed(3)}, caution ${cautionFrom.toFixed(3)}, weak words ${weakFrom.toFixed(3)}; ${stems.length} stems`);
  } finally {
    await offline.close();
  }
});
