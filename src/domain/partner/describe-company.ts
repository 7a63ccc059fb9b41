import type { Party } from '../document.ts';
import type { CompanyFile } from './partner.ts';

type Address = CompanyFile['address'];

/** N1 of ourselves. */
export function describeCompany(
  { name, address }: Pick<CompanyFile, 'name' | 'address'>,
  as: Pick<Party, 'role' | 'code'>,
): Party {
  const place = toPartyAddress(address);
  return { ...as, name, ...(Object.keys(place).length === 0 ? {} : { address: place }) };
}

function toPartyAddress({ lines, city, region, 'postal-code': postalCode, country }: Address) {
  return {
    ...(lines.length === 0 ? {} : { lines }),
    ...(city === undefined ? {} : { city }),
    ...(region === undefined ? {} : { region }),
    ...(postalCode === undefined ? {} : { postalCode }),
    ...(country === undefined ? {} : { country }),
  };
}

/** Line by line, as it stands on a letter. */
export function writeOwnAddress(address: Address): readonly string[] {
  return writeAddress(toPartyAddress(address));
}

export function writeAddress(address: Party['address']): readonly string[] {
  const { lines = [], city, region, postalCode, country } = address ?? {};
  const place = [[city, region].filter((one) => one !== undefined).join(', '), postalCode]
    .filter((one) => one !== undefined && one !== '')
    .join(' ');
  return [...lines, ...(place === '' ? [] : [place]), ...(country === undefined ? [] : [country])];
}
