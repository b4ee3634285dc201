// What people write is text wherever it is shown: never markup, never a link that runs something.
import type { Page } from '@playwright/test';
import { conversation, expect, newEmail, openTicket, PASSWORD, register, say, test } from './support/desk.ts';

const MARKUP = '<img src=x onerror="window.wasRun = true"><script>window.wasRun = true</script>';
const LINK = 'javascript:window.wasRun=true';

async function nothingRan(page: Page): Promise<void> {
  expect(await page.evaluate(() => 'wasRun' in window)).toBe(false);
  await expect(page.locator('img[src="x"], a[href^="javascript:"], [onerror]')).toHaveCount(0);
}

test('markup in names, titles, messages, notes and notifications is shown as text', async ({ people }) => {
  const admin = await people.admin();
  const customer = await people.visitor();
  const name = `<b onclick=x>Mallory</b> ${LINK}`;
  await register(customer, { email: newEmail('markup'), name, password: PASSWORD });
  const title = `${MARKUP} ${Date.now()}`;
  await openTicket(customer, title, `${MARKUP}\n${LINK}\n[a link](${LINK})`);

  // In the list, the pop-up and the bell of the admin, without a reload.
  const row = admin.getByRole('region', { name: 'Tickets' }).getByRole('link', { name: title });
  await expect(row).toContainText(name);
  await admin.getByRole('button', { name: /^Notifications/ }).click();
  await expect(admin.getByRole('dialog', { name: 'Notifications' })).toContainText(title);
  await admin.keyboard.press('Escape');
  await row.click();
  await expect(conversation(admin)).toContainText(`[a link](${LINK})`);
  await expect(conversation(admin)).toContainText(name);

  await admin.getByText('Note', { exact: true }).click();
  await admin.getByLabel('Internal note, for staff only').fill(MARKUP);
  await admin.getByRole('button', { name: 'Add note' }).click();
  await admin.getByText('Reply', { exact: true }).click();
  await say(admin, `Answer: ${MARKUP}`);
  await expect(conversation(customer)).toContainText(`Answer: ${MARKUP}`);

  for (const page of [admin, customer]) {
    await nothingRan(page);
    await page.reload();
    await expect(conversation(page)).toContainText(`Answer: ${MARKUP}`);
    await nothingRan(page);
  }
});
