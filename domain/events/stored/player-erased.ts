import { z } from 'zod';
import { storedAs } from './versions.js';

/** The person's key is to be destroyed, and all that was derived of them; nothing of theirs is taken any more. */
export const playerErased = storedAs(z.object({}));
