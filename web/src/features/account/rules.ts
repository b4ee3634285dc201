// The rules of the account forms, each with the limits of its own request.
import { checkEmail, checkKnownPassword, checkLine, checkNewPassword, limitsOf } from '@/components/form/rules';

/** Sign-up and set-up ask for the same three things. */
export function newAccountRules(request: 'RegisterRequest' | 'SetupRequest') {
  return {
    email: (text: string) => checkEmail(text, limitsOf(request, 'email')),
    name: (text: string) => checkLine(text, limitsOf(request, 'name')),
    password: (text: string) => checkNewPassword(text, limitsOf(request, 'password')),
  };
}

export const resetRules = {
  password: (text: string) => checkNewPassword(text, limitsOf('ResetPasswordRequest', 'password')),
};

export const changePasswordRules = {
  current_password: (text: string) => checkKnownPassword(text, limitsOf('ChangePasswordRequest', 'current_password')),
  password: (text: string) => checkNewPassword(text, limitsOf('ChangePasswordRequest', 'password')),
};

export const profileRules = {
  name: (text: string) => checkLine(text, limitsOf('UpdateMeRequest', 'name')),
};

export const loginRules = {
  email: (text: string) => checkEmail(text, limitsOf('LoginRequest', 'email')),
  password: (text: string) => checkKnownPassword(text, limitsOf('LoginRequest', 'password')),
};
