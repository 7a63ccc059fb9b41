import { join } from 'node:path';
import type { Context } from '../../context.ts';
import { partnerFile } from '../../domain/partner/partner.ts';
import { readYamlFile } from '../../lib/yaml-file.ts';
import type { DocumentInFile } from '../../store/documents.ts';
import { readPartnerVersion } from '../../store/partner-versions.ts';
import type { Configuration, Partner } from '../configuration/configuration.ts';
import { loadOverlay } from '../configuration/load-maps.ts';

export type PartnerThen = {
  readonly partner: Partner | undefined;
  /** What is not as it was when the document was processed. */
  readonly note: string | undefined;
};

/** The partner's files as they were when the document was processed; base maps and standards are those of today. */
export async function loadPartnerThen(
  { db, configuration }: Pick<Context, 'db' | 'configuration'>,
  { partner: id, partnerVersion, set, direction }: DocumentInFile,
): Promise<PartnerThen> {
  const loaded = configuration();
  const today = loaded.partners.get(id);
  if (today?.version === partnerVersion) return { partner: today, note: undefined };
  const then = await readPartnerVersion(db, partnerVersion);
  if (then === undefined)
    return { partner: today, note: 'the partner files of then are not kept: told by those of today' };
  const files = new Map(Object.entries(then.files));
  const folder = today?.folder ?? id;
  const { value: file } = readYamlFile(
    join(folder, 'partner.yaml'),
    files.get('partner.yaml') ?? '',
    partnerFile,
  );
  if (file === undefined) {
    const note = 'the partner file of then is none that this version takes: told by that of today';
    return { partner: today, note };
  }
  const name = (direction === 'in' ? file.receive : file.send)[set]?.map;
  const overlays = readOverlay(loaded, folder, set, name, files);
  const templates = new Map();
  return {
    partner: { id, folder, file, version: partnerVersion, files, overlays, templates },
    note: undefined,
  };
}

function readOverlay(
  { library }: Configuration,
  folder: string,
  set: string,
  name: string | undefined,
  files: ReadonlyMap<string, string>,
): Partner['overlays'] {
  const text = name === undefined ? undefined : files.get(name);
  if (name === undefined || text === undefined) return new Map();
  return new Map([[set, loadOverlay(library, join(folder, name), text)]]);
}
