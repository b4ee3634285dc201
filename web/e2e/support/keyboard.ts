// Goes through a page with the keyboard, and looks whether it always shows where one is.
import { expect, type Locator, type Page } from '@playwright/test';

/** What has the focus, by what a screen reader would call it, and whether that can be seen. */
interface Focused {
  /** Null: the focus is nowhere. */
  name: string | null;
  isVisible: boolean;
  isMarked: boolean;
}

function focused(page: Page): Promise<Focused> {
  return page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    if (element === document.body) return { name: null, isVisible: false, isMarked: false };
    const labels = 'labels' in element ? [...((element.labels as NodeListOf<HTMLElement> | null) ?? [])] : [];
    const name = element.getAttribute('aria-label') ?? labels[0]?.innerText ?? (element as HTMLElement).innerText;
    const marks = (one: Element | null) => {
      if (!one) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
      return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
    };
    const isInput = element.tagName === 'INPUT';
    // The one of a group of words to choose from has no size; the word stands for it.
    const seen = isInput && element.getAttribute('type') === 'radio' ? (labels[0] ?? element) : element;
    const { width, height } = seen.getBoundingClientRect();
    return {
      name: name.trim(),
      isVisible: width > 0 && height > 0,
      // The frame of a field with a button in it stands for the field.
      isMarked: marks(seen) || (isInput && marks(element.parentElement)),
    };
  });
}

/**
 * Presses a key until what it leads to has this name. All that lies on the way must show that it has the focus. What loads
 * later than the rest must be there before: where nothing follows yet, the key leads out of the page.
 */
export async function moveTo(page: Page, name: string | RegExp, key = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press(key);
    const at = await focused(page);
    if (at.name === null) {
      throw new Error(`On the way to ${name} the focus is nowhere, after ${passed.join(' | ') || 'no place at all'}`);
    }
    passed.push(at.name);
    if (at.name !== '') expect(at, `at “${at.name}”`).toMatchObject({ isVisible: true, isMarked: true });
    if (typeof name === 'string' ? at.name.startsWith(name) : name.test(at.name)) return;
  }
  throw new Error(`${key} does not lead to ${name}, only to ${passed.join(' | ')}`);
}

export async function expectFocus(page: Page, name: string | RegExp): Promise<void> {
  const wanted = { name: expect.stringMatching(name), isVisible: true, isMarked: true };
  await expect.poll(() => focused(page)).toMatchObject(wanted);
}

/**
 * Until the focus has come into what was opened, which is a moment after it can be seen. A menu hears the Escape key only
 * then, what is written before may go elsewhere, and a dialog that closes before takes the focus along.
 */
export async function expectFocusIn(opened: Locator): Promise<void> {
  await expect(opened.locator(':focus')).toHaveCount(1);
}

/** Until staff's keys are there: they load after everything else. */
export async function keysWork(page: Page): Promise<void> {
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(async () => {
    await page.keyboard.press('?');
    await expect(help).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expectFocusIn(help);
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
}
