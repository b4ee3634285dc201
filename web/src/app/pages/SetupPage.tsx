// Makes the first admin.
import { useLinkToken } from '@/features/account/linkToken';
import { SetupForm } from '@/features/account/SetupForm';

export default function SetupPage() {
  return <SetupForm token={useLinkToken()} />;
}
