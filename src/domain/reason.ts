/** `code` is stable and for machines, `text` is for the person on the phone. */
export type Reason = { readonly code: string; readonly text: string };
