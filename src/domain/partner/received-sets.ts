import type { PartnerFile } from './partner.ts';

type Rules = Pick<PartnerFile, 'receive'>;

/** What goes back for a group that brought this set. */
export function acknowledgementOf(
  { x12, receive }: Pick<PartnerFile, 'x12' | 'receive'>,
  set: string,
): PartnerFile['x12']['acknowledge'] {
  const said = ruleOf(receive, set)?.acknowledge;
  return said === undefined || said === 'refuse' ? x12.acknowledge : said;
}

/** What is agreed of a set, or of those that are not listed. */
function ruleOf(receive: PartnerFile['receive'], set: string): PartnerFile['receive'][string] | undefined {
  return Object.hasOwn(receive, set) ? receive[set] : receive['other'];
}

/** They say what became of what we sent: whoever is sent something may send them. */
const ACKNOWLEDGEMENTS = ['997', '999', '824'];

/** Whether the partner file lists a set, so that it is processed. */
export function isAgreed({ receive }: Rules, set: string): boolean {
  return Object.hasOwn(receive, set) || ACKNOWLEDGEMENTS.includes(set);
}

/** The sets that are taken: any, or no other than those that are listed. */
export function takenSets({ receive }: Rules): 'any' | ReadonlySet<string> {
  if (receive['other']?.acknowledge !== 'refuse') return 'any';
  return new Set([...Object.keys(receive).filter((set) => set !== 'other'), ...ACKNOWLEDGEMENTS]);
}
