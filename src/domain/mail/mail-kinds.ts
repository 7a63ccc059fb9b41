/** Every mail that a partner may get; each has a template in each language. */
export const MAIL_KINDS = [
  'order-received',
  'order-confirmed',
  'order-rejected',
  'order-changed',
  'backordered',
  'shipped',
  'invoice',
  'certificate',
] as const;

export type MailKind = (typeof MAIL_KINDS)[number];
