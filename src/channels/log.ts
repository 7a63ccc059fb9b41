type Line = (details: object, message: string) => void;

/** What the channels need of a logger; pino's fits. */
export type ChannelLog = { readonly info: Line; readonly warn: Line; readonly error: Line };
