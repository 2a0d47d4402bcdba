// The way drivers are spoken to: one JSON object a line asks, one answers.

import { createInterface } from 'node:readline';

/** Answers each line with `answer(question)`, in order; ends when there are no more. */
export async function serveLines(answer) {
  for await (const line of createInterface({ input: process.stdin })) {
    let reply;
    try {
      reply = await answer(JSON.parse(line));
    } catch (error) {
      reply = { error: String(error?.stack ?? error) };
    }
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  }
}
