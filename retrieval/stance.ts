/** Where a sentence stands on something that sentences can be graded by. */
export interface Stance {
  readonly axis: Axis;
  /** Higher is more cautious: shown first. Two stances differ when at least `apart` apart. */
  readonly grade: number;
}

export type Axis = 'permission' | 'invasive' | 'occurrence' | 'pain' | 'evidence' | 'requirement';

type Grades = readonly (readonly [number, RegExp])[];

/** First match wins. General English only: no word names what any article is about. */
const GRADES: Readonly<Record<Axis, Grades>> = {
  // 3 do not, 2 ask first, 1 go ahead.
  permission: [
    [
      3,
      /\b(?:should|must|may|can) (?:not|never)\b(?! (?:be (?:suitable|right|good|a good)|suit))|\b(?:shouldn|mustn)['\u2019]?t\b|\bcannot be recommended\b|\b(?:should|must|best to) (?:be )?avoid(?:ed)?\b|\b(?:do not|don['\u2019]t|never) (?:use|take|have|get|do|try|wear|apply|eat|drink|drive|go)\b|\bavoid the (?:treatment|procedure)\b|\bis not (?:safe|allowed|recommended|advised)\b|\b(?:unsafe|contraindicated|forbidden|prohibited)\b|\bruled out\b|\bshould be avoided\b/i,
    ],
    [
      2,
      /\b(?:talk (?:to|with)|consult|check with|speak (?:to|with)|ask) (?:your|a|an|the|their) (?:[a-z]+ ){1,4}(?:first|before)\b|\b(?:caution|with care)\b|\bmay not (?:be (?:suitable|right|a good|good|safe)|suit)\b|\bmore prone\b|\b(?:consult|ask) an? (?:doctor|physician)\b/i,
    ],
    [
      1,
      /\b(?:is|are|it['\u2019]s) (?:[a-z]+ ){0,2}(?:safe|ok|okay|allowed|recommended|encouraged)\b|\bis fine\b|\bcan (?:safely )?(?:use|take|have|go|drive)\b|\bno need to\b/i,
    ],
  ],
  // 3 invasive, 2 a little, 1 not.
  invasive: [
    [1, /\bnon-?invasive(?! (?:interventions|procedures|treatments|options|alternatives))/i],
    [
      2,
      /\b(?:minimally|(?:only )?a little|slightly) invasive(?! (?:interventions|procedures|treatments|options|alternatives))/i,
    ],
    [
      3,
      /(?<!\b(?:less|more|far less|or|without|than|avoid|reduces?) )(?:\ban |\bits |\bis |\bare |\bit is |\bas )invasive\b(?! than)/i,
    ],
  ],
  // 3 common, 1 rare.
  occurrence: [
    [
      1,
      /\b(?:rare|rarely|uncommon|unlikely|seldom|infrequent|exceptional(?:ly)? (?:low|rare)|unusual)\b/i,
    ],
    [
      3,
      /\b(?:common(?:ly)?|frequent(?:ly)?)\b(?! (?:[a-z]+ ){0,3}(?:used|treated|performed|done|found|known|called|employed|confused|practi[cs]ed|asked))/i,
    ],
  ],
  // 3 it hurts, 1 it does not.
  pain: [
    [
      1,
      /\bpainless\b|\b(?:not|never|isn['\u2019]t) (?:(?:be|usually|typically|feel|a|it|normally|supposed|to) ){0,3}(?:painful|hurt|sharp)\b(?! unless)|\bpain-free\b/i,
    ],
    [
      3,
      /\b(?:is|be|feel|feels|quite|very|brief|short),? (?:(?!not)[a-z]+,? ){0,2}(?:painful|sharp)\b/i,
    ],
  ],
  // 3 too little is known, 1 shown.
  evidence: [
    [
      3,
      /\b(?:lack of (?:[a-z-]+ ){0,2}(?:evidence|research|proof)|(?:limited|insufficient|weak(?:er)?|little|inconclusive) (?:[a-z]+ ){0,2}(?:evidence|research|proof)|(?:evidence|research|proof) (?:[a-z ]+ )?(?:is|remains) (?:limited|weak|lacking|insufficient|inconclusive)|more (?:[a-z-]+ )?(?:studies|research|trials) (?:is|are) needed|(?:area for|needs? more|need for) (?:further )?(?:research|studies)|not (?:fully |yet )?(?:been )?prove[nd]|until there are more)\b/i,
    ],
    [
      1,
      /\b(?:evidence-based|well[- ](?:documented|established|proven)|proven (?:to|results|effective)|strong evidence)\b/i,
    ],
  ],
  // 3 needed, 1 not needed.
  requirement: [
    [
      1,
      /\bno (?:[a-z]+ ){1,6}(?:(?:is|are) )?(?:required|needed|necessary)\b|\bno (?:specific|special|formal) (?:[a-z]+ )+|\b(?:not|never) (?:required|needed|necessary|mandatory|obligatory)\b|\bdo(?:es)? not (?:need|have to|require)\b|\bno need\b/i,
    ],
    [
      3,
      /\b(?:required|mandatory|obligatory|compulsory)\b|\b(?:is|are) essential\b|\b(?:must|needs? to|has to|have to) (?:have|complete|hold|be|get)\b|\bis a must\b|\bshould (?:complete|hold|have)\b|\boften require\b|^only\b|\bonly (?:[a-z]+ ){0,2}(?:professionals|people|staff|practitioners)\b/i,
    ],
  ],
};

/** Steps between two grades that make a difference; "ask first" against "do not" is one. */
const APART: Readonly<Record<Axis, number>> = {
  permission: 1,
  invasive: 1,
  occurrence: 2,
  pain: 2,
  evidence: 2,
  requirement: 2,
};

/** "Some studies show …, while others …" takes no side. */
const WEIGHING = /\b(?:while others|whereas others|conflicting|mixed|varies|vary)\b/i;

export function stancesIn(text: string): Stance[] {
  const stances: Stance[] = [];
  for (const axis of Object.keys(GRADES) as Axis[]) {
    const grades = GRADES[axis].filter(([, pattern]) => pattern.test(text));
    // "Should be avoided by, or may not suit, people with …" says the milder of the two.
    const isMild = axis === 'permission' && grades.some(([grade]) => grade === 2);
    const grade = isMild ? 2 : grades[0]?.[0];
    if (grade === undefined) continue;
    if (axis === 'evidence' && (grades.length > 1 || WEIGHING.test(text))) continue;
    stances.push({ axis, grade });
  }
  return stances;
}

export function areApart(a: Stance, b: Stance): boolean {
  return a.axis === b.axis && Math.abs(a.grade - b.grade) >= APART[a.axis];
}
