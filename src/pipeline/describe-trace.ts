import { nameOrder } from '../domain/order/name-order.ts';
import { unreachable } from '../lib/assert.ts';
import type { TraceEntry } from '../store/trace.ts';

/** A timeline for a person: when, which way, what. */
export function describeTrace(entries: readonly TraceEntry[]): string[] {
  return entries.map((entry) => {
    const at = new Date(entry.at).toISOString();
    return `${at.slice(0, 10)} ${at.slice(11, 23)}  ${describeEntry(entry)}`;
  });
}

function describeEntry(entry: TraceEntry): string {
  switch (entry.kind) {
    case 'file': {
      const { direction, name, size, channel, id, state } = entry.file;
      return `${arrow(direction)} file ${name}, ${size} bytes over ${channel}, ${state} [${id}]`;
    }
    case 'interchange': {
      const { direction, control, sender, receiver, status, note } = entry.interchange;
      const refused = status === 'A' ? '' : `, TA1 ${status} ${note}`;
      return `${arrow(direction)} interchange ${control} ${sender} → ${receiver}${refused}`;
    }
    case 'document': {
      const { direction, set, control, groupControl, status, acknowledgement, advice, id } = entry.document;
      const answer = acknowledgement === 'none' ? '' : `, 997 ${acknowledgement}`;
      const advised = advice === undefined ? '' : `, 824 ${advice}`;
      return `${arrow(direction)} ${set} ${control} of group ${groupControl}, ${status}${answer}${advised} [${id}]`;
    }
    case 'order': {
      const { shipTo, outcome, id, test } = entry.order;
      return `   ${test ? 'test ' : ''}order ${nameOrder(entry.order)}${shipTo === '' ? '' : ` for ${shipTo}`}: ${outcome} [${id}]`;
    }
    case 'delivery': {
      const { name, channel, state, attempts, lastError } = entry.delivery;
      return `→  ${name} over ${channel}: ${state}, ${attempts} tries${lastError === undefined ? '' : `, last: ${lastError}`}`;
    }
    case 'shipment': {
      const { number, version, state, test, notice, ssccs } = entry.shipment;
      const units = ssccs.length === 0 ? '' : `, SSCC ${ssccs.join(', ')}`;
      return `   ${test ? 'test ' : ''}shipment ${number} in version ${version}: ${state}, notice ${notice}${units}`;
    }
    case 'event':
      return `   ${entry.event.text}`;
    case 'exception': {
      const { kind, team, message, dueAt, state } = entry.exception;
      return `!  ${kind} for ${team}, ${state}, due ${dueAt.slice(0, 16)}: ${message}`;
    }
    default:
      return unreachable(entry);
  }
}

function arrow(direction: 'in' | 'out'): string {
  return direction === 'in' ? '← ' : '→ ';
}
