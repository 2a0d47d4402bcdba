// What the main thread of a page does.

/** Starts to trace the page of a session; returns what stops and gives `{ tasks, work }`. */
export async function startTrace(session) {
  const events = [];
  const collect = ({ value }) => events.push(...value);
  session.on('Tracing.dataCollected', collect);
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: ['disabled-by-default-devtools.timeline', 'devtools.timeline', 'cc'],
    },
  });
  return async () => {
    const complete = new Promise((done) => session.once('Tracing.tracingComplete', done));
    await session.send('Tracing.end');
    await complete;
    session.off('Tracing.dataCollected', collect);
    return read(events);
  };
}

const thread = ({ pid, tid }) => `${pid}/${tid}`;

/**
 * `tasks` are the durations of the tasks of the main threads of pages. `work` has a number for
 * every key: the processor time that the main thread of its page took from the task with the
 * `keydown` to the end of the next frame, which it hands over to be drawn. All are in ms.
 */
function read(events) {
  const main = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(thread),
  );
  const complete = events.filter((event) => event.dur && main.has(thread(event)));
  const tasks = complete.filter(({ name }) => name === 'RunTask');
  const frames = complete.filter(({ name }) => name === 'ProxyMain::BeginMainFrame');
  const keys = complete.filter(
    ({ name, args }) => name === 'EventDispatch' && args.data?.type === 'keydown',
  );
  const work = [];
  for (const key of keys) {
    const own = (event) => thread(event) === thread(key);
    const later = frames.filter((frame) => own(frame) && frame.ts > key.ts);
    const end = Math.min(...later.map(({ ts }) => ts));
    if (end === Infinity) continue;
    const between = tasks.filter(
      (task) => own(task) && task.ts + task.dur > key.ts && task.ts <= end,
    );
    work.push(between.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1e3);
  }
  return { tasks: tasks.map(({ dur }) => dur / 1e3), work };
}
