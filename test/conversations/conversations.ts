import { readFileSync } from 'node:fs';
import type { SharedFacts } from '../../src/domain/order/order-facts.ts';
import { DESK_CONVERSATIONS } from './desk-conversations.ts';

/** One file that a partner sends: a sample of its folder, perhaps damaged on the way. */
export type Step = {
  readonly partner: string;
  readonly sample: string;
  readonly change?: (text: string) => string;
};

export type Conversation = {
  readonly name: string;
  readonly steps: readonly Step[];
  /** What the orders are decided by, where it is not the sample's items and prices alone. */
  readonly world?: (shared: SharedFacts) => SharedFacts;
};

const acme = (sample: string, change?: (text: string) => string): Step => ({
  partner: 'acme',
  sample: `${sample}.edi`,
  ...(change && { change }),
});

/** Another control number makes another interchange of the same bytes. */
const renumber = (control: string) => (text: string) => text.replaceAll('000000101', control);

export const CONVERSATIONS: readonly Conversation[] = [
  { name: 'clean-order', steps: [acme('850-clean')] },
  { name: 'price-and-item', steps: [acme('850-price-and-item')] },
  { name: 'one-bad-of-five', steps: [acme('850-one-bad-of-five')] },
  { name: 'same-file-twice', steps: [acme('850-clean'), acme('850-clean')] },
  {
    name: 'same-order-in-a-new-interchange',
    steps: [acme('850-clean'), acme('850-clean', renumber('000000201'))],
  },
  { name: 'same-number-other-content', steps: [acme('850-clean'), acme('850-same-number-other-content')] },
  {
    name: 'control-number-used-twice',
    steps: [
      acme('850-clean'),
      acme('850-price-and-item', (text) => text.replaceAll('000000102', '000000101')),
    ],
  },
  { name: 'other-map-drop-ship', steps: [{ partner: 'initech', sample: '850-drop-ship.edi' }] },
  { name: 'newline-terminators-005010', steps: [{ partner: 'globex', sample: '850-newline.edi' }] },
  { name: 'partner-accepts-our-855', steps: [acme('850-clean'), acme('997-for-our-855')] },
  {
    name: 'partner-rejects-our-855',
    steps: [
      acme('850-clean'),
      acme('997-for-our-855', (text) =>
        text.replace('AK5*A', 'AK5*R*5').replace('AK9*A*1*1*1', 'AK9*R*1*1*0'),
      ),
    ],
  },
  { name: 'order-change-for-a-person', steps: [acme('850-clean'), acme('860-quantity-change')] },
  { name: 'cut-off', steps: [acme('850-clean', (text) => text.slice(0, 300))] },
  {
    name: 'trailer-differs',
    steps: [acme('850-clean', (text) => text.replace('IEA*1*000000101', 'IEA*1*000000999'))],
  },
  { name: 'wrong-group-count', steps: [acme('850-clean', (text) => text.replace('GE*1*101', 'GE*2*101'))] },
  {
    name: 'wrong-segment-count',
    steps: [acme('850-clean', (text) => text.replace('SE*13*0001', 'SE*14*0001'))],
  },
  {
    name: 'another-partner-s-sender',
    steps: [acme('850-clean', (text) => text.replace('ZZ*ACMEIND        ', '01*INITECH        '))],
  },
  {
    name: 'not-meant-for-us',
    steps: [acme('850-clean', (text) => text.replace('ZZ*CAUSEWAY       ', 'ZZ*SOMEBODYELSE   '))],
  },
  {
    name: 'a-version-that-we-do-not-hold',
    steps: [acme('850-clean', (text) => text.replace('X*004010', 'X*003030'))],
  },
  {
    name: 'a-test-in-production',
    steps: [acme('850-clean', (text) => text.replace('*1*P*>', '*1*T*>')), acme('850-clean')],
  },
  {
    name: 'a-set-that-was-not-agreed',
    steps: [acme('850-clean', (text) => text.replaceAll('ST*850', 'ST*875').replace('GS*PO', 'GS*OG'))],
  },
  {
    name: 'two-interchanges-the-second-cut',
    steps: [acme('850-clean', (text) => text + renumber('000000202')(text).slice(0, 350))],
  },
  {
    name: 'bad-date',
    steps: [acme('850-clean', (text) => text.replace('DTM*002*20260115', 'DTM*002*20260231'))],
  },
  {
    name: 'separator-in-data-goes-back-harmless',
    steps: [
      {
        partner: 'globex',
        sample: '850-newline.edi',
        change: (text) => text.replace('GLOBEX STORE 0417', 'GLOBEX *STORE~ 0417'),
      },
    ],
  },
  {
    name: 'segments-that-lost-their-isa',
    steps: [acme('850-clean', (text) => `${text}${renumber('000000203')(text).slice(106)}`)],
  },
  ...DESK_CONVERSATIONS,
  { name: 'unknown-purpose', steps: [acme('850-clean', (text) => text.replace('BEG*00', 'BEG*01'))] },
];

export function readStep(step: Step): Uint8Array {
  const text = readFileSync(
    new URL(`../../partners/${step.partner}/samples/${step.sample}`, import.meta.url),
    'latin1',
  );
  return Buffer.from(step.change?.(text) ?? text, 'latin1');
}
