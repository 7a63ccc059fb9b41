import type { Command } from 'commander';

type Define = (program: Command) => void;

/**
 * Every command; to find what exists, read this list. Each is loaded when it is called, so that reading a file does
 * not wait for the database and the servers.
 */
export const COMMANDS: Readonly<Record<string, () => Promise<Define>>> = {
  up: async () => (await import('./commands/up.ts')).defineUp,
  serve: async () => (await import('./commands/up.ts')).defineServe,
  work: async () => (await import('./commands/up.ts')).defineWork,
  demo: async () => (await import('./commands/demo.ts')).defineDemo,
  preview: async () => (await import('./commands/preview.ts')).definePreview,
  check: async () => (await import('./commands/check.ts')).defineCheck,
  read: async () => (await import('./commands/read.ts')).defineRead,
  validate: async () => (await import('./commands/validate.ts')).defineValidate,
  inspect: async () => (await import('./commands/inspect.ts')).defineInspect,
  mutate: async () => (await import('./commands/mutate.ts')).defineMutate,
  schema: async () => (await import('./commands/schema.ts')).defineSchema,
  write: async () => (await import('./commands/write.ts')).defineWrite,
  receive: async () => (await import('./commands/receive.ts')).defineReceive,
  trace: async () => (await import('./commands/trace.ts')).defineTrace,
  explain: async () => (await import('./commands/explain.ts')).defineExplain,
  exceptions: async () => (await import('./commands/exceptions.ts')).defineExceptions,
  retry: async () => (await import('./commands/retry.ts')).defineRetry,
  import: async () => (await import('./commands/import.ts')).defineImport,
  blanket: async () => (await import('./commands/blanket.ts')).defineBlanket,
  mails: async () => (await import('./commands/mails.ts')).defineMails,
  feed: async () => (await import('./commands/feed.ts')).defineFeed,
  schedule: async () => (await import('./commands/schedule.ts')).defineSchedule,
  quote: async () => (await import('./commands/quote.ts')).defineQuote,
  token: async () => (await import('./commands/token.ts')).defineToken,
  certificates: async () => (await import('./commands/certificates.ts')).defineCertificates,
  invoices: async () => (await import('./commands/invoices.ts')).defineInvoices,
  print: async () => (await import('./commands/print.ts')).definePrint,
  returns: async () => (await import('./commands/returns.ts')).defineReturns,
  stock: async () => (await import('./commands/stock.ts')).defineStock,
  ship: async () => (await import('./commands/ship.ts')).defineShip,
  shipments: async () => (await import('./commands/ship.ts')).defineShipments,
  shipment: async () => (await import('./commands/ship.ts')).defineShipment,
};
