import { declareCssModules } from './lib/css-modules.mjs';

// `node build/css-modules.mjs`: the names of classes as types, beside each `*.module.css`.
declareCssModules();
