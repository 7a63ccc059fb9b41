import type { FunctionalAcknowledgement } from '../domain/acknowledgement/functional-acknowledgement.ts';
import type { OrderAcknowledgement } from '../domain/order/order-acknowledgement.ts';
import type { Configuration, Partner } from '../pipeline/configuration/configuration.ts';
import { readDocuments } from '../pipeline/documents/read-documents.ts';
import { makeReadingProfile } from '../pipeline/process/profiles.ts';

/** What a file that came back says, a line a statement; read with our own reader as the partner would with its. */
export function describeAnswer(bytes: Uint8Array, configuration: Configuration, partner: Partner): string[] {
  const lines: string[] = [];
  for (const result of readDocuments(() => [bytes], makeReadingProfile(configuration, partner))) {
    if (result.kind === 'interchange') {
      if (result.report.status !== 'A') lines.push(`NOT SOUND: TA1 ${result.report.note}`);
      for (const [, control, , , status, note] of result.ta1s) {
        lines.push(`TA1 ${status} ${note}: interchange ${control} arrived`);
      }
    } else if (result.kind === 'document') {
      const { document } = result;
      if (document.kind === 'functional-acknowledgement') lines.push(...describe997(document));
      else if (document.kind === 'order-acknowledgement') lines.push(...describe855(document));
    }
  }
  return lines;
}

function describe997(document: FunctionalAcknowledgement): string[] {
  const { functionalId, groupControl, status, accepted, received } = document;
  const refused = (document.sets ?? []).filter((set) => set.status !== 'A');
  return [
    `997 group ${functionalId} ${groupControl}: ${status}, ${accepted} of ${received} accepted`,
    ...refused.map((set) => {
      const places = (set.segments ?? []).flatMap((segment) =>
        (segment.elements ?? []).map(
          ({ position, value, code }) =>
            `segment ${segment.position} ${segment.segment}-${position.padStart(2, '0')} "${value ?? ''}" (AK403 ${code})`,
        ),
      );
      return `  ${set.set} ${set.control}: ${set.status} ${places.join(', ')}`;
    }),
  ];
}

function describe855(document: OrderAcknowledgement): string[] {
  return [
    `855 ${document.poNumber}: ${document.type}`,
    ...document.lines.flatMap((line) =>
      line.outcomes.map(({ status, quantity, unit }) => {
        const price = line.unitPrice === undefined ? '' : ` at ${line.unitPrice}`;
        const ids = line.ids.map(({ value }) => value).join(' ');
        return `  line ${line.number}: ${status} ${quantity ?? line.quantity} ${unit ?? ''}${price}  ${ids}`;
      }),
    ),
  ];
}
