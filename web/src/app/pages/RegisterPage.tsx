export { RegisterForm as default } from '@/features/account/RegisterForm';
