// Sets another password with a one-time link.
import { useLinkToken } from '@/features/account/linkToken';
import { ResetForm } from '@/features/account/ResetForm';

export default function ResetPage() {
  return <ResetForm token={useLinkToken()} />;
}
