// What runs in the page: our counter, the peers, and the answers about them.

import { startCounter } from '../counter/counter.mjs';
import { counters } from './counters.mjs';
import { answerWith } from './questions.mjs';

const module = await (await fetch('/counter.wasm')).arrayBuffer();
const count = await startCounter(module);
globalThis.answer = answerWith({ ...counters, ours: (text) => count(text).parts });
