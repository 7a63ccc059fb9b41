import type { Reporter } from '../page/press.ts';
import type { Mark } from './drawn-label.ts';

/** What one label is put together with. */
export type LabelPress = Reporter & { readonly draw: (mark: Mark) => void };
