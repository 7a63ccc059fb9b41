import { z } from 'zod';
import { feedMessage } from '../../../src/domain/feed/feed-message.ts';

/** `docs/erp-feed.schema.json`: what whoever receives the feed may check it with. */
export const FEED_SCHEMA = new URL('../../../docs/erp-feed.schema.json', import.meta.url);

export function describeFeedMessage(): object {
  return { title: 'Causeway message to the ERP', ...z.toJSONSchema(feedMessage) };
}
