// Looks at a page with axe, in every size and colour scheme. It is as large afterwards as before.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
/** What looking at a page four times may add to the time of a test. */
const TAKES_MS = 40_000;

export async function expectNoFindings(page: Page, name: string): Promise<void> {
  test.setTimeout(test.info().timeout + TAKES_MS);
  const before = page.viewportSize();
  for (const viewport of [WIDE, PHONE]) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
      await standStill(page);
      // The other mode opens a page of its own for what it found in frames, of which there are none.
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`);
      expect.soft(found, `${name}, ${colorScheme}, ${viewport.width} wide`).toEqual([]);
      expect.soft(await overflow(page), `${name} is wider than ${viewport.width}`).toBe(0);
    }
  }
  if (before) await page.setViewportSize(before);
}

/** What fades in is pale until it is there, and begins to some frames after it is on the page. */
function standStill(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const isMoving = () =>
      document
        .getAnimations()
        .some(({ playState, effect }) => playState === 'running' && effect?.getComputedTiming().iterations !== Infinity);
    for (let frames = 0; frames < 5; frames += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      if (isMoving()) frames = 0;
    }
  });
}

function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
