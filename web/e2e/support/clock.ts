// Stops the time of a page for what must happen before some seconds are over.
import type { Page } from '@playwright/test';

/** Stops the page's clock, which was installed: the seconds to undo something last as long as the test needs them. */
export async function stopClock(page: Page): Promise<void> {
  await page.clock.pauseAt((await timeOf(page)) + 500);
}

/** To the page it is a minute earlier, in which what is due waits. */
export async function turnBackClock(page: Page): Promise<void> {
  await page.clock.setSystemTime((await timeOf(page)) - 60_000);
}

const timeOf = (page: Page) => page.evaluate(() => Date.now());
