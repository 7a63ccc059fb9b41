import type { YamlText } from '../../lib/yaml-tree.ts';
import type { TemplateText } from './engine.ts';

/** A template that stands as a text in a YAML file, so that its mistakes are told with their place in the file. */
export function templateInYaml(source: string, { place, text, value }: YamlText): TemplateText {
  const lines = source.split('\n');
  const first = lines[place.line - 1]?.[place.column - 1];
  const content = typeof value === 'string' ? value : text;
  if (first === '"' || first === "'") return { text: content, place: { ...place, column: place.column + 1 } };
  if (first !== '|' && first !== '>') return { text: content, place };
  const next = lines.findIndex((line, i) => i >= place.line && line.trim() !== '');
  const indent = next < 0 ? 0 : lines[next]!.length - lines[next]!.trimStart().length;
  return { text: content, place: { ...place, line: place.line + 1, column: indent + 1 }, indent };
}
