// What the main thread of a page does.

/** Starts to trace the page of a session; returns what stops and gives its tasks, in ms. */
export async function startTrace(session) {
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline', 'devtools.timeline'] },
  });
  return async () => {
    const complete = new Promise((done) => session.once('Tracing.tracingComplete', done));
    await session.send('Tracing.end');
    await complete;
    return mainTasks(events);
  };
}

/** The durations of the tasks of the main threads of pages. */
function mainTasks(events) {
  const thread = ({ pid, tid }) => `${pid}/${tid}`;
  const main = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(thread),
  );
  return events
    .filter((event) => event.name === 'RunTask' && event.dur && main.has(thread(event)))
    .map(({ dur }) => dur / 1e3);
}
