// Several tabs of one person: all of them live, and in step.
import { conversation, expect, openTicket, say, test, typeUntilSeen } from './support/desk.ts';

test('what happens in one tab shows in the other', async ({ people }) => {
  const admin = await people.admin();
  const first = await people.customer('Tabitha Tabs');
  const title = `Two tabs ${Date.now()}`;
  const id = await openTicket(first, title, 'First.');
  const second = await first.context().newPage();
  await second.goto(`/tickets/${id}`);
  await expect(conversation(second)).toContainText('First.');
  await admin.goto(`/admin/tickets/${id}`);
  await expect(conversation(admin)).toContainText('First.');

  await say(first, 'From the first tab');
  await expect(conversation(second).getByText('From the first tab')).toHaveCount(1);
  await say(second, 'From the second tab');
  await expect(conversation(first).getByText('From the second tab')).toHaveCount(1);
  // One's own words are never "typing" in one's other tab, which hears of them before it hears of the later ones.
  await typeUntilSeen(second, admin.getByText('Tabitha Tabs is typing…'));
  let typing = '';
  await expect(async () => {
    await admin.getByLabel('Your message').press('m');
    typing = await first.getByText(/typing…$/).innerText({ timeout: 1_000 });
  }).toPass();
  expect(typing).toBe('Ada Admin is typing…');

  await second.getByLabel('Your message').fill('');
  await second.getByRole('button', { name: 'Close ticket' }).click();
  await expect(first.getByText('This ticket is closed.').first()).toBeVisible();
  await expect(second.getByText('This ticket is closed.').first()).toBeVisible();
});

test('what is read in one tab is read in the other', async ({ people }) => {
  const admin = await people.admin();
  const reading = await people.customer('Rita Reader');
  const title = `Read once ${Date.now()}`;
  const id = await openTicket(reading, title, 'First.');
  await reading.goto('/');
  const listing = await reading.context().newPage();
  await listing.goto('/');
  await expect(listing.getByRole('link', { name: title })).toBeVisible();

  await admin.goto(`/admin/tickets/${id}`);
  await expect(conversation(admin)).toContainText('First.');
  await say(admin, 'An answer');
  for (const page of [reading, listing]) {
    await expect(page.getByRole('link', { name: title }).getByRole('img', { name: '1 unread message' })).toBeVisible();
    await expect(page).toHaveTitle(/^\(1\) /);
  }

  await reading.bringToFront();
  await reading.getByRole('link', { name: title }).click();
  await expect(conversation(reading)).toContainText('An answer');
  await expect(reading).not.toHaveTitle(/^\(/);
  await expect(listing.getByRole('link', { name: title })).not.toContainText('unread');
  await expect(listing).not.toHaveTitle(/^\(/);
});
