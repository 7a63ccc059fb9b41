import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { CONVERSATIONS } from './conversations.ts';
import { playConversation } from './play.ts';

/** Writes the golden files anew (`npm run golden`): read the difference before it is committed, and explain it. */
const golden = new URL('golden/', import.meta.url);
for (const file of readdirSync(golden)) if (!file.startsWith('shipping-')) rmSync(new URL(file, golden));
for (const conversation of CONVERSATIONS) {
  writeFileSync(new URL(`${conversation.name}.txt`, golden), playConversation(conversation));
}
process.stdout.write(`${CONVERSATIONS.length} golden files written\n`);
