import '@/app/accountStrings';

export { LoginForm as default } from '@/features/account/LoginForm';
