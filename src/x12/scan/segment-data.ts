/**
 * A segment as plain data, for writing and for what is kept of envelopes: `['BEG', '00', 'SA', 'PO1']`.
 * [0] is the segment id; an absent element is ''.
 */
export type SegmentData = readonly ElementData[];

export type ElementData = CompositeData | { readonly repeats: readonly CompositeData[] };

/** A simple element, or the components of a composite. */
type CompositeData = string | readonly string[];
