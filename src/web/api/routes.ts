import { ACKNOWLEDGE_MESSAGE } from './feed-route.ts';
import { IMPORT } from './import-route.ts';
import type { Route } from './route.ts';
import { SHIPMENT } from './shipment-route.ts';

/** Everything that programs may ask for; to find what exists, read this list. */
export const ROUTES: readonly Route[] = [IMPORT, SHIPMENT, ACKNOWLEDGE_MESSAGE];
