// The texts of the pages before the sign-in, of the account menu and of the account page.
import { addStrings } from '@/config/i18n';
import { account } from '@/config/strings/account';

addStrings({ account });
