import { readDocuments } from '../../src/pipeline/documents/read-documents.ts';
import { validateFile } from '../../src/pipeline/documents/validate-file.ts';
import { makeReadingProfile } from '../../src/pipeline/process/profiles.ts';
import { configuration } from './configuration.ts';
import { writeFileAgain } from './write-again.ts';

const NOW = '2026-01-05T09:15:00.000Z';

const profile = makeReadingProfile(configuration, undefined);

/** Golden files of a sample by the end of their name; one that does not exist stands for nothing. */
export function playSample(bytes: Uint8Array): Readonly<Record<string, string | undefined>> {
  const documents = [...readDocuments(() => [bytes], profile)].flatMap((result) =>
    result.kind === 'document' ? [`${JSON.stringify(result.document)}\n`] : [],
  );
  const { acknowledgements } = validateFile(bytes, configuration, undefined, NOW);
  return {
    jsonl: documents.join(''),
    edi: toText(writeFileAgain(bytes, configuration)),
    'ack.edi': acknowledgements.length === 0 ? undefined : acknowledgements.map(toText).join(''),
  };
}

function toText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
