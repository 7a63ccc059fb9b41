import { z } from 'zod';
import { partnerFile } from '../../src/domain/partner/partner.ts';

/** `partners/partner.schema.json`: what editors complete and check a partner.yaml with. */
export const PARTNER_SCHEMA = new URL('../../partners/partner.schema.json', import.meta.url);

export function describePartnerFile(): object {
  return { title: 'Causeway partner file', ...z.toJSONSchema(partnerFile, { io: 'input' }) };
}
