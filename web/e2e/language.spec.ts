// The interface speaks the reader's language, and another one when asked to.
import { expect, newEmail, openTicket, PASSWORD, register, test } from './support/desk.ts';

test.describe('a browser that prefers German', () => {
  test.use({ locale: 'de-AT' });

  test('is spoken to in German, everywhere', async ({ people }) => {
    const page = await people.visitor();
    await page.goto('/login');
    await expect(page.getByRole('heading', { name: 'Anmelden' })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await expect(page).toHaveTitle('Anmelden · Deskwire');
    await page.getByRole('link', { name: 'Konto anlegen' }).click();
    await page.getByRole('button', { name: 'Konto anlegen' }).click();
    await expect(page.getByText('Bitte ausfüllen.')).toHaveCount(3);
    await page.getByLabel('E-Mail').fill(newEmail('deutsch'));
    await page.getByLabel('Name').fill('Greta Grün');
    await page.getByRole('textbox', { name: 'Passwort' }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Konto anlegen' }).click();
    await expect(page.getByRole('heading', { name: 'Meine Tickets' })).toBeVisible();

    await page.goto('/tickets/new');
    await page.getByLabel('Worum geht es?').fill('Drucker');
    await page.getByLabel('Was ist passiert?').fill('Er druckt nicht.');
    await page.getByRole('button', { name: 'Ticket öffnen' }).click();
    await expect(page.getByText('Wir haben Ihr Ticket und antworten, so bald wir können.')).toBeVisible();
    await expect(page.getByRole('log', { name: 'Unterhaltung' })).toContainText('Er druckt nicht.');
    const today = new Intl.DateTimeFormat('de-AT', { dateStyle: 'long', timeZone: 'Europe/Berlin' }).format();
    await expect(page.getByRole('log')).toContainText(today);
    await expect(page.getByRole('button', { name: 'Benachrichtigungen' })).toBeVisible();
  });
});

test('another language can be chosen before and after the sign-in, and stays', async ({ people }) => {
  const page = await people.visitor();
  await page.goto('/login');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.getByLabel('Language').selectOption('Deutsch');
  await expect(page.getByRole('heading', { name: 'Anmelden' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Anmelden' })).toBeVisible();
  await page.getByLabel('Sprache').selectOption('English');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();

  await register(page, { email: newEmail('polyglot'), name: 'Polly Glot', password: PASSWORD });
  await openTicket(page, 'In two languages', 'First.');
  await page.goto('/account');
  await page.getByRole('combobox', { name: 'Language' }).selectOption('Deutsch');
  await expect(page.getByRole('heading', { name: 'Konto und Geräte' })).toBeVisible();
  // What was loaded before speaks the new language too.
  await expect(page.getByRole('button', { name: /^Konto: / })).toBeVisible();
  await page.getByRole('link', { name: 'Deskwire, Startseite' }).click();
  await expect(page.getByRole('heading', { name: 'Meine Tickets' })).toBeVisible();
  await expect(page.getByText('Wir haben Ihr Ticket')).toBeVisible();
});

test('a language that does not come is said, and can be tried again', async ({ people }) => {
  const page = await people.visitor();
  await page.goto('/login');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  const choice = page.getByRole('combobox');
  const texts = '**/assets/account-*.js';
  await page.route(texts, (route) => route.abort());
  await choice.selectOption('Deutsch');
  await expect(page.getByRole('alert')).toHaveText('Could not load this language. Please try again.');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(choice).toHaveValue('en');
  await page.unroute(texts);
  await choice.selectOption('Deutsch');
  await expect(page.getByRole('heading', { name: 'Anmelden' })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a language that is chosen in one tab is spoken in the others', async ({ people }) => {
  const page = await people.visitor();
  await page.goto('/login');
  const second = await page.context().newPage();
  await second.goto('/register');
  await expect(second.getByRole('heading', { name: 'Create an account' })).toBeVisible();
  await page.getByLabel('Language').selectOption('Deutsch');
  await expect(page.getByRole('heading', { name: 'Anmelden' })).toBeVisible();
  await expect(second.getByRole('heading', { name: 'Konto anlegen' })).toBeVisible();
  await expect(second.getByRole('combobox', { name: 'Sprache' })).toHaveValue('de');
});
