#!/usr/bin/env node
/* Stands in the tree, so that `npm ci` can link the command before anything is built. */
import '../dist/main.js';
