// Customer and admin side by side: everything that one does, the other sees without a reload.
import { sendMany } from './support/api.ts';
import { stopClock } from './support/clock.ts';
import { conversation, expect, fillNewTicket, message, openTicket, say, test, typeUntilSeen } from './support/desk.ts';

test('a ticket lives on both screens from opening to closing', async ({ people }) => {
  const admin = await people.admin();
  const customer = await people.customer('Grace Customer');
  await customer.clock.install();

  const title = `The printer is on fire ${Date.now()}`;
  // The pop-up goes by itself.
  const popUp = admin.getByRole('group', { name: /^New ticket #\d+$/ }).filter({ hasText: title });
  await Promise.all([
    expect(popUp).toBeVisible({ timeout: 60_000 }),
    fillNewTicket(customer, title, 'It started this morning.\nPlease help.'),
  ]);

  // The list grows by itself, and the bell rings.
  const row = admin.getByRole('region', { name: 'Tickets' }).getByRole('link', { name: title });
  await expect(row).toBeVisible();
  await expect(row.getByRole('img', { name: '1 unread message' })).toBeVisible();
  await expect(admin.getByRole('button', { name: /^Notifications, \d+ unread$/ })).toBeVisible();
  await expect(admin).toHaveTitle(/^\(\d+\) /);

  await row.click();
  await expect(conversation(admin)).toContainText('It started this morning.');
  await expect(row).not.toContainText('unread');

  await say(admin, 'Hello Grace, please take a step back.');
  await expect(conversation(customer)).toContainText('Hello Grace, please take a step back.');
  await expect(customer.getByText('We have answered. It is your turn.')).toBeVisible();

  await customer.getByLabel('Your message').pressSequentially('Done');
  await typeUntilSeen(customer, admin.getByText('Grace Customer is typing…'));
  await customer.getByRole('button', { name: 'Send' }).click();
  await expect(conversation(admin)).toContainText('Done');
  await admin.bringToFront();
  await expect(message(customer, 'Done').getByText('Seen')).toBeVisible();

  await admin.getByRole('button', { name: /^Status: / }).click();
  await admin.getByRole('menuitemradio', { name: 'In progress' }).click();
  await expect(customer.getByText('In progress', { exact: true })).toBeVisible();
  await expect(conversation(customer)).toContainText('Ada Admin set the status to In progress');

  await admin.getByRole('button', { name: 'Assign to me' }).click();
  await expect(admin.getByText('Assigned to you')).toBeVisible();

  // An internal note leaves no trace on the customer's screen.
  await admin.getByText('Note', { exact: true }).click();
  await admin.getByLabel('Internal note, for staff only').fill('Ask facilities about the smoke.');
  await admin.getByRole('button', { name: 'Add note' }).click();
  await expect(conversation(admin)).toContainText('Ask facilities about the smoke.');
  await say(customer, 'It is out now, thank you!');
  await expect(conversation(admin)).toContainText('It is out now, thank you!');
  await expect(customer.getByText('facilities')).toHaveCount(0);

  await stopClock(customer);
  await customer.getByRole('button', { name: 'Close ticket' }).click();
  await expect(customer.getByRole('button', { name: 'Undo' })).toBeFocused();
  await customer.getByRole('button', { name: 'Undo' }).click();
  await customer.clock.resume();
  await customer.getByRole('button', { name: 'Close ticket' }).click();
  await expect(customer.getByText('This ticket is closed.').first()).toBeVisible();
  await expect(admin.getByRole('button', { name: 'Status: Closed' })).toBeVisible();
  await expect(conversation(admin)).toContainText('Grace Customer closed the ticket');
  await expect(customer.getByRole('link', { name: 'Open a follow-up' })).toBeVisible();
});

test('a message that is sent appears once, on every screen and after a reload', async ({ people }) => {
  const customer = await people.customer();
  await openTicket(customer, 'Once', 'First.');
  await say(customer, 'Only once, please.');
  await expect(conversation(customer).getByText('Only once, please.')).toHaveCount(1);
  await expect(message(customer, 'Only once, please.').getByText('Sent', { exact: true })).toBeVisible();
  await customer.reload();
  await expect(conversation(customer).getByText('Only once, please.')).toHaveCount(1);
});

test('a draft survives a reload', async ({ people }) => {
  const customer = await people.customer();
  await openTicket(customer, 'Draft', 'First.');
  await customer.getByLabel('Your message').fill('Not finished yet');
  await customer.reload();
  await expect(customer.getByLabel('Your message')).toHaveValue('Not finished yet');
});

test('earlier messages load upwards', async ({ people }) => {
  const customer = await people.customer();
  const id = await openTicket(customer, 'A long one', 'The very first words.');
  await sendMany(customer, id, 60);
  await customer.reload();
  await expect(conversation(customer)).toContainText('Message 60');
  await expect(conversation(customer)).not.toContainText('The very first words.');
  await conversation(customer).press('Home');
  await expect(conversation(customer)).toContainText('The very first words.');
  await expect(customer.getByRole('button', { name: 'Show earlier messages' })).toHaveCount(0);
});
