// Canned replies where one writes: picked beside the composer or in the palette, filled in, put where the cursor is.
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { callApi } from './support/api.ts';
import { expectNoFindings } from './support/axe.ts';
import { conversation, expect, openTicket, test } from './support/desk.ts';
import { keysWork } from './support/keyboard.ts';

const unique = (word: string) => `${word} ${randomUUID().slice(0, 8)}`;

const reply = (page: Page) => page.getByLabel('Your message');
const note = (page: Page) => page.getByLabel('Internal note, for staff only');
const picker = (page: Page) => page.getByRole('button', { name: 'Canned reply' });

/** An admin who has this canned reply, on the page of a new ticket of Cora Customer. */
async function atTicket(customer: Page, admin: Page, canned: { name: string; body: string }): Promise<number> {
  const id = await openTicket(customer, 'No paper', 'The tray is empty.');
  await callApi(admin, 'POST', '/canned-replies', { ...canned, shared: false });
  await admin.goto(`/admin/tickets/${id}`);
  await expect(conversation(admin)).toContainText('The tray is empty.');
  return id;
}

test('what is picked beside the composer is filled in where the cursor is', async ({ people }) => {
  const name = unique('Greeting');
  const customer = await people.customer();
  const admin = await people.admin();
  const id = await atTicket(customer, admin, { name, body: 'Hello {{customer.first_name}}, #{{ticket.number}} is mine.' });
  const text = `Hello Cora, #${id} is mine.`;

  await reply(admin).fill('[] Bye.');
  await reply(admin).press('Home');
  await reply(admin).press('ArrowRight');
  await picker(admin).press('Enter');
  await expect(admin.getByLabel('Search canned replies')).toBeFocused();
  await admin.keyboard.type(name);
  await expect(admin.getByRole('option')).toHaveCount(1);
  await expect(admin.getByRole('option')).toContainText(text);
  await expectNoFindings(admin, 'canned replies to pick from');
  await admin.getByRole('option').click();
  await expect(reply(admin)).toHaveValue(`[${text}] Bye.`);
  await expect(reply(admin)).toBeFocused();
  // Behind what was put in.
  await admin.keyboard.type('!');
  await expect(reply(admin)).toHaveValue(`[${text}!] Bye.`);
  await reply(admin).press('ControlOrMeta+Enter');
  await expect(conversation(customer)).toContainText(`[${text}!] Bye.`);

  // Whoever changes their mind goes on where they were.
  await picker(admin).click();
  await expect(admin.getByLabel('Search canned replies')).toBeFocused();
  await admin.keyboard.press('Escape');
  await expect(admin.getByRole('option')).toHaveCount(0);
  await expect(picker(admin)).toBeFocused();
});

test('the palette puts one into the reply or the note that is being written', async ({ people }) => {
  const name = unique('Refund');
  const customer = await people.customer();
  const admin = await people.admin();
  await atTicket(customer, admin, { name, body: 'About “{{ticket.title}}”: five days.' });
  await keysWork(admin);
  await admin.getByText('Note', { exact: true }).click();
  await note(admin).fill('Told them: ');
  await note(admin).press('ControlOrMeta+k');
  const palette = admin.getByRole('dialog', { name: 'Find anything' });
  await palette.getByRole('combobox').fill(name);
  await expect(palette.getByRole('option', { name })).toHaveAttribute('aria-selected', 'true');
  await admin.keyboard.press('Enter');
  await expect(palette).toBeHidden();
  await expect(note(admin)).toHaveValue('Told them: About “No paper”: five days.');
  await expect(note(admin)).toBeFocused();
});

test('customers have none', async ({ people }) => {
  const customer = await people.customer();
  await openTicket(customer, 'Mine', 'Hello?');
  await expect(conversation(customer)).toContainText('Hello?');
  await expect(reply(customer)).toBeVisible();
  await expect(picker(customer)).toHaveCount(0);
});
