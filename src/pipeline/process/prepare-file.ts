import type { Context } from '../../context.ts';
import { isMadeHere } from '../../domain/exchange/made-here.ts';
import type { FileRecord } from '../../domain/exchange/records.ts';
import { isActive } from '../deliver/remote.ts';
import type { Interpreted, ReadingProfile } from './interpret.ts';
import { makeReadingProfile } from './profiles.ts';
import { describeExhaustion, isExhausted } from './record-failure.ts';
import type { Parties } from './settle-files.ts';

type Prepared =
  | (Parties & { readonly kind: 'fit'; readonly profile: ReadingProfile })
  | { readonly kind: 'unfit'; readonly reason: string };

/** Whose file it is and how it is to be read, or why a person must look at it first. */
export function prepareFile(context: Context, file: FileRecord): Prepared {
  const unfit = (reason: string): Prepared => ({ kind: 'unfit', reason });
  if (isExhausted(file)) return unfit(describeExhaustion(file.reason ?? 'the process died'));
  const configuration = context.configuration();
  const { company } = configuration;
  const partner = configuration.partners.get(file.partner);
  if (company === undefined || partner === undefined) {
    return unfit(
      `partner ${file.partner} has no sound partner file: causeway check ${file.partner} says why`,
    );
  }
  if (!isActive(partner)) return unfit(`partner ${partner.id} is ${partner.file.status}`);
  const reader = isMadeHere(file) ? undefined : partner;
  return { kind: 'fit', partner, company, profile: makeReadingProfile(configuration, reader) };
}

/** Of a file in which no interchange was found. */
export function describeNothing(file: FileRecord, { junk }: Pick<Interpreted, 'junk'>): string {
  if (file.size === 0) return 'the file is empty';
  return junk[0]?.problem.message ?? 'no interchange was found in it';
}
