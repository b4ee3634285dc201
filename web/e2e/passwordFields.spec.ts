// Fields of passwords help those who use a password manager.
import { expect, PASSWORD, test } from './support/desk.ts';

test('fields of passwords are masked, take what is pasted, and are known to password managers', async ({ people }) => {
  const visitor = await people.visitor();
  await visitor.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const fields: [string, RegExp, string][] = [
    ['/login', /^Password/, 'current-password'],
    ['/register', /^Password/, 'new-password'],
    ['/reset#token=x', /^New password/, 'new-password'],
  ];
  for (const [path, label, autocomplete] of fields) {
    await visitor.goto(path);
    const field = visitor.getByLabel(label);
    await expect(field).toHaveAttribute('type', 'password');
    await expect(field).toHaveAttribute('autocomplete', autocomplete);
    await visitor.evaluate((text) => navigator.clipboard.writeText(text), PASSWORD);
    await field.focus();
    await visitor.keyboard.press('ControlOrMeta+v');
    await expect(field).toHaveValue(PASSWORD);
  }
  await visitor.goto('/login');
  await expect(visitor.getByLabel('E-mail')).toHaveAttribute('autocomplete', /username|email/);
});
