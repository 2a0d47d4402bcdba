// Times the peers in Node.

import { counters } from './counters.mjs';
import { serveLines } from './lines.mjs';
import { answerWith } from './questions.mjs';

await serveLines(answerWith(counters));
