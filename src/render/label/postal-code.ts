import { numberOfCountry } from './country-number.ts';

/** Where something goes from and to, as far as an address says it. A country that is not said is ours. */
export type PostalPlace = { readonly postalCode?: string | undefined; readonly country?: string | undefined };

/** At most one of them; none where the address has no postal code that a barcode can hold. */
export type PostalElements = { readonly domestic?: string; readonly abroad?: string };

/** GS1 General Specifications 3.4.2: the code alone within a country, AI 420; with the country's number else, AI 421. */
export function describePostal(to: PostalPlace, from: PostalPlace): PostalElements {
  const code = (to.postalCode ?? '').toUpperCase().replace(/[ -]/g, '');
  if (!/^[0-9A-Z]{1,9}$/.test(code)) return {};
  const country = to.country ?? from.country;
  // Retailers' guides ask for the five digits of a ZIP code, and carriers sort by them.
  if (country === from.country) return { domestic: country === 'US' ? code.slice(0, 5) : code };
  const number = numberOfCountry(country ?? '');
  return number === undefined ? {} : { abroad: `${number}${code}` };
}
