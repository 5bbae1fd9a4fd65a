import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';

/** A server that is measured from outside, in a process of its own. */
export interface ServerProcess {
  readonly url: string;
  /** From its start to its address, in seconds. */
  readonly startedSeconds: number;
  /** MB resident; undefined where the system does not say (anything but Linux). */
  residentMb(): number | undefined;
  stop(): Promise<void>;
}

const MB_IN_KB = 1024;

/** Starts a compiled script that prints `"url":"http://…"` once it listens, with node's `flags`. */
export async function startProcess(
  script: string,
  env: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): Promise<ServerProcess> {
  const start = performance.now();
  const child = spawn(process.execPath, [...flags, join(PROJECT_ROOT, script)], {
    cwd: PROJECT_ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await printedUrl(child, script);
  return {
    url,
    startedSeconds: (performance.now() - start) / 1000,
    residentMb: () => residentMb(child),
    stop: async () => {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** What `npm start` gives to node before the script. */
export function startFlags(script: string): string[] {
  const file = readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8');
  const { scripts } = z
    .object({ scripts: z.object({ start: z.string() }) })
    .parse(JSON.parse(file));
  const command = scripts.start.split(' && ').find((part) => part.endsWith(script));
  if (!command) throw new Error(`npm start does not run ${script}`);
  return command.split(' ').filter((word) => word.startsWith('--'));
}

/** What the image tells the allocator. */
export function imageMemorySettings(): Record<string, string> {
  const file = readFileSync(join(PROJECT_ROOT, 'bot', 'hosting', 'Dockerfile'), 'utf8');
  const settings = [...file.matchAll(/(MALLOC_\w+)=(\S+)/g)];
  return Object.fromEntries(settings.map(([, name, value]) => [name, value]));
}

async function printedUrl(child: ChildProcess, script: string): Promise<string> {
  if (!child.stdout) throw new TypeError('expected a pipe for stdout');
  for await (const text of createInterface({ input: child.stdout })) {
    const [, url] = /"url":"(http:[^"]+)"/.exec(text) ?? [];
    // Whatever else it prints must not fill the pipe.
    child.stdout.resume();
    if (url !== undefined) return url;
  }
  throw new Error(`${script} ended before it printed its address`);
}

function residentMb({ pid }: ChildProcess): number | undefined {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return undefined;
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(file, 'utf8')) ?? [];
  return kilobytes === undefined ? undefined : Number(kilobytes) / MB_IN_KB;
}
