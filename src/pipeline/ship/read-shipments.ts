import { type Shipment, shipment } from '../../domain/shipment/shipment.ts';
import { type Mistake, mistake, sortMistakes } from '../../lib/mistake.ts';
import { describeIssue, isToldByAnother } from '../../lib/schema-issue.ts';
import { findNode, parseYaml, type YamlNode } from '../../lib/yaml-tree.ts';

export type ReadShipments = {
  /** Those without mistakes. */
  readonly shipments: readonly Shipment[];
  readonly mistakes: readonly Mistake[];
};

/** A shipment, or a list of them, as JSON; every mistake with its place. JSON is YAML, which tells the places. */
export function readShipments(file: string, text: string): ReadShipments {
  const { root, mistakes } = parseYaml(file, text);
  if (root === undefined || mistakes.length > 0) {
    const empty = mistake({ file, line: 1, column: 1 }, 'the file is empty: expected a shipment as JSON');
    return { shipments: [], mistakes: mistakes.length > 0 ? mistakes : [empty] };
  }
  const read = (root.kind === 'list' ? root.items : [root]).map(readShipment);
  return {
    shipments: read.flatMap((one) => one.value ?? []),
    mistakes: sortMistakes(read.flatMap((one) => one.mistakes)),
  };
}

function readShipment(node: YamlNode): { readonly value?: Shipment; readonly mistakes: readonly Mistake[] } {
  if (node.kind !== 'table')
    return { mistakes: [mistake(node.place, 'expected a shipment: an object such as { "units": […] }')] };
  const result = shipment.safeParse({ kind: 'shipment', ...(toPlain(node) as object) });
  if (result.success) return { value: result.data, mistakes: [] };
  const findings = result.error.issues.flatMap((issue) => describeIssue(node, shipment, issue));
  const told = findings.filter((one) => !isToldByAnother(one, findings));
  return {
    mistakes: told.map(({ path, kind, message }) => {
      const found = findNode(node, path);
      return mistake(kind === 'unknown' || found.node === undefined ? found.key : found.node.place, message);
    }),
  };
}

/** A number stays the text that it was written as: `3.10` is not 3.1, and no digit is lost. */
function toPlain(node: YamlNode): unknown {
  switch (node.kind) {
    case 'text':
      return typeof node.value === 'number' ? node.text : node.value;
    case 'list':
      return node.items.map(toPlain);
    case 'table':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, toPlain(value)]));
  }
}
