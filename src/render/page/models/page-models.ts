import type { z } from 'zod';
import { creditMemoPage, invoicePage, returnAuthorisationPage } from './billing-models.ts';
import { calibrationPage, conformancePage, materialTestPage } from './certificate-models.ts';
import { packingSlipPage, pickingListPage } from './shipping-models.ts';

/** What is laid out as pages, each under the name of its layout: the file's, without its ending, below `templates/`. */
export const PAGE_MODELS = {
  'certificates/conformance': conformancePage,
  'certificates/calibration': calibrationPage,
  'certificates/material-test': materialTestPage,
  'documents/packing-slip': packingSlipPage,
  'documents/picking-list': pickingListPage,
  'documents/invoice': invoicePage,
  'documents/credit-memo': creditMemoPage,
  'documents/return-authorisation': returnAuthorisationPage,
} as const;

export type PageName = keyof typeof PAGE_MODELS;
export type PageModel<N extends PageName> = z.output<(typeof PAGE_MODELS)[N]>;
