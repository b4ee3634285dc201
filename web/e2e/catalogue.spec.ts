// What staff keeps in order: the categories that customers choose from, and canned replies.
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expectNoFindings } from './support/axe.ts';
import { expect, test } from './support/desk.ts';
import { expectFocusIn } from './support/keyboard.ts';

const unique = (word: string) => `${word} ${randomUUID().slice(0, 8)}`;

const offered = (page: Page) => page.getByRole('region', { name: 'Offered' });
const retired = (page: Page) => page.getByRole('region', { name: 'Retired' });

async function addCategory(admin: Page, name: string): Promise<void> {
  await admin.getByLabel('New category').fill(name);
  await admin.getByLabel('New category').press('Enter');
  await expect(offered(admin).getByRole('listitem').last()).toContainText(name);
  await expect(admin.getByLabel('New category')).toBeFocused();
  await expect(admin.getByLabel('New category')).toHaveValue('');
}

/** What a customer can choose from who opens the form now. */
async function choices(customer: Page): Promise<string[]> {
  await customer.goto('/tickets/new');
  const options = customer.getByLabel('Category').getByRole('option');
  await expect(options.nth(1)).toBeAttached();
  return (await options.allInnerTexts()).slice(1);
}

/** The names in the list, in their order. */
async function names(admin: Page): Promise<string[]> {
  return offered(admin)
    .getByRole('listitem')
    .evaluateAll((rows) => rows.map((row) => row.querySelector('span')?.textContent ?? ''));
}

test('categories are added, moved, renamed, retired and brought back, and customers get them so', async ({ people }) => {
  const [first, second, third] = [unique('Alpha'), unique('Beta'), unique('Gamma')];
  const admin = await people.admin();
  await admin.getByRole('heading', { name: 'Tickets', exact: true }).waitFor();
  await admin.goto('/admin/categories');
  for (const name of [first, second, third]) await addCategory(admin, name);
  const all = (await names(admin)).length;

  // By keyboard, faster than the server answers.
  const up = admin.getByRole('button', { name: `Move “${third}” up` });
  await up.focus();
  await admin.keyboard.press('Enter');
  await admin.keyboard.press('Enter');
  await expect(up).toBeFocused();
  await expect(admin.getByText(`“${third}” is now ${all - 2} of ${all}.`)).toBeVisible();
  const down = admin.getByRole('button', { name: `Move “${first}” down` });
  await down.focus();
  await admin.keyboard.press('Enter');
  await expect(down).toBeFocused();
  await admin.keyboard.press('Enter');
  await expect(down).toHaveAttribute('aria-disabled', 'true');
  await expect(down).toBeFocused();
  await expect.poll(async () => (await names(admin)).slice(-3)).toEqual([third, second, first]);
  const customer = await people.customer();
  await expect.poll(async () => (await choices(customer)).slice(-3)).toEqual([third, second, first]);
  await admin.reload();
  await expect.poll(async () => (await names(admin)).slice(-3)).toEqual([third, second, first]);

  const renamed = unique('Delta');
  await admin.getByRole('button', { name: `Rename “${second}”` }).click();
  const name = admin.getByLabel('Name of the category');
  await expect(name).toBeFocused();
  await name.fill(first.toUpperCase());
  await name.press('Enter');
  await expect(name).toHaveAccessibleDescription('This name is already taken.');
  await name.fill(renamed);
  await name.press('Enter');
  await expect(admin.getByRole('button', { name: `Rename “${renamed}”` })).toBeFocused();
  await expect.poll(async () => (await choices(customer)).slice(-3)).toEqual([third, renamed, first]);

  await admin.getByRole('button', { name: `Retire “${third}”` }).click();
  await expect(retired(admin).getByRole('listitem').filter({ hasText: third })).toContainText('Retired');
  await expect(offered(admin).getByRole('heading')).toBeFocused();
  await expect(offered(admin).getByText(third, { exact: true })).toHaveCount(0);
  await expect.poll(async () => (await choices(customer)).slice(-2)).toEqual([renamed, first]);
  // Past the one that is retired.
  await admin.getByRole('button', { name: `Move “${first}” up` }).click();
  await expect.poll(async () => (await choices(customer)).slice(-2)).toEqual([first, renamed]);

  await admin.getByRole('button', { name: `Bring back “${third}”` }).click();
  await expect(offered(admin).getByText(third, { exact: true })).toBeVisible();
  await expect.poll(() => choices(customer)).toContain(third);
});

test('a refused category says why, and a move that fails is put back', async ({ people }) => {
  const name = unique('Epsilon');
  const admin = await people.admin();
  await admin.goto('/admin/categories');
  await addCategory(admin, name);
  await admin.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(admin.getByLabel('New category')).toHaveAccessibleDescription('Please fill this in.');
  await admin.getByLabel('New category').fill(name);
  await admin.getByLabel('New category').press('Enter');
  await expect(admin.getByLabel('New category')).toHaveAccessibleDescription('This name is already taken.');
  await expect(admin.getByLabel('New category')).toBeFocused();

  const before = await names(admin);
  await admin.route('**/api/v1/categories/*', (route) => route.fulfill({ status: 503, json: { code: 'unavailable' } }));
  await admin.getByRole('button', { name: `Move “${name}” up` }).click();
  await expect(admin.getByRole('alert')).toContainText('The service is busy');
  await expect.poll(() => names(admin)).toEqual(before);
});

test('a canned reply is written, shared, changed by another admin, taken and deleted', async ({ people }) => {
  const name = unique('Refund');
  const admin = await people.admin();
  const colleague = await people.colleague();
  const row = (page: Page) => page.getByRole('listitem').filter({ hasText: name });
  const reload = async (page: Page) => {
    await page.goto('/admin/canned-replies');
    await expect(page.getByRole('button', { name: 'New canned reply' })).toBeVisible();
    await expect(page.getByRole('status', { name: 'Loading…' })).toHaveCount(0);
  };

  await reload(admin);
  await admin.getByRole('button', { name: 'New canned reply' }).press('Enter');
  const editor = admin.getByRole('dialog', { name: 'New canned reply' });
  await expect(editor.getByLabel('Name')).toBeFocused();
  await editor.getByRole('button', { name: 'Save' }).click();
  await expect(editor.getByLabel('Name')).toHaveAccessibleDescription(/Please fill this in\./);
  await editor.getByLabel('Name').fill(name);
  await editor.getByRole('textbox', { name: 'Text', exact: true }).fill('Hello !');
  await editor.getByRole('textbox', { name: 'Text', exact: true }).press('ArrowLeft');
  await editor.getByRole('button', { name: 'Customer’s first name' }).click();
  await expect(editor.getByRole('textbox', { name: 'Text', exact: true })).toBeFocused();
  await admin.keyboard.type(' {{customer.nam}}');
  await expect(editor.getByRole('textbox', { name: 'Text', exact: true })).toHaveValue('Hello {{customer.first_name}} {{customer.nam}}!');
  await expect(editor.getByRole('group', { name: 'Preview with an example' })).toHaveText('Hello Cora {{customer.nam}}!');
  await expect(editor.getByText('{{customer.nam}} stands for nothing')).toBeVisible();
  // What is written is not lost by a slip.
  await admin.keyboard.press('Escape');
  await expect(editor).toBeVisible();
  await editor.getByRole('button', { name: 'Save' }).click();
  await expect(editor).toBeHidden();
  await expect(admin.getByText(`“${name}” is saved.`)).toBeVisible();
  await expect(row(admin)).toContainText('Only you');
  await reload(colleague);
  await expect(row(colleague)).toHaveCount(0);

  await admin.getByRole('button', { name: `Edit “${name}”` }).click();
  await expectFocusIn(admin.getByRole('dialog'));
  await admin.getByRole('switch', { name: 'Shared with all support staff' }).press('Space');
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(row(admin)).toContainText('Shared');
  await reload(colleague);
  await colleague.getByLabel('Search canned replies').fill(`FIRST_NAME ${name}`);
  await expect(row(colleague)).toContainText('Shared');
  await colleague.getByRole('button', { name: `Edit “${name}”` }).click();
  await expectFocusIn(colleague.getByRole('dialog'));
  await colleague.getByRole('dialog').getByRole('textbox', { name: 'Text', exact: true }).fill('It takes five days.');
  await colleague.getByRole('dialog').getByRole('switch').click();
  await expect(colleague.getByText('It becomes yours alone')).toBeVisible();
  await colleague.getByRole('button', { name: 'Save' }).click();
  await colleague.getByLabel('Search canned replies').fill(name);
  await expect(row(colleague)).toContainText('It takes five days.');
  await expect(row(colleague)).toContainText('Only you');

  // The admin's list does not know yet.
  await admin.getByRole('button', { name: `Edit “${name}”` }).click();
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByRole('dialog').getByRole('alert')).toContainText('does not exist');
  await admin.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(row(admin)).toHaveCount(0);

  await colleague.getByRole('button', { name: `Delete “${name}”` }).click();
  const question = colleague.getByRole('dialog', { name: `Delete “${name}”?` });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(row(colleague)).toBeVisible();
  await colleague.getByRole('button', { name: `Delete “${name}”` }).click();
  await question.getByRole('button', { name: 'Delete' }).click();
  await expect(row(colleague)).toHaveCount(0);
  await expect(colleague.getByText(`“${name}” is deleted.`)).toBeVisible();
  await expect(colleague.getByRole('button', { name: 'New canned reply' })).toBeFocused();
});

test('axe finds nothing on the pages of categories and canned replies', async ({ people }) => {
  const [kept, gone, reply] = [unique('Zeta'), unique('Eta'), unique('Greeting')];
  const admin = await people.admin();
  await admin.goto('/admin/categories');
  await addCategory(admin, kept);
  await addCategory(admin, gone);
  await admin.getByRole('button', { name: `Retire “${gone}”` }).click();
  await expect(retired(admin).getByText(gone, { exact: true })).toBeVisible();
  await admin.getByRole('button', { name: `Rename “${kept}”` }).click();
  await admin.getByLabel('Name of the category').fill('');
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByText('Please fill this in.')).toBeVisible();
  await expectNoFindings(admin, 'categories');

  await admin.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: 'Canned replies' }).click();
  await admin.getByRole('button', { name: 'New canned reply' }).click();
  await expectFocusIn(admin.getByRole('dialog'));
  await admin.getByRole('dialog').getByLabel('Name').fill(reply);
  await admin.getByRole('dialog').getByRole('textbox', { name: 'Text', exact: true }).fill('Hello {{customer.name}}, {{no.such}}!');
  await expect(admin.getByText('stands for nothing')).toBeVisible();
  await expectNoFindings(admin, 'editor');
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByRole('dialog')).toBeHidden();
  await expectNoFindings(admin, 'canned replies');
  await admin.getByRole('button', { name: `Delete “${reply}”` }).click();
  await expect(admin.getByRole('dialog')).toBeVisible();
  await expectNoFindings(admin, 'question');
});
