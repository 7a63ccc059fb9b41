import type { Lasting } from '../../support/database.ts';
import { playDropShip } from './drop-ship.ts';
import { playInstruments } from './instruments.ts';
import { playMixedPacks, playPickAndPack } from './pick-and-pack.ts';
import type { Stage } from './stage.ts';

export type ShippingConversation = {
  /** Of its golden file. */
  readonly name: string;
  readonly play: (t: Lasting) => Promise<Stage>;
  /** For each line of each order what the papers say in all. */
  readonly sums: readonly string[];
};

/** From the order to the invoice, on PostgreSQL: with a clock that stands still, every byte comes again. */
export const SHIPPING_CONVERSATIONS: readonly ShippingConversation[] = [
  {
    name: 'shipping-pick-and-pack',
    play: playPickAndPack,
    sums: [
      '4500017 1: 96 ordered, 96 shipped, 96 told, 96 billed',
      '4500017 2: 240 ordered, 240 shipped, 240 told, 240 billed',
      '4500017 3: 36 ordered, 36 shipped, 36 told, 36 billed',
    ],
  },
  {
    name: 'shipping-mixed-packs',
    play: playMixedPacks,
    sums: [
      'L-811 1: 24 ordered, 24 shipped, 24 told, 24 billed',
      'L-811 2: 60 ordered, 60 shipped, 60 told, 60 billed',
      'L-812 1: 12 ordered, 12 shipped, 12 told, 12 billed',
    ],
  },
  {
    name: 'shipping-instruments',
    play: playInstruments,
    sums: [
      'NG-3001 1: 3 ordered, 3 shipped, 3 told, 3 billed, 1 credited',
      'NG-3001 2: 1 ordered, 1 shipped, 1 told, 1 billed',
      'NG-3001 3: 4 ordered, 4 shipped, 4 told, 4 billed',
      'NG-3002 1: 1 ordered, 1 shipped, 1 told, 1 billed',
    ],
  },
  {
    name: 'shipping-drop-ship',
    play: playDropShip,
    sums: [
      'HC-70018 1: 2 ordered, 2 shipped, 2 told, 2 billed',
      'HC-70018 2: 6 ordered, 6 shipped, 6 told, 6 billed',
      'HC-70019 1: 2 ordered, 2 shipped, 2 told, 2 billed',
    ],
  },
];

/** Plays a conversation for something that is no test, and clears away behind it. */
export async function playAlone(conversation: ShippingConversation): Promise<string> {
  const ends: (() => unknown)[] = [];
  try {
    const stage = await conversation.play({ teardown: (end) => void ends.push(end) });
    return stage.transcript();
  } finally {
    for (const end of ends.toReversed()) await end();
  }
}
