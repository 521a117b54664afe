#!/usr/bin/env node
import process from 'node:process';
import { programFile } from './program-file.js';

const argv = process.argv.slice(2);
const { run } = (await import(programFile(argv))) as typeof import('./run.js');
process.exitCode = await run(argv);
