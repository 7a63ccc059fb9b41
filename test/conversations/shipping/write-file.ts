import type { PartnerFile } from '../../../src/domain/partner/partner.ts';
import type { AnswerSet } from '../../support/gateway-answers.ts';

/** Set id and segments between ST and SE, with `*` between elements. */
export type SetToSend = { readonly set: string; readonly body: readonly string[] };

export type GroupToSend = { readonly functionalId: string; readonly sets: readonly SetToSend[] };

/** An interchange as the partner's own system would write it: its names, its version, its separators. */
export function writeFile(
  { identity, x12 }: PartnerFile,
  now: string,
  control: number,
  { functionalId, sets }: GroupToSend,
): Buffer {
  const [element = '*', component = '>', terminator = '~', repetition = 'U'] = x12.separators;
  const [qualifier = '', id = ''] = identity.x12.interchange.split(':');
  const [date, time] = [now.slice(0, 10).replaceAll('-', ''), now.slice(11, 16).replace(':', '')];
  const interchange = String(control).padStart(9, '0');
  const sender = `${qualifier}*${id.padEnd(15)}`;
  const segments = [
    `ISA*00*${' '.repeat(10)}*00*${' '.repeat(10)}*${sender}*ZZ*${'CAUSEWAY'.padEnd(15)}*${date.slice(2)}*${time}*${repetition}*${x12.version.slice(0, 5)}*${interchange}*0*P*${component}`,
    `GS*${functionalId}*${identity.x12.group}*CAUSEWAY*${date}*${time}*${control}*X*${x12.version}`,
    ...sets.flatMap(({ set, body }, i) => {
      const own = String(i + 1).padStart(4, '0');
      return [`ST*${set}*${own}`, ...body, `SE*${body.length + 2}*${own}`];
    }),
    `GE*${sets.length}*${control}`,
    `IEA*1*${interchange}`,
  ];
  const end = `${terminator}${x12.newline ? '\n' : ''}`;
  return Buffer.from(segments.map((segment) => `${segment.replaceAll('*', element)}${end}`).join(''));
}

/** A 997 that accepts a group of ours whole. */
export function acceptGroup(functionalId: string, control: string, sets: readonly AnswerSet[]): SetToSend {
  const said = sets.flatMap((one) => [`AK2*${one.set}*${one.control}`, 'AK5*A']);
  const counts = Array(3).fill(sets.length).join('*');
  return { set: '997', body: [`AK1*${functionalId}*${control}`, ...said, `AK9*A*${counts}`] };
}
