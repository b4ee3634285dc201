// The browser has nothing to complain about: no policy is violated, no error is logged.
import type { Page } from '@playwright/test';
import { conversation, expect, logIn, message, newEmail, openTicket, PASSWORD, register, say, test } from './support/desk.ts';
import { expectFocusIn } from './support/keyboard.ts';

/** Collects what the browser complains about on every page that this tab opens. */
async function listen(page: Page): Promise<string[]> {
  const complaints: string[] = [];
  page.on('console', (line) => {
    if (line.type() !== 'error' && line.type() !== 'warning') return;
    // A visitor without a session: the browser logs the answer 401 to the question for one.
    if (line.location().url.endsWith('/api/v1/auth/refresh') && line.text().includes('401')) return;
    complaints.push(`${line.type()}: ${line.text()} (${line.location().url})`);
  });
  await page.exposeFunction('reportViolation', (violation: string) => complaints.push(violation));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
      const { reportViolation } = window as unknown as { reportViolation: (violation: string) => void };
      reportViolation(`policy: ${violatedDirective} ${blockedURI} ${sourceFile}`);
    });
  });
  return complaints;
}

test('a walk through the app is quiet', async ({ people, desk }) => {
  const customer = await people.visitor();
  const fromCustomer = await listen(customer);
  await register(customer, { email: newEmail('quiet'), name: 'Quinn Quiet', password: PASSWORD });
  const id = await openTicket(customer, 'Quiet, please', 'First.');
  await say(customer, 'Second.');
  await expect(message(customer, 'Second.').getByText('Sent', { exact: true })).toBeVisible();
  await customer.getByRole('button', { name: /^Account: / }).click();
  await customer.getByRole('menuitem', { name: 'Account and devices' }).click();
  await expect(customer.getByText('This device')).toBeVisible();
  await customer.getByLabel('New password').fill('password123');
  await expect(customer.getByRole('meter')).toBeVisible();
  await customer.goto(`/tickets/${id}`);
  await expect(conversation(customer)).toContainText('Second.');

  const admin = await people.visitor();
  const fromAdmin = await listen(admin);
  await logIn(admin, desk.admin);
  await admin.getByRole('link', { name: 'Quiet, please' }).click();
  await expect(conversation(admin)).toContainText('Second.');
  await say(admin, 'Third.');
  await expect(conversation(customer)).toContainText('Third.');
  await admin.getByRole('button', { name: /^Notifications/ }).click();
  await expectFocusIn(admin.getByRole('dialog', { name: 'Notifications' }));
  await admin.keyboard.press('Escape');
  await expect(admin.getByRole('dialog', { name: 'Notifications' })).toBeHidden();
  await customer.getByRole('button', { name: /^Account: / }).click();
  await customer.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(customer.getByRole('heading', { name: 'Sign in' })).toBeVisible();

  expect(fromCustomer).toEqual([]);
  expect(fromAdmin).toEqual([]);
});
