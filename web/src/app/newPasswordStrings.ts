// The texts of forms that ask for a new password.
import { addStrings } from '@/config/i18n';
import { newPassword } from '@/config/strings/newPassword';
import './accountStrings';

addStrings({ newPassword });
