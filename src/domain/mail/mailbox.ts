/** `Orders at Acme <orders@acme.example>`, or the address alone. */
export type Mailbox = { readonly name?: string | undefined; readonly address: string };

const ADDRESS = /^[^\s<>@"(),:;\\[\]]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/;
const NAMED = /^(?:"([^"\\]*)"|([^"<>]*?))\s*<([^<>]*)>$/;
/** The address alone is 254 characters at most, RFC 5321 4.5.3.1.3. */
const LONGEST_NAME = 200;

/** Undefined where it is none; one with a line end in it, which would begin another header, is none. */
export function readMailbox(text: string): Mailbox | undefined {
  if (/\p{Cc}/u.test(text)) return undefined;
  const [, quoted, plain, bracketed] = NAMED.exec(text.trim()) ?? [];
  const address = bracketed ?? text.trim();
  if (address.length > 254 || !ADDRESS.test(address)) return undefined;
  const name = (quoted ?? plain ?? '').trim().slice(0, LONGEST_NAME);
  return name === '' ? { address } : { name, address };
}

export function domainOf({ address }: Mailbox): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
