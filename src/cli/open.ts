import { existsSync, openSync, readSync, statSync } from 'node:fs';
import { formatMistake } from '../lib/mistake.ts';
import {
  type Configuration,
  chooseMap,
  loadConfiguration,
  type Partner,
} from '../pipeline/configuration/configuration.ts';
import { readSettings } from '../settings.ts';
import { say, WrongCall } from './exit.ts';

const CHUNK = 256 * 1024;

/** The configuration of the folders that the settings name; mistakes in what is asked for end the command. */
export function openConfiguration(map?: string): Configuration {
  const configuration = loadConfiguration(readSettings());
  return map === undefined ? configuration : useMap(configuration, map);
}

/** The configuration with one map put before all others for its set. */
function useMap(configuration: Configuration, map: string): Configuration {
  const chosen = chooseMap(configuration, map);
  if (chosen.mistakes.length > 0) throw new WrongCall(chosen.mistakes.map(formatMistake).join('\n'));
  return chosen.configuration;
}

/** The partner that was asked for, or a clear end of the command. */
export function requirePartner(configuration: Configuration, id: string): Partner {
  const partner = configuration.partners.get(id);
  if (partner !== undefined) return partner;
  const mistakes = configuration.mistakes.get(id);
  if (mistakes !== undefined) {
    throw new WrongCall(`partner ${id} has mistakes:\n${mistakes.map(formatMistake).join('\n')}`);
  }
  const known = [...configuration.partners.keys()].join(', ') || 'none';
  throw new WrongCall(`there is no partner "${id}"; known are ${known}`);
}

export function requireFile(path: string): string {
  if (path === '-') return path;
  if (!existsSync(path)) throw new WrongCall(`there is no file ${path}`);
  if (statSync(path).isDirectory()) throw new WrongCall(`${path} is a folder, not a file`);
  return path;
}

/** The bytes of a file in chunks of one buffer that is used again: hold none of them. `-` is stdin. */
export function* readChunks(path: string): Generator<Uint8Array> {
  const descriptor = path === '-' ? 0 : openSync(path, 'r');
  const buffer = Buffer.allocUnsafe(CHUNK);
  for (;;) {
    const length = readSync(descriptor, buffer, 0, CHUNK, null);
    if (length === 0) return;
    yield buffer.subarray(0, length);
  }
}

/** Tells of mistakes in the maps and standards that all share, before they show up as something else. */
export function warnOfSharedMistakes(configuration: Configuration): void {
  for (const mistake of configuration.mistakes.get('') ?? []) {
    if (!mistake.file.endsWith('company.yaml')) say(formatMistake(mistake));
  }
}
