import { z } from 'zod';
import { storedAs } from './versions.js';

/** Whoever reads what is sent to the client's address has shown it. */
export const emailVerified = storedAs(z.object({}));
