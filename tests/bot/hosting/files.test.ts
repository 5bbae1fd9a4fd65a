import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { VARIABLES } from '../../../bot/config.ts';
import { PROJECT_ROOT } from '../../../knowledge/project-root.ts';

const read = (name: string) => readFileSync(join(PROJECT_ROOT, 'bot', 'hosting', name), 'utf8');

interface Composition {
  readonly services: Record<'bot' | 'caddy', Service>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

interface Service {
  readonly ports?: readonly string[];
  readonly volumes: readonly string[];
  readonly environment: Readonly<Record<string, unknown>>;
}

/** Instruction and its text, with continued lines put together and comments dropped. */
function instructions(): { readonly name: string; readonly text: string }[] {
  const lines = read('Dockerfile')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter(Boolean);
  return lines.map((line) => {
    const [name = '', ...rest] = line.split(' ');
    return { name, text: rest.join(' ') };
  });
}

describe('the image', () => {
  it('copies only what is there and is let through to Docker', () => {
    const copied = instructions()
      .filter(({ name, text }) => name === 'COPY' && !text.startsWith('--from'))
      .flatMap(({ text }) => text.split(' ').slice(0, -1));
    const passed = read('Dockerfile.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    expect(copied.toSorted()).toEqual(passed.toSorted());
    for (const path of copied) expect(existsSync(join(PROJECT_ROOT, path))).toBe(true);
  });

  it('keeps settings files out', () => {
    const lines = read('Dockerfile.dockerignore').split('\n').filter(Boolean);
    expect(lines[1]).toBe('*');
    expect(lines).toContain('**/.env*');
    // What comes last wins.
    expect(lines.lastIndexOf('**/.env*')).toBeGreaterThan(lines.lastIndexOf('!bot'));
  });

  it('runs what npm start runs, and not as root', () => {
    const all = instructions();
    const { scripts } = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8'));
    const run = all.findLast(({ name }) => name === 'CMD')?.text ?? '[]';
    expect(scripts.start).toContain(JSON.parse(run).join(' '));
    expect(all.findLast(({ name }) => name === 'USER')?.text).toBe('node');
    for (const { text } of all.filter(({ name }) => name === 'RUN')) {
      for (const [script] of text.matchAll(/(?<=npm run )[\w:]+/g)) {
        expect(scripts).toHaveProperty([script]);
      }
    }
  });

  it('sets only variables that are read', () => {
    const ours = instructions()
      .filter(({ name }) => name === 'ENV')
      .flatMap(({ text }) => [...text.matchAll(/(\w+)=/g)].map(([, name]) => name))
      .filter((name) => name !== 'NODE_ENV' && !name?.startsWith('MALLOC_'));
    expect(VARIABLES).toEqual(expect.arrayContaining(ours));
  });
});

describe('the composition', () => {
  const { services, volumes } = parse(read('compose.yaml')) as Composition;

  it('publishes the ports of the proxy and no others', () => {
    expect(services.bot.ports).toBeUndefined();
    expect(services.caddy.ports).toEqual(['80:80', '443:443', '443:443/udp']);
  });

  it.each(['bot', 'caddy'] as const)(
    'holds %s to limits, without rights and with a disk it cannot write',
    (name) => {
      const service = services[name];
      expect(service).toMatchObject({
        restart: 'unless-stopped',
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
      for (const limit of ['mem_limit', 'cpus', 'pids_limit', 'logging']) {
        expect(service).toHaveProperty([limit]);
      }
    },
  );

  it('keeps on named volumes what must outlive a container', () => {
    const used = [services.bot, services.caddy].flatMap(({ volumes: mounts }) =>
      mounts.map((mount) => mount.split(':')),
    );
    const named = used.filter(([source]) => !source?.startsWith('.'));
    expect(new Set(named.map(([source]) => source))).toEqual(new Set(Object.keys(volumes)));
    expect(services.bot.environment.DATA_DIR).toBe('/data');
    expect(named).toContainEqual(['bot-data', '/data']);
  });

  it('asks for settings that the bot reads', () => {
    const asked = [...read('.env.example').matchAll(/^(\w+)=/gm)].map(([, name]) => name);
    expect(asked).toContain('DOMAIN');
    const known = ['DOMAIN', ...VARIABLES];
    expect(known).toEqual(expect.arrayContaining(asked));
  });
});
