import { z } from 'zod';
import type { SsccSpace } from '../shipment/sscc.ts';
import { hasYear, type NumberPattern, readPattern } from './number-pattern.ts';

/** What `company.yaml` says of the numbers that we give: `numbers` and `gs1`. */

/** Each fits the element that carries it: BSN02 holds 30 characters, BIG02 22. */
const USUAL = {
  shipment: '{00000000}',
  certificate: 'C-{year}-{00000}',
  invoice: 'INV-{year}-{00000}',
  'credit-memo': 'CM-{year}-{00000}',
  return: 'RMA-{year}-{00000}',
} as const;

export type NumberedThing = keyof typeof USUAL;

const LONGEST = 20;

type Written =
  | string
  | { pattern: string; restart?: 'yearly' | 'never' | undefined; first?: number | undefined };

const numbers = z
  .union([
    z.string(),
    z.strictObject({
      pattern: z.string(),
      restart: z
        .enum(['yearly', 'never'])
        .optional()
        .describe('`yearly` unless said otherwise where the pattern has the year, else `never`.'),
      first: z
        .int()
        .min(1)
        .max(10 ** 12)
        .optional()
        .describe('Least value of the counter, where another system gave those below.'),
    }),
  ])
  .transform((written: Written, context): NumberPattern => {
    const { pattern, restart, first = 1 } = typeof written === 'string' ? { pattern: written } : written;
    const say = (message: string) => {
      context.addIssue({ code: 'custom', path: typeof written === 'string' ? [] : ['pattern'], message });
      return z.NEVER;
    };
    const parts = readPattern(pattern);
    if (typeof parts === 'string') return say(parts);
    const year = hasYear(parts);
    if (restart === 'yearly' && !year)
      return say('expected {year} or {yy}: with a counter that begins again each year, numbers would repeat');
    if (pattern.replaceAll(/[{}]/g, '').length > LONGEST)
      return say(`expected ${LONGEST} characters at most`);
    return { parts, restart: restart ?? (year ? 'yearly' : 'never'), first };
  });

export const numbersFile = z
  .strictObject({
    shipment: numbers.prefault(USUAL.shipment),
    certificate: numbers.prefault(USUAL.certificate),
    invoice: numbers.prefault(USUAL.invoice),
    'credit-memo': numbers.prefault(USUAL['credit-memo']),
    return: numbers.prefault(USUAL.return),
  })
  .refine((all) => JSON.stringify(all.invoice.parts) !== JSON.stringify(all['credit-memo'].parts), {
    path: ['credit-memo'],
    error: 'expected another pattern than that of invoices: both are numbers of an 810',
  })
  .prefault({});

export type NumbersFile = z.output<typeof numbersFile>;

export const gs1File = z
  .strictObject({
    prefix: z
      .string()
      .regex(/^\d{4,12}$/, 'expected the GS1 company prefix in quotes, 4 to 12 digits, such as "0614141"'),
    extensions: z
      .string()
      .regex(
        /^(?!.*(\d).*\1)\d{1,10}$/,
        'expected extension digits in quotes, each once, such as "0" or "0123"',
      )
      .default('0')
      .describe(
        'Extension digits of our SSCCs: each is used up before the next. Only ever append; one that a warehouse deals itself does not belong here.',
      ),
  })
  .transform(({ prefix, extensions }): SsccSpace => ({ companyPrefix: prefix, extensions }));
