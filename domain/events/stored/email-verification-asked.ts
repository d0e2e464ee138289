import { z } from 'zod';
import { storedAs } from './versions.js';

/** The client wants another message by which to verify its address. */
export const emailVerificationAsked = storedAs(z.object({}));
