// Two of staff in one ticket: nobody answers over the head of the other without knowing it.
import { conversation, expect, goOffline, message, openTicket, type People, say, test } from './support/desk.ts';

const REPLY = 'Please restart the printer.';
/** The customer has it open, and may have seen it already. */
const DELIVERED = /^(Sent|Seen)$/;

test('a reply that crosses another shows what was missed, and goes out once when it is meant', async ({ people }) => {
  const { second, first } = await crossing(people);
  const late = message(second, REPLY);
  await expect(late.getByText('While you wrote, something happened:')).toBeVisible();
  const missed = late.getByRole('list', { name: 'What you missed' });
  await expect(missed.getByRole('listitem')).toHaveText(['Ada Admin: I will visit you tomorrow.']);
  // It has come by the usual way as well, and stands in the conversation once.
  await expect(conversation(second).getByRole('article').filter({ hasText: /^Ada Admin/ })).toHaveCount(1);
  await expect(conversation(first)).not.toContainText(REPLY);

  // It is kept as it is over a reload.
  await second.reload();
  await late.getByRole('button', { name: 'Send anyway' }).click();
  await expect(late.getByText(DELIVERED)).toBeVisible();
  await expect(conversation(first).getByText(REPLY)).toHaveCount(1);
  await second.reload();
  await expect(conversation(second).getByText(REPLY)).toHaveCount(1);
  await expect(second.getByRole('button', { name: 'Send anyway' })).toHaveCount(0);
});

test('a reply that crosses another can be taken back and edited', async ({ people }) => {
  const { second } = await crossing(people);
  await second.getByLabel('Your message').fill('Hello.');
  await message(second, REPLY).getByRole('button', { name: 'Edit' }).click();
  await expect(second.getByLabel('Your message')).toHaveValue(`Hello.\n\n${REPLY}`);
  await expect(second.getByLabel('Your message')).toBeFocused();
  await expect(conversation(second).getByText(REPLY)).toHaveCount(0);

  // Now that everything is on the screen it goes out.
  await second.getByLabel('Your message').press('ControlOrMeta+Enter');
  await expect(message(second, REPLY).getByText(DELIVERED)).toBeVisible();
});

test('a note that is being written stays a note when a reply is taken back', async ({ people }) => {
  const { second, customer } = await crossing(people);
  const note = second.getByLabel('Internal note, for staff only');
  await second.getByText('Note', { exact: true }).click();
  await expect(note).toHaveValue('');
  await note.fill('Between us: a difficult one.');
  await message(second, REPLY).getByRole('button', { name: 'Edit' }).click();
  await expect(second.getByLabel('Your message')).toHaveValue(REPLY);
  await second.getByText('Note', { exact: true }).click();
  await expect(note).toHaveValue('Between us: a difficult one.');

  // Also over a reload, which brings back what was written last.
  await second.reload();
  await expect(note).toHaveValue('Between us: a difficult one.');
  await second.getByText('Reply', { exact: true }).click();
  await expect(second.getByLabel('Your message')).toHaveValue(REPLY);
  await second.getByRole('button', { name: 'Send' }).click();
  await expect(conversation(customer)).toContainText(REPLY);
  await expect(second.getByLabel('Your message')).toHaveValue('');
  await second.getByText('Note', { exact: true }).click();
  await second.getByRole('button', { name: 'Add note' }).click();
  await expect(message(second, 'Between us').getByText('Internal note')).toBeVisible();
  await expect(customer.getByText('Between us')).toHaveCount(0);
});

test('two replies of one person do not make each other late', async ({ people }) => {
  const customer = await people.customer();
  const id = await openTicket(customer, `In a row ${Date.now()}`, 'First.');
  const admin = await people.colleague('Ben Admin');
  await admin.goto(`/admin/tickets/${id}`);
  await expect(conversation(admin)).toContainText('First.');
  await goOffline(admin);
  await say(admin, 'One.');
  await say(admin, 'Two.');
  await admin.context().setOffline(false);
  await expect(message(admin, 'Two.').getByText(DELIVERED)).toBeVisible();
  await expect(conversation(customer)).toContainText('Two.');
});

/** Ada answers while Ben, who has no connection, writes. */
async function crossing(people: People) {
  const customer = await people.customer();
  const id = await openTicket(customer, `Crossing ${Date.now()}`, 'The printer is on fire.');
  const first = await people.admin();
  const second = await people.colleague('Ben Admin');
  for (const page of [first, second]) {
    await page.goto(`/admin/tickets/${id}`);
    await expect(conversation(page)).toContainText('The printer is on fire.');
  }
  await goOffline(second);
  await say(second, REPLY);
  await say(first, 'I will visit you tomorrow.');
  await expect(message(first, 'I will visit you tomorrow.').getByText(DELIVERED)).toBeVisible();
  await second.context().setOffline(false);
  await expect(message(second, REPLY).getByRole('button', { name: 'Send anyway' })).toBeVisible();
  return { first, second, customer };
}
