import { config as loadEnvFile } from 'dotenv';
import { Fault } from '../../knowledge/fault.ts';
import { type Config, loadConfig } from '../config.ts';

/** The configuration from the environment and `.env`; what the environment sets wins. */
export function settings(): Config {
  loadEnvFile({ quiet: true });
  return loadConfig(process.env);
}

/** Runs a command: a fault of ours is one line on stderr, anything else keeps its stack. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    console.error(error instanceof Fault ? error.message : error);
    process.exitCode = 1;
  }
}
