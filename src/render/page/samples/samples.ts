import type { PageModel, PageName } from '../models/page-models.ts';
import { CREDIT_MEMO, INVOICE, RETURN_AUTHORISATION } from './sample-bills.ts';
import { CALIBRATION, CONFORMANCE, MATERIAL_TEST } from './sample-certificates.ts';
import { PACKING_SLIP, PICKING_LIST } from './sample-shipping.ts';

/** A document of each kind with all that it may hold: what a layout is looked at with. */
export const SAMPLES: { readonly [N in PageName]: PageModel<N> } = {
  'certificates/conformance': CONFORMANCE,
  'certificates/calibration': CALIBRATION,
  'certificates/material-test': MATERIAL_TEST,
  'documents/packing-slip': PACKING_SLIP,
  'documents/picking-list': PICKING_LIST,
  'documents/invoice': INVOICE,
  'documents/credit-memo': CREDIT_MEMO,
  'documents/return-authorisation': RETURN_AUTHORISATION,
};
