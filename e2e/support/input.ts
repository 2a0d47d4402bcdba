// Ways for text to come into a field besides keys, as the browser sees them.

import type { CDPSession, Locator, Page } from '@playwright/test';

/** Puts a text on the clipboard and pastes it where the focus is. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((it) => navigator.clipboard.writeText(it), text);
  await page.keyboard.press('Control+V');
}

/** Drags a text from another program into the middle of a field. */
export async function drop(field: Locator, text: string): Promise<void> {
  await field.scrollIntoViewIfNeeded();
  const box = await field.boundingBox();
  if (!box) throw new Error('the field is not shown');
  const session = await field.page().context().newCDPSession(field.page());
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', {
      type,
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      data: { items: [{ mimeType: 'text/plain', data: text }], dragOperationsMask: 1 },
    });
  }
  await session.detach();
}

/** An input method: shows what it composes, then commits it. */
export class InputMethod {
  private constructor(readonly session: CDPSession) {}

  static async on(page: Page): Promise<InputMethod> {
    return new InputMethod(await page.context().newCDPSession(page));
  }

  /** Shows a text that is not yet decided, underlined at the caret. */
  async compose(text: string): Promise<void> {
    const at = text.length;
    await this.session.send('Input.imeSetComposition', {
      text,
      selectionStart: at,
      selectionEnd: at,
    });
  }

  /** Puts the decided text in the place of what was shown. */
  async commit(text: string): Promise<void> {
    await this.session.send('Input.insertText', { text });
  }
}

/** The selection of a text field: its start and end in UTF-16 units. */
export function selection(field: Locator): Promise<[number, number]> {
  return field.evaluate((it: HTMLTextAreaElement) => [it.selectionStart, it.selectionEnd]);
}

/** Selects in a text field, or puts the caret somewhere. */
export async function select(field: Locator, start: number, end = start): Promise<void> {
  await field.focus();
  await field.evaluate(
    (it: HTMLTextAreaElement, [from, to]) => it.setSelectionRange(from, to),
    [start, end] as const,
  );
}

/** Writes into a field as a script does: any UTF-16 units, then the event that tells of it. */
export async function write(field: Locator, units: string | number[]): Promise<void> {
  await field.evaluate((it: HTMLTextAreaElement, units) => {
    it.value = typeof units === 'string' ? units : String.fromCharCode(...units);
    it.dispatchEvent(new Event('input', { bubbles: true }));
  }, units);
}
