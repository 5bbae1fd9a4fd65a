// Started before a program with --import: writes the address of every module it loads to LOADED_FILE.
import { register } from 'node:module';

const hooks = `
import { appendFileSync } from 'node:fs';
export function load(url, context, next) {
  appendFileSync(process.env.LOADED_FILE, url + '\\n');
  return next(url, context);
}`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
