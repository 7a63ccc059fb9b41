import { z } from 'zod';
import {
  calibrationCertificate,
  conformanceCertificate,
  materialTestCertificate,
} from '../../../domain/certificate/certificate.ts';

/**
 * A certificate with what leads to its proof. The hash is of the certificate's content, which stands on the page; that
 * of the file itself cannot stand in it.
 */
const confirmation = {
  confirmation: z.strictObject({
    /** Of the page that confirms it; in the QR code. */
    address: z.string(),
    /** SHA-256 of the certificate in canonical JSON, in hex. */
    hash: z.string(),
  }),
};

export const conformancePage = conformanceCertificate.extend(confirmation);
export const calibrationPage = calibrationCertificate.extend(confirmation);
export const materialTestPage = materialTestCertificate.extend(confirmation);

export type ConformancePage = z.infer<typeof conformancePage>;
export type CalibrationPage = z.infer<typeof calibrationPage>;
export type MaterialTestPage = z.infer<typeof materialTestPage>;
