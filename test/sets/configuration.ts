import { loadConfiguration } from '../../src/pipeline/configuration/configuration.ts';

const root = new URL('../../', import.meta.url).pathname;

export const configuration = loadConfiguration({
  mapsFolder: `${root}maps`,
  partnersFolder: `${root}partners`,
});
