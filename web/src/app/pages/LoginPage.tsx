export { LoginForm as default } from '@/features/account/LoginForm';
