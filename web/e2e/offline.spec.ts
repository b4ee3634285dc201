// The network goes and comes back: nothing is lost, nothing is doubled, and the screen says how things stand.
import { conversation, expect, goOffline, message, openTicket, say, setStatus, test } from './support/desk.ts';

test('what is written offline is sent once the network is back, and what was missed arrives', async ({ people }) => {
  const admin = await people.admin();
  const customer = await people.customer();
  const id = await openTicket(customer, `Offline ${Date.now()}`, 'First.');
  await admin.goto(`/admin/tickets/${id}`);
  await expect(conversation(admin)).toContainText('First.');

  await goOffline(customer);
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

test('twenty seconds offline while the other side writes and changes the status', async ({ people }) => {
  const admin = await people.admin();
  const customer = await people.customer();
  // High enough for all of it: the conversation draws only what is on the screen.
  await customer.setViewportSize({ width: 1280, height: 2400 });
  const id = await openTicket(customer, `Twenty seconds ${Date.now()}`, 'First.');
  await admin.goto(`/admin/tickets/${id}`);
  await expect(conversation(admin)).toContainText('First.');

  await goOffline(customer);
  const since = Date.now();
  const written: string[] = [];
  while (Date.now() - since < 20_000) {
    written.push(`Meanwhile ${written.length + 1}.`);
    await say(admin, written.at(-1) ?? '');
    await expect(message(admin, written.at(-1) ?? '').getByText(/^(Sent|Seen)$/)).toBeVisible();
    if (written.length === 3) await setStatus(admin, 'In progress');
    await admin.waitForTimeout(1_000);
  }
  await setStatus(admin, 'Pending');
  await say(customer, 'From the tunnel.');
  await expect(conversation(customer)).not.toContainText('Meanwhile');

  await customer.context().setOffline(false);
  await expect(message(customer, 'From the tunnel.').getByText(/^(Sent|Seen)$/)).toBeVisible();
  await expect(customer.getByText('Pending', { exact: true })).toBeVisible();
  const order = async () => {
    const shown = await conversation(customer).innerText();
    return [...shown.matchAll(/Meanwhile \d+\.|From the tunnel\.|set the status to [\w ]+/g)].map(([text]) => text.trim());
  };
  await expect.poll(order).toEqual([
    ...written.slice(0, 3),
    'set the status to In progress',
    ...written.slice(3),
    'set the status to Pending',
    'From the tunnel.',
  ]);
  await expect(conversation(admin).getByText('From the tunnel.')).toHaveCount(1);

  // What was replayed is what a fresh look shows.
  await customer.reload();
  await expect(conversation(customer)).toContainText('From the tunnel.');
  for (const text of [...written, 'From the tunnel.']) {
    await expect(conversation(customer).getByText(text, { exact: true })).toHaveCount(1);
  }
});

test('what is written offline outlives its tab, and is sent once by the next one', async ({ people }) => {
  const admin = await people.admin();
  const customer = await people.customer();
  const id = await openTicket(customer, `Closed tab ${Date.now()}`, 'First.');
  await admin.goto(`/admin/tickets/${id}`);
  await expect(conversation(admin)).toContainText('First.');

  const context = customer.context();
  await goOffline(customer);
  await say(customer, 'Written in a tunnel');
  await expect(message(customer, 'Written in a tunnel').getByText('Waiting for the connection')).toBeVisible();
  await customer.close();
  await context.setOffline(false);

  // Whatever page is opened: the ticket itself need not be.
  const later = await context.newPage();
  await later.goto('/');
  await expect(conversation(admin)).toContainText('Written in a tunnel');
  await later.goto(`/tickets/${id}`);
  await expect(message(later, 'Written in a tunnel').getByText(/^(Sent|Seen)$/)).toBeVisible();
  await later.reload();
  for (const page of [later, admin]) {
    await expect(conversation(page).getByText('Written in a tunnel')).toHaveCount(1);
  }
});

test('a message that the server refuses stays, to be sent again or deleted', async ({ people }) => {
  const admin = await people.admin();
  const customer = await people.customer();
  const id = await openTicket(customer, `Closed meanwhile ${Date.now()}`, 'First.');

  // The ticket is closed while the customer is away, and the message comes too late.
  await goOffline(customer);
  await say(customer, 'Too late');
  await admin.goto(`/admin/tickets/${id}`);
  await setStatus(admin, 'Closed');

  await customer.context().setOffline(false);
  await expect(customer.getByText('Not sent: The ticket is closed.')).toBeVisible();
  await customer.getByRole('button', { name: 'Delete' }).click();
  await expect(conversation(customer).getByText('Too late')).toHaveCount(0);
});
