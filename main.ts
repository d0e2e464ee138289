#!/usr/bin/env -S node --max-semi-space-size=64 --no-allocation-site-pretenuring
import { runVerb } from './cli/verbs.js';

process.exit(await runVerb(process.argv.slice(2)));
