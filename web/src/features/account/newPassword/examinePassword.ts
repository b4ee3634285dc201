// The examination of forms with a new password.
import type { Broken } from '@/components/form/rules';
import { checkStrength } from './strength';

/** What is wrong with the field `password`. */
export async function examinePassword(password: string, about: string[]): Promise<{ password?: Broken }> {
  const broken = await checkStrength(password, about);
  return broken ? { password: broken } : {};
}
