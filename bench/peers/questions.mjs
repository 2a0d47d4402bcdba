// The questions that both Node and the page answer about counters.

import { measure } from './measure.mjs';

/**
 * Answers
 * - `{ time: ["name", …], text }` with `{ ns: [n, …] }`, the time of one call of each;
 * - `{ count: "name", texts: [[unit, …], …] }` with `{ parts: [n, …] }`, texts in UTF-16 since
 *   JSON on its way may not carry unpaired surrogates.
 */
export function answerWith(counters) {
  return (question) => {
    if (question.time) {
      return { ns: measure(question.time.map((name) => counters[name]), question.text) };
    }
    const texts = question.texts.map((units) => String.fromCharCode(...units));
    return { parts: texts.map(counters[question.count]) };
  };
}
