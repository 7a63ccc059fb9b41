import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeEd25519Key } from '../../src/channels/ed25519-key.ts';
import type { Context } from '../../src/context.ts';
import { importMasterData } from '../../src/pipeline/import/import-master-data.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

export const MAPS = join(REPOSITORY, 'maps');

/** A partner of a test: it logs in under its id with a key made for it, and orders by our item numbers. */
export type TestPartner = {
  readonly id: string;
  /** `ZZ:ALPHA`. */
  readonly identity: string;
  readonly privateKey: string;
};

export type PartnerOptions = {
  /** More lines of its partner.yaml. */
  readonly yaml?: string;
  readonly channel?: 'sftp-hosted' | 'none';
};

/** A partners folder with company.yaml as it ships and no partner yet. */
export async function preparePartners(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await cp(join(REPOSITORY, 'partners', 'company.yaml'), join(folder, 'company.yaml'));
}

export async function addPartner(
  folder: string,
  id: string,
  options: PartnerOptions = {},
): Promise<TestPartner> {
  const pair = makeEd25519Key();
  const name = id.toUpperCase();
  const channels =
    options.channel === 'none'
      ? 'channels: []'
      : `channels:\n  - sftp-hosted: { user: ${id}, keys: [file:login.pub] }`;
  await mkdir(join(folder, id), { recursive: true });
  await writeFile(join(folder, id, 'login.pub'), pair.public);
  await writeFile(
    join(folder, id, 'partner.yaml'),
    `id: ${id}
name: ${name}
identity:
  x12: { interchange: "ZZ:${name}", group: ${name} }
${channels}
${options.yaml ?? ''}`,
  );
  return { id, identity: `ZZ:${name}`, privateKey: pair.private };
}

/** The partner that ships as a sample, with a key that we hold. */
export async function addSamplePartner(folder: string, id: string): Promise<TestPartner> {
  const pair = makeEd25519Key();
  await cp(join(REPOSITORY, 'partners', id), join(folder, id), { recursive: true });
  await mkdir(join(folder, id, 'keys'), { recursive: true });
  await writeFile(join(folder, id, 'keys', `${id}.pub`), pair.public);
  return { id, identity: '', privateKey: pair.private };
}

const ITEMS = 'number,description,unit\nHB-1001,Hex bolt,EA\nHB-1002,Long hex bolt,EA\nWS-2001,Washer,EA\n';

/** Three items, which every partner gets for the same prices: 3.25, 4.10 and 0.13. */
export async function importMaster(context: Context, partners: readonly string[]): Promise<void> {
  const prices = partners.flatMap((partner) => [
    `${partner},HB-1001,EA,USD,3.25,PE,2024-01-01`,
    `${partner},HB-1002,EA,USD,4.10,PE,2024-01-01`,
    `${partner},WS-2001,EA,USD,0.13,PE,2024-01-01`,
  ]);
  const header = 'partner,item,unit,currency,price,basis,valid_from';
  await importMasterData(context, 'items', ITEMS);
  await importMasterData(context, 'prices', `${[header, ...prices].join('\n')}\n`);
}
