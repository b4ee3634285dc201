// The network goes and comes back: nothing is lost, nothing is doubled, and the screen says how things stand.
import { conversation, expect, openTicket, say, test } from './support/desk.ts';

test('what is written offline is sent once the network is back, and what was missed arrives', async ({ people }) => {
  const admin = await people.admin();
  const customer = await people.customer();
  const id = await openTicket(customer, `Offline ${Date.now()}`, 'First.');
  await admin.goto(`/admin/tickets/${id}`);
  await expect(conversation(admin)).toContainText('First.');

  await customer.context().setOffline(true);
  await expect(customer.getByText(/^You are offline/)).toBeVisible();
  await say(customer, 'Written in a tunnel');
  await expect(customer.getByText('1 message is waiting to be sent.')).toBeVisible();
  await say(admin, 'Said meanwhile');
  await expect(conversation(admin)).toContainText('Said meanwhile');

  await customer.context().setOffline(false);
  await expect(conversation(admin).getByText('Written in a tunnel')).toHaveCount(1);
  await expect(conversation(customer).getByText('Said meanwhile')).toHaveCount(1);
  await expect(conversation(customer).getByText('Written in a tunnel')).toHaveCount(1);
  await expect(customer.getByText(/^You are offline/)).toHaveCount(0);
});

test('a message that the server refuses stays, to be sent again or deleted', async ({ people }) => {
  const admin = await people.admin();
  const customer = await people.customer();
  const id = await openTicket(customer, `Closed meanwhile ${Date.now()}`, 'First.');

  // The ticket is closed while the customer is away, and the message comes too late.
  await customer.context().setOffline(true);
  await say(customer, 'Too late');
  await admin.goto(`/admin/tickets/${id}`);
  await admin.getByRole('button', { name: /^Status: / }).click();
  await admin.getByRole('menuitemradio', { name: 'Closed' }).click();
  await expect(admin.getByRole('button', { name: 'Status: Closed' })).toBeVisible();

  await customer.context().setOffline(false);
  await expect(customer.getByText('Not sent: The ticket is closed.')).toBeVisible();
  await customer.getByRole('button', { name: 'Delete' }).click();
  await expect(conversation(customer).getByText('Too late')).toHaveCount(0);
});
