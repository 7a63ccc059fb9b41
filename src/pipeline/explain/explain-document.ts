import type { Context } from '../../context.ts';
import type { OrderDecision } from '../../domain/order/order-decision.ts';
import { isSameData } from '../../lib/same-data.ts';
import { suggest } from '../../lib/suggest.ts';
import type { CanonicalDocument } from '../../mapping/language/documents.ts';
import type { DocumentInFile } from '../../store/documents.ts';
import { findOrdersToExplain, loadOrderHistory, type OrderAsItStands } from '../../store/explain.ts';
import { readFile } from '../../store/files.ts';
import { readInterchanges } from '../../x12/interchange/interchange.ts';
import { chooseStandard } from '../../x12/standard/standard.ts';
import { makeReadingProfile } from '../process/profiles.ts';
import { isAsked, parsePlace } from './element-place.ts';
import { type ExplainedLine, explainLine } from './explain-order.ts';
import { findSources } from './find-sources.ts';
import { type ElementOrigin, listReadOrigins, listWriteOrigins, type Origins } from './list-origins.ts';
import { loadPartnerThen, type PartnerThen } from './partner-then.ts';

export type ExplainedElement = Omit<ElementOrigin, 'place' | 'element' | 'component'> & {
  /** Of a ship notice or an invoice: where the field came from, in words. */
  readonly from?: string | undefined;
};

/** Where the values of one document came from, or what they became. */
export type ExplainedDocument = {
  readonly kind: 'document';
  readonly document: Pick<DocumentInFile, 'id' | 'direction' | 'partner' | 'set' | 'control' | 'version'> & {
    readonly file: string;
    readonly at: string;
  };
  /** What is not known, or not as it was. */
  readonly notes: readonly string[];
  readonly elements: readonly ExplainedElement[];
  /** What was decided of the one line that was asked about, or of the order. */
  readonly decided: Decided | undefined;
};

export type Decided = Pick<OrderDecision, 'outcome' | 'reasons'> & {
  readonly poNumber: string;
  readonly currency: string;
  /** Of the order: the one that the document speaks of. */
  readonly version: number;
  readonly line: ExplainedLine | undefined;
};

export type DocumentAsked = { readonly element?: string | undefined; readonly line?: string | undefined };

export type Refused = { readonly kind: 'refused'; readonly messages: readonly string[] };

export async function explainDocument(
  context: Context,
  document: DocumentInFile,
  asked: DocumentAsked,
): Promise<ExplainedDocument | Refused> {
  const file = await readFile(context.db, document.file);
  if (file === undefined) return refuse(`the file of document ${document.id} is not kept`);
  const then = await loadPartnerThen(context, document);
  const found = findOrigins(context, document, file.bytes, then);
  if (typeof found === 'string') return refuse(found);
  const elements = chooseElements(found.elements, asked);
  if (elements.length === 0) return refuse(describeMissing(found.elements, asked));
  const { id, direction, partner, set, control, version } = document;
  const differs = direction === 'in' && !isSameData(found.document, document.canonical);
  const sourceOf = await findSources(context, document);
  const changed = differs ? ['it was read otherwise then: the maps or standards have changed since'] : [];
  return {
    kind: 'document',
    document: { id, direction, partner, set, control, version, file: file.name, at: file.at },
    notes: [...(then.note === undefined ? [] : [then.note]), ...changed],
    elements: elements.map(({ place: _place, element: _element, component: _component, ...one }) => {
      const from = one.path === undefined ? undefined : sourceOf(one.path);
      return from === undefined ? one : { ...one, from };
    }),
    decided: await findDecided(context, document, file.at, elements),
  };
}

function refuse(...messages: readonly string[]): Refused {
  return { kind: 'refused', messages };
}

/** Read again from the very bytes; a text says why there is nothing to tell. */
function findOrigins(
  { configuration }: Pick<Context, 'configuration'>,
  document: DocumentInFile,
  bytes: Uint8Array,
  { partner }: PartnerThen,
): Origins | string {
  const { direction, set, control, version, offset, canonical } = document;
  const name = `${set} ${control}`;
  if (document.status === 'R')
    return `${name} was refused: nothing was read from it (see trace ${document.id})`;
  const loaded = configuration();
  const standard = chooseStandard(loaded.standards, version)?.standard;
  const map = standard && loaded.mapFor(partner, set, standard);
  if (map === undefined || canonical === undefined) return `no map reads ${name}: it is kept as it came`;
  const profile = makeReadingProfile(loaded, direction === 'in' ? partner : undefined);
  const charset = partner?.file.x12.charset ?? 'utf-8';
  for (const reading of readInterchanges(bytes, { ...profile, charset })) {
    if (reading.kind !== 'set' || reading.report.offset !== offset) continue;
    const said = canonical as CanonicalDocument;
    if (direction === 'in') return listReadOrigins(map, reading, said.source);
    return (
      listWriteOrigins(map, reading, said) ??
      `${name} would be written otherwise today: the maps have changed since it was sent`
    );
  }
  return `${name} is not found again at byte ${offset} of its file`;
}

function chooseElements(
  all: readonly ElementOrigin[],
  { element, line }: DocumentAsked,
): readonly ElementOrigin[] {
  const ofLine = line === undefined ? all : all.filter((one) => one.line === line);
  if (element === undefined) return ofLine;
  const place = parsePlace(element);
  const byPath = ofLine.filter(({ path }) => path === element);
  if (byPath.length > 0 || place === undefined) return byPath;
  return ofLine.filter((one) => isAsked(place, one.place, one.element, one.component));
}

function describeMissing(all: readonly ElementOrigin[], { element, line }: DocumentAsked): string {
  const lines = all.flatMap((one) => one.line ?? []);
  if (line !== undefined && !lines.includes(line)) return `it has no line ${line}${suggest(line, lines)}`;
  const asked = element ?? '';
  if (parsePlace(asked) === undefined && !asked.includes('.'))
    return `${asked} is no element: expected one such as PO1[2]/PO1-04, PO104 or REF[2]-02, or a field such as lines[0].unitPrice`;
  const names = all.flatMap(({ at, path = at }) => [at, path, at.replace(/^.*\//, '').replace('-', '')]);
  return `nothing was sent in ${asked}${line === undefined ? '' : ` of line ${line}`}${suggest(asked, names)}`;
}

/** What a decision says of a line; all else goes through as it is. */
const DECIDED = /^lines\[\d+\]\.(unitPrice|priceBasis|quantity|unit|outcomes\b.*)$/;

/** What was decided of the one line, or of the order as a whole, that the elements speak of. */
async function findDecided(
  context: Context,
  document: DocumentInFile,
  at: string,
  elements: readonly ElementOrigin[],
): Promise<Decided | undefined> {
  const numbers = new Set(elements.map(({ line }) => line));
  const [number] = numbers;
  // BAK02, BCA02: how the whole is answered.
  const whole = document.direction === 'out' && elements.every(({ path }) => path === 'type');
  const ofLine = numbers.size === 1 && elements.some(({ path }) => DECIDED.test(path ?? ''));
  if (!whole && !ofLine) return undefined;
  const { company } = context.configuration();
  const [order] = await findOrdersToExplain(context.db, { what: document.id });
  if (order === undefined) return undefined;
  const { poNumber, currency = company?.currency ?? 'USD' } = order;
  const { content, decision, version } = await findVersion(context, document, order, at);
  const { outcome, reasons } = decision;
  const place = content.lines.findIndex((line) => line.number === number);
  const line =
    place < 0 ? undefined : explainLine(content.lines[place]!, decision.lines[place], { waits: [] });
  return { poNumber, currency, version, outcome, reasons, line };
}

/** An answer of ours speaks of the version that it was made of; what came in, of the one that stands. */
async function findVersion(
  { db }: Context,
  { direction, answers }: DocumentInFile,
  order: OrderAsItStands,
  at: string,
): Promise<Pick<OrderAsItStands, 'content' | 'decision' | 'version'>> {
  if (direction === 'in' || order.version === 1) return order;
  const { versions } = await loadOrderHistory(db, order);
  // All that one transaction does has one time: an 850 and its 860 may both be answered in it.
  if (answers === order.document && at === order.at) return versions[0] ?? order;
  const changed = versions.findIndex(({ changedBy }) => changedBy !== undefined && changedBy === answers);
  if (changed >= 0) return versions[changed + 1] ?? order;
  return versions.find((ended) => Date.parse(ended.at) > Date.parse(at)) ?? order;
}
