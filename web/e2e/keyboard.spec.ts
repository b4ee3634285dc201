// Everything of a customer's day with the keyboard alone, and it always shows where one is.
import { stopClock } from './support/clock.ts';
import { conversation, expect, message, newEmail, PASSWORD, test } from './support/desk.ts';
import { expectFocus, expectFocusIn, moveTo } from './support/keyboard.ts';

test('a customer signs up, asks, talks and closes without a mouse', async ({ people }) => {
  const page = await people.visitor();
  await page.clock.install();
  await page.goto('/login');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await moveTo(page, 'Create an account');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Create an account' })).toBeVisible();
  await moveTo(page, 'E-mail');
  await page.keyboard.type(newEmail('keyboard'));
  await moveTo(page, 'Name');
  await page.keyboard.type('Kay Board');
  await moveTo(page, 'Password');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'My tickets' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Account: / })).toBeVisible();

  // The link to skip the header is the first stop, and it works.
  await page.reload();
  await expect(page.getByRole('button', { name: /^Account: / })).toBeVisible();
  await page.keyboard.press('Tab');
  await expectFocus(page, /^Skip to content$/);
  await page.keyboard.press('Enter');
  await expect(page.getByText('No tickets yet')).toBeVisible();
  await moveTo(page, 'New ticket');
  await page.keyboard.press('Enter');
  await expectFocus(page, /^New ticket$/);

  await moveTo(page, 'What is it about?');
  await page.keyboard.type('No mouse at hand');
  await moveTo(page, 'What happened?');
  await page.keyboard.type('It ran away.');
  await moveTo(page, 'How urgent is it?');
  await page.keyboard.press('ArrowDown');
  await moveTo(page, 'Open ticket');
  await page.keyboard.press('Enter');
  await expectFocus(page, /^No mouse at hand #\d+$/);
  await expect(page.locator('main header')).toContainText('High');

  await expect(page.getByLabel('Your message')).toBeVisible();
  await moveTo(page, 'Your message');
  await page.keyboard.type('It is back');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(message(page, 'It is back').getByText('Sent', { exact: true })).toBeVisible();
  await expectFocus(page, /^Your message$/);
  await page.keyboard.type('and says hello');
  await moveTo(page, 'Send');
  await page.keyboard.press('Space');
  await expect(conversation(page)).toContainText('and says hello');

  await moveTo(page, 'Notifications', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expectFocusIn(page.getByRole('dialog', { name: 'Notifications' }));
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Notifications' })).toBeHidden();
  await expectFocus(page, /^Notifications/);

  await moveTo(page, /^Account: /);
  await page.keyboard.press('Enter');
  await expectFocus(page, /^Account and devices$/);
  await page.keyboard.press('ArrowDown');
  await expectFocus(page, /^Sign out$/);
  await page.keyboard.press('Escape');
  await expectFocus(page, /^Account: /);

  await moveTo(page, 'Close ticket');
  await stopClock(page);
  await page.keyboard.press('Enter');
  await expectFocus(page, /^Undo$/);
  await page.keyboard.press('Enter');
  await expectFocus(page, /^Close ticket$/);
  await page.keyboard.press('Space');
  await expectFocus(page, /^Undo$/);
  await page.clock.resume();
  await expect(page.getByText('This ticket is closed.', { exact: true })).toBeVisible();
  await expectFocus(page, /^No mouse at hand #\d+$/);
  await expect(page.getByRole('link', { name: 'Open a follow-up' })).toBeVisible();
  await moveTo(page, 'Open a follow-up');
});
