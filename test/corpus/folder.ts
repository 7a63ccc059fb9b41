/** Where the sample documents lie: they are no part of the repository. */
export const FOLDER = new URL('../../../shared/corpus/', import.meta.url);
