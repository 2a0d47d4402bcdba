// How long a call takes, for several callees in turn.

/** A round of calls lasts at least this long, so that the clock's steps do not show; in ms. */
const ROUND = 1;

/** Rounds of each callee. */
const ROUNDS = 200;

/** What one callee may take at most, its warm-up included; in ms. A slow one has fewer rounds. */
const BUDGET = 800;

/** How long a callee runs before it is measured, for the compiler to have done its work; in ms. */
const WARM_UP = 100;

/** Keeps results in use, so that no call is left out as having no effect. */
let kept = 0;

/** The time that `calls` calls take; in ms. */
function round(callee, text, calls) {
  const start = performance.now();
  for (let call = 0; call < calls; call++) kept += callee(text);
  return performance.now() - start;
}

/** Warms a callee up and finds how many calls make a round. */
function prepare(callee, text) {
  const start = performance.now();
  let calls = 1;
  for (;;) {
    const took = round(callee, text, calls);
    if (performance.now() - start >= WARM_UP) return { callee, calls, fastest: took / calls };
    if (took < ROUND) calls *= 2;
  }
}

/**
 * The time of one call of each callee on `text`, in ns: that of its fastest round, which is the
 * one that other programs on the machine disturbed least. The callees take turns, so that what
 * slows the machine down slows all of them.
 */
export function measure(callees, text) {
  const runs = callees.map((callee) => prepare(callee, text));
  const end = performance.now() + (BUDGET - WARM_UP) * callees.length;
  for (let number = 0; number < ROUNDS && performance.now() < end; number++) {
    for (const run of runs) {
      run.fastest = Math.min(run.fastest, round(run.callee, text, run.calls) / run.calls);
    }
  }
  globalThis.kept = kept;
  return runs.map(({ fastest }) => fastest * 1e6);
}
