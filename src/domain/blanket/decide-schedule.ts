import type { PlainDate } from '../../lib/dates.ts';
import type { Decimal } from '../../lib/decimal.ts';
import type { PlanningSchedule } from '../schedule/planning-schedule.ts';
import type { ShippingSchedule } from '../schedule/shipping-schedule.ts';
import { type DemandedLine, draftReleases } from './draft-releases.ts';
import { matchPlanLine, type NamedLine, type PlanMatch } from './match-plan-line.ts';
import { convertQuantity } from './match-release-line.ts';
import type { LineOfBlanket, PlanDecision, PlanFacts } from './plan.ts';
import { askOf, type PlanSheet, placeOf, startSheet, tellOf } from './plan-sheet.ts';
import { type BuyersCount, reconcileCumulative, shippedBefore } from './reconcile.ts';
import { type Forecast, readDemand, runTotals, type ScheduleLine } from './schedule-demand.ts';

export type Schedule = PlanningSchedule | ShippingSchedule;
type LineOfSchedule = Schedule['lines'][number];
type Matched = Extract<PlanMatch, { kind: 'matched' }>;

/** Purposes (BFR01, BSS01) under which a schedule says what it says; any other is for a person. */
const TAKEN: ReadonlySet<string> = new Set(['original', 'replace', 'change', 'duplicate']);

/**
 * What a schedule leads to: its plan is kept with the lines of the blanket orders, its count is compared with ours, and
 * what it calls firm becomes releases. A line that leads nowhere, or that no rule decides, is asked of a person.
 */
export function decideSchedule(schedule: Schedule, facts: PlanFacts): PlanDecision {
  const sheet = startSheet();
  if (!TAKEN.has(schedule.purpose)) {
    const text = `purpose ${schedule.purposeCode ?? `"${schedule.purpose}"`} is not processed by rule: nothing of it is taken`;
    askOf(sheet, schedule.kind === 'planning-schedule' ? 'BFR' : 'BSS', 'plan-unclear', text);
    return { ...sheet, repeated: false };
  }
  const matches = schedule.lines.map((line) =>
    matchPlanLine(nameLine(line, schedule), facts.blankets, facts.catalogue),
  );
  const demanded: DemandedLine[] = [];
  for (const [index, line] of schedule.lines.entries()) {
    if (facts.settled?.has(index + 1) === true) continue;
    const place = placeOf('LIN', index);
    const match = matches[index]!;
    const twin = matches.findIndex((other, i) => i !== index && isSameLine(match, other));
    if (match.kind === 'unmatched') askOf(sheet, place, 'plan-line-unknown', match.text);
    else if (twin >= 0) {
      const text = `it and ${placeOf('LIN', twin)} are of the same line of blanket order ${match.blanket.poNumber}: their quantities cannot be told apart`;
      askOf(sheet, place, 'plan-unclear', text, match.line.number);
    } else if (takeLine({ schedule, line, match, place, facts, sheet, demanded }))
      sheet.settled.push(index + 1);
  }
  sheet.releases.push(...draftReleases(schedule, demanded, facts.settled));
  return { ...sheet, repeated: false };
}

function isSameLine(one: PlanMatch, other: PlanMatch): boolean {
  if (one.kind === 'unmatched' || other.kind === 'unmatched') return false;
  return one.blanket.id === other.blanket.id && one.line.number === other.line.number;
}

/** LIN PO and PL, REF*PO, REF*CT and REF*LI of the line go before what the heading names. */
function nameLine(
  { ids, references = [] }: LineOfSchedule,
  { poNumber, contractNumber }: Schedule,
): NamedLine {
  const id = (code: string) => ids.find(({ qualifier }) => qualifier === code)?.value;
  const reference = (code: string) => references.find(({ qualifier }) => qualifier === code)?.value;
  return {
    ids,
    poNumber: id('PO') ?? reference('PO') ?? poNumber,
    contractNumber: reference('CT') ?? contractNumber,
    poLine: id('PL') ?? reference('LI'),
  };
}

type Taking = {
  readonly schedule: Schedule;
  readonly line: LineOfSchedule;
  readonly match: Matched;
  readonly place: string;
  readonly facts: PlanFacts;
  readonly sheet: PlanSheet;
  readonly demanded: DemandedLine[];
};

/** True when nothing of the line is left for another day. */
function takeLine(taking: Taking): boolean {
  const { schedule, line, match, place, facts, sheet } = taking;
  const { kind } = schedule;
  const on = { blanket: match.blanket.id, line: match.line.number };
  const issuedOn = dayOf(schedule);
  const forecasts = readForecasts(line, match);
  if (forecasts === undefined) {
    const text = `its quantities in ${line.unit?.unit} cannot be counted in ${match.line.unit}, the unit of line ${on.line} of blanket order ${match.blanket.poNumber}`;
    askOf(sheet, place, 'plan-unclear', text, on.line);
    return false;
  }
  const count = readCount(line, match, issuedOn);
  const before =
    count?.since === undefined ? '0' : shippedBefore(match.line, ownEntries(taking), count.since);
  const asked: ScheduleLine = {
    kind,
    quantities: schedule.quantities,
    forecasts,
    shipped: count === undefined ? [] : [{ qualifier: '02', quantity: count.quantity }],
    before,
  };
  const { horizonStart: from, horizonEnd: to } = schedule;
  sheet.plans.push({ ...on, kind, issuedOn, from, to, quantities: runTotals(asked, match.line) });
  const later = facts.latest.find((one) => isOf(one, on, kind) && one.issuedOn > issuedOn);
  if (later !== undefined) {
    const text = `line ${on.line}: of ${issuedOn}, and one of ${later.issuedOn} came before: kept, and without effect`;
    tellOf(sheet, place, 'plan-outdated', text);
    return true;
  }
  if (count !== undefined) compareCount(taking, count);
  return meetDemand(taking, asked);
}

function isOf(plan: PlanFacts['latest'][number], on: LineOfBlanket, kind: Schedule['kind']): boolean {
  return plan.blanket === on.blanket && plan.line === on.line && plan.kind === kind;
}

/** BFR09 where it is an update, or else the day on which it was issued. */
export function dayOf(schedule: Schedule): PlainDate {
  return (schedule.kind === 'planning-schedule' ? schedule.updatedOn : undefined) ?? schedule.issuedOn;
}

/** Those of its SDP loops among them; undefined where they are in a unit that the line cannot be counted in. */
function readForecasts(line: LineOfSchedule, match: Matched): readonly Forecast[] | undefined {
  const patterns = 'patterns' in line ? (line.patterns ?? []) : [];
  const all = [...(line.forecasts ?? []), ...patterns.flatMap(({ forecasts = [] }) => forecasts)];
  const converted = all.map(({ quantity, certainty, date }) => {
    const counted = convert(quantity, line, match);
    return counted === undefined ? undefined : { quantity: counted, certainty, date };
  });
  return converted.every((one) => one !== undefined) ? converted : undefined;
}

function convert(quantity: Decimal, line: LineOfSchedule, match: Matched): Decimal | undefined {
  const { unit } = match.line;
  return convertQuantity(match.item, quantity, line.unit?.unit ?? unit, unit);
}

/** SHP*02: what the buyer counts, up to SHP06 and from the day under 051 on. */
function readCount(line: LineOfSchedule, match: Matched, issuedOn: PlainDate): BuyersCount | undefined {
  const told = line.shipped?.find(({ qualifier, quantity }) => qualifier === '02' && quantity !== undefined);
  const quantity = told?.quantity === undefined ? undefined : convert(told.quantity, line, match);
  if (told === undefined || quantity === undefined) return undefined;
  const since = told.dateQualifier === '051' ? told.date : undefined;
  const named = since === undefined ? told.date : undefined;
  return { quantity, on: told.endDate ?? named ?? issuedOn, since };
}

function ownEntries({ facts, match }: Taking) {
  return facts.entries.filter(({ blanket }) => blanket === match.blanket.id);
}

function compareCount(taking: Taking, count: BuyersCount): void {
  const { sheet, match, place, facts } = taking;
  const { blanket, line } = match;
  const { quantity, on } = count;
  sheet.counts.push({ blanket: blanket.id, line: line.number, quantity, on });
  const compared = reconcileCumulative(line, ownEntries(taking), count, facts.policy.cumulative);
  const text = `blanket order ${blanket.poNumber}, ${compared.text}`;
  if (compared.beyond) askOf(sheet, place, 'cumulative-differs', text, line.number);
  else tellOf(sheet, place, 'cumulative', text);
}

function meetDemand(
  { schedule, line, match, place, facts, sheet, demanded }: Taking,
  asked: ScheduleLine,
): boolean {
  const { blanket, line: on } = match;
  const demand = readDemand(asked, on);
  const text = `blanket order ${blanket.poNumber}, ${demand.text}`;
  switch (demand.kind) {
    case 'nothing':
      tellOf(sheet, place, 'plan-kept', text);
      return true;
    case 'unclear':
      askOf(sheet, place, 'plan-unclear', text, on.number);
      return false;
    case 'over-release':
      askOf(sheet, place, 'shipping-over-release', text, on.number);
      return false;
    case 'release':
      if (facts.policy.firm === 'plan') tellOf(sheet, place, 'plan-kept', `${text}; kept as a plan`);
      else {
        tellOf(sheet, place, 'plan-released', text);
        demanded.push({ blanket, on, line, demand, parties: partiesOf(line, schedule) });
      }
      return true;
  }
}

function partiesOf(line: LineOfSchedule, { parties }: Schedule): DemandedLine['parties'] {
  return 'parties' in line ? (line.parties ?? parties) : parties;
}
