import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';

/** Something that people might type, as the project wrote it down. */
export interface WrittenLine {
  readonly text: string;
  /** From the project's root. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

const KNOWLEDGE = join(PROJECT_ROOT, 'knowledge');
const EVALUATION = join(PROJECT_ROOT, 'tests', 'evaluation');

function filesIn(folder: string, extension: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(extension))
    .map((name) => join(folder, name));
}

/** Scalars of a YAML text that stand below one of `keys`; all of them where no keys are given. */
function yamlLines(
  source: string,
  file: string,
  firstLine: number,
  keys?: string[],
): WrittenLine[] {
  const counter = new LineCounter();
  const found: WrittenLine[] = [];
  visit(parseDocument(source, { lineCounter: counter }), {
    Scalar(key, node, path) {
      if (key === 'key' || typeof node.value !== 'string') return;
      const above = path.flatMap((part) =>
        'key' in part && isScalar(part.key) ? part.key.value : [],
      );
      if (keys && !above.some((name) => keys.includes(String(name)))) return;
      const { line } = counter.linePos(node.range?.[0] ?? 0);
      found.push({
        text: node.value,
        file: relative(PROJECT_ROOT, file),
        line: firstLine + line - 1,
      });
    },
  });
  return found;
}

/** The `asked:` lines of the bundled articles. */
export function askedLines(): WrittenLine[] {
  return filesIn(join(KNOWLEDGE, 'articles'), '.md').flatMap((file) => {
    const source = readFileSync(file, 'utf8');
    return [...source.matchAll(/<!--([\s\S]*?)-->/g)].flatMap((comment) => {
      const firstLine = source.slice(0, comment.index).split('\n').length;
      return yamlLines(comment[1] ?? '', file, firstLine, ['asked']);
    });
  });
}

/** What each rule says it catches and ignores, and what the second look learns from. */
export function ruleExamples(): WrittenLine[] {
  const rules = join(KNOWLEDGE, 'rules');
  return [...filesIn(rules, '.yaml'), ...filesIn(join(rules, 'examples'), '.yaml')].flatMap(
    (file) =>
      yamlLines(readFileSync(file, 'utf8'), file, 1, [
        'catches',
        'ignores',
        'examples',
        'harmless',
      ]),
  );
}

/** What the gate learns from: questions that no article answers. */
export function nearDomainExamples(): WrittenLine[] {
  const file = join(KNOWLEDGE, 'near-domain.yaml');
  return yamlLines(readFileSync(file, 'utf8'), file, 1, ['kinds']);
}

/** What the gate and the second look learn from: questions that the articles answer. */
export function inDomainExamples(): WrittenLine[] {
  const file = join(KNOWLEDGE, 'in-domain.yaml');
  return yamlLines(readFileSync(file, 'utf8'), file, 1, ['sections', 'questions']);
}

export function lexiconEntries(): WrittenLine[] {
  const file = join(KNOWLEDGE, 'lexicon.yaml');
  return yamlLines(readFileSync(file, 'utf8'), file, 1);
}

/** Messages of a file of labelled messages: its questions, or what people say in its conversations. */
export function messagesOf(file: string): WrittenLine[] {
  const name = relative(PROJECT_ROOT, file);
  const rows = readFileSync(file, 'utf8').split('\n');
  return rows.flatMap((row, at) => {
    if (!row.trim()) return [];
    const parsed = JSON.parse(row) as {
      question?: string;
      message?: string;
      turns?: { user: string }[];
    };
    const said = parsed.turns?.map(({ user }) => user) ?? [];
    return [parsed.question, parsed.message, ...said].flatMap((text) =>
      text ? { text, file: name, line: at + 1 } : [],
    );
  });
}

export function evaluationMessages(): WrittenLine[] {
  return filesIn(EVALUATION, '.jsonl').flatMap(messagesOf);
}
