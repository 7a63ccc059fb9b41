import { fileURLToPath } from 'node:url';
import { loadConfiguration } from '../../src/pipeline/configuration/configuration.ts';
import { type InspectAsked, inspectDocuments } from '../../src/pipeline/documents/inspect-file.ts';

const folder = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

const configuration = loadConfiguration({
  mapsFolder: folder('maps'),
  partnersFolder: folder('partners'),
});

type Asked = Partial<InspectAsked> & { readonly partner?: string };

export const text = (width: number, colour = false): InspectAsked['as'] => ({
  kind: 'text',
  width,
  colour,
  envelopes: false,
});

export const html: InspectAsked['as'] = { kind: 'html' };

/** A file as `causeway inspect` shows it. */
export function inspect(file: string | Uint8Array, asked: Asked = {}): string {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  return [...inspectChunks(() => [bytes], asked)].join('\n');
}

export function inspectChunks(open: () => Iterable<Uint8Array>, asked: Asked = {}): Iterable<string> {
  const partner = asked.partner === undefined ? undefined : configuration.partners.get(asked.partner)!;
  const shown = inspectDocuments(open, configuration, partner, {
    name: 'order.edi',
    set: undefined,
    whole: false,
    as: text(80),
    ...asked,
  });
  if (shown.kind !== 'shown') throw new Error(`no such set: ${shown.controls.join(', ')}`);
  return shown.text;
}

/** An interchange around sets, each the segments between its ST and SE. */
export function interchange(
  sets: readonly { readonly set: string; readonly segments: readonly string[] }[],
  group = 'PO',
  isa = '000000042',
): string {
  const segments = sets.flatMap(({ set, segments }, i) => {
    const control = String(i + 1).padStart(4, '0');
    return [`ST*${set}*${control}`, ...segments, `SE*${segments.length + 2}*${control}`];
  });
  return [
    `ISA*00*          *00*          *ZZ*ACMEIND        *ZZ*CAUSEWAY       *260105*0915*U*00401*${isa}*0*P*>`,
    `GS*${group}*ACMEIND*CAUSEWAY*20260105*0915*7*X*004010`,
    ...segments,
    `GE*${sets.length}*7`,
    `IEA*1*${isa}`,
  ]
    .map((segment) => `${segment}~\n`)
    .join('');
}

export const order = (...segments: readonly string[]) => interchange([{ set: '850', segments }]);

const SOUND = ['BEG*00*SA*PO1**20260105', 'PO1*1*8*EA*3.25*PE*BP*PART-1', 'CTT*1'];

const DAMAGED = order(
  'BEG*00*SA*PO1000001**20261340',
  'CUR*BY',
  'XYZ*1*2',
  'SAC*C*D240***1250*****02**06***FREIGHT PREPAID AND ADDED TO THE INVOICE BY THE CARRIER',
  'N1*ST*ACME DC 12*92',
  'N3*123 INDUSTRIAL BLVD',
  'PO1*1*1O*EA*3.25*PE*BP*PART-1001',
  'MEA**WT*2.5*LB>2>3',
  'PID*F****HEX BOLT',
  'PO1*2*5*EA',
  'N1*ST*LATE',
);

/** Levels listed breadth first: the items of order 2 stand behind order 3. */
const LEVELS = interchange(
  [
    {
      set: '856',
      segments: [
        'BSN*00*SHP1*20260105*0915*0001',
        'HL*1**S',
        'TD1*CTN25*2',
        'HL*2*1*O',
        'PRF*PO1',
        'HL*3*1*O',
        'PRF*PO2',
        'HL*4*2*I',
        'LIN**BP*PART-1',
        'SN1**8*EA',
        'HL*5*3*I',
        'LIN**BP*PART-2',
        'SN1**3*EA',
        'CTT*5',
      ],
    },
  ],
  'SH',
);

const ENVELOPES = [
  'Please find our order below.\n',
  interchange([
    { set: '850', segments: SOUND },
    { set: '832', segments: ['BCT*PC*1*2', 'N1*SU*ACME'] },
  ])
    .replace('GE*2*7', 'TA1*000000041*260104*1700*A*000~\nGE*3*7')
    .replace('*0*P*>', '*1*P*>'),
  'ZZZ\n',
  interchange([{ set: '850', segments: SOUND }], 'PO', '000000043').slice(0, -60),
].join('');

/** Shown and compared, letter by letter, with what lies under golden/. */
export const INSPECTIONS: readonly { readonly name: string; readonly draw: () => string }[] = [
  { name: 'damaged-order-80.txt', draw: () => inspect(DAMAGED) },
  { name: 'damaged-order-140.txt', draw: () => inspect(DAMAGED, { as: text(140) }) },
  { name: 'damaged-order.html', draw: () => inspect(DAMAGED, { as: html }) },
  { name: 'sound-order-140.txt', draw: () => inspect(order(...SOUND), { as: text(140) }) },
  { name: 'levels-80.txt', draw: () => inspect(LEVELS) },
  { name: 'envelopes-80.txt', draw: () => inspect(ENVELOPES) },
];
