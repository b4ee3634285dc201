// The server is killed and started again under open pages: nobody reloads, nothing is lost, nothing comes twice.
import { conversation, expect, message, openTicket, say, test } from './support/desk.ts';

test('a server that dies while one is typing takes nothing along', async ({ people, desk }) => {
  const admin = await people.admin();
  const customer = await people.customer('Grace Customer');
  const id = await openTicket(customer, `Restart ${Date.now()}`, 'First.');
  await admin.goto(`/admin/tickets/${id}`);
  await expect(conversation(admin)).toContainText('First.');
  await customer.evaluate(() => Object.assign(window, { isSamePage: true }));

  const composer = customer.getByLabel('Your message');
  await composer.pressSequentially('Written while the server ');
  await desk.server.crash();
  await composer.pressSequentially('was dying');
  await expect(customer.getByText('Reconnecting…')).toBeVisible();
  await composer.press('ControlOrMeta+Enter');
  await expect(message(customer, 'was dying').getByText('Waiting for the connection')).toBeVisible();
  await expect(customer.getByText('1 message is waiting to be sent.')).toBeVisible();
  await composer.pressSequentially('And a draft');

  await desk.server.restart();
  await expect(message(customer, 'was dying').getByText(/^(Sent|Seen)$/)).toBeVisible({ timeout: 30_000 });
  await expect(customer.getByText('Reconnecting…')).toBeHidden();
  await expect(conversation(admin).getByText('Written while the server was dying')).toHaveCount(1, { timeout: 30_000 });
  await expect(conversation(customer).getByText('Written while the server was dying')).toHaveCount(1);
  await expect(composer).toHaveValue('And a draft');
  await expect(composer).toBeFocused();

  // Both are live again.
  await say(admin, 'Here again');
  await expect(conversation(customer).getByText('Here again')).toHaveCount(1);
  await composer.press('ControlOrMeta+Enter');
  await expect(conversation(admin).getByText('And a draft')).toHaveCount(1);
  expect(await customer.evaluate(() => 'isSamePage' in window)).toBe(true);
});
