/**
 * For `skip` of what drives whole engines through their verbs again and again: it would make everybody's `npm test`
 * longer than one waits. Before a change goes in, all of it runs.
 */
export const slow =
  process.env.AGL_SLOW === '1' || process.env.AGL_LONG === '1' ? false : 'slow: AGL_SLOW=1 runs it';
