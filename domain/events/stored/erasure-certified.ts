import { z } from 'zod';
import { jsonObject } from './parts.js';
import { storedAs } from './versions.js';

/** The erasure is carried out: what was searched for where, and what was found; nothing of the person is in it. */
export const erasureCertified = storedAs(z.object({ certificate: jsonObject }));
