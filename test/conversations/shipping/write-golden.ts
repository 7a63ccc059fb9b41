import { writeFileSync } from 'node:fs';
import { playAlone, SHIPPING_CONVERSATIONS } from './conversations.ts';

/** Writes the golden files of these conversations anew: read the difference before it is committed, and explain it. */
for (const conversation of SHIPPING_CONVERSATIONS) {
  const file = new URL(`../golden/${conversation.name}.txt`, import.meta.url);
  writeFileSync(file, await playAlone(conversation));
}
process.stdout.write(`${SHIPPING_CONVERSATIONS.length} golden files of shipments written\n`);
process.exit(0);
