// Signing in, in its three ways, and out. The tokens go where they belong and nowhere else.
import { accessToken, setAccessToken } from '@/api/accessToken';
import { toFailure } from '@/api/failure';
import { http } from '@/api/http';
import { tellTabs } from '@/api/tabs';
import type {
  LoginRequest,
  RegisterRequest,
  ResetPasswordRequest,
  SetupRequest,
  SignedIn,
  User,
} from '@/api/types';

export const logIn = (request: LoginRequest) => enter('/auth/login', request);
export const register = (request: RegisterRequest) => enter('/auth/register', request);
export const setUp = (request: SetupRequest) => enter('/setup', request);

/** Sets the password with a one-time link. It signs nobody in, the new password does; and out whoever was signed in here. */
export async function resetPassword(request: ResetPasswordRequest): Promise<void> {
  try {
    await http.post('/auth/reset', request, { anonymous: true });
  } catch (error) {
    throw toFailure(error);
  }
  forgetSession();
}

/** Ends the session on the server. Rejects with a Failure when that did not work: then one is still signed in. */
export async function logOut(): Promise<void> {
  try {
    await http.post('/auth/logout', undefined, { anonymous: true });
  } catch (error) {
    const failure = toFailure(error);
    if (failure.status !== 401) throw failure;
  }
  forgetSession();
}

/** The owner of the access token, or null without one. */
export async function fetchMe(): Promise<User | null> {
  if (accessToken() === null) return null;
  const { data } = await http.get<User>('/me');
  return data;
}

/** The server has ended the session and taken the cookie, which all tabs share. */
function forgetSession(): void {
  setAccessToken(null);
  tellTabs({ type: 'signed_out' });
}

async function enter(path: string, request: LoginRequest | RegisterRequest | SetupRequest): Promise<User> {
  try {
    const { data } = await http.post<SignedIn>(path, request, { anonymous: true });
    setAccessToken(data.access_token);
    tellTabs({ type: 'signed_in', userId: data.user.id });
    return data.user;
  } catch (error) {
    throw toFailure(error);
  }
}
