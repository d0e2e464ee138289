#!/usr/bin/env node
import { runVerb } from './cli/verbs.js';

process.exit(await runVerb(process.argv.slice(2)));
