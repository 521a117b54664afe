/* Bundles the compiled program, see docs/decisions/0013-bundle-for-cold-start.md. Part of `npm run build`. */
import process from 'node:process';
import { bundle } from './lib/bundle.mjs';

if (!(await bundle())) process.exitCode = 1;
