// Short names for the types of the contract. They come from the generated schema only.
import type { components } from './schema';

type Schemas = components['schemas'];

export type Category = Schemas['Category'];
export type CategoryList = Schemas['CategoryList'];
export type ChangePasswordRequest = Schemas['ChangePasswordRequest'];
export type ClientFrame = Schemas['ClientFrame'];
export type Command = Schemas['Command'];
export type CreateTicketRequest = Schemas['CreateTicketRequest'];
export type Entry = Schemas['Entry'];
export type EntryKind = Schemas['EntryKind'];
export type ErrorCode = Schemas['ErrorCode'];
export type FieldError = Schemas['FieldError'];
export type LoginRequest = Schemas['LoginRequest'];
export type MessageKind = Schemas['MessageKind'];
export type Notification = Schemas['Notification'];
export type NotificationKind = Schemas['NotificationKind'];
export type NotificationPage = Schemas['NotificationPage'];
export type Participant = Schemas['Participant'];
export type Person = Schemas['Person'];
export type Priority = Schemas['Priority'];
export type Problem = Schemas['Problem'];
export type ReadState = Schemas['ReadState'];
export type Refreshed = Schemas['Refreshed'];
export type RegisterRequest = Schemas['RegisterRequest'];
export type ResetPasswordRequest = Schemas['ResetPasswordRequest'];
export type SendMessageRequest = Schemas['SendMessageRequest'];
export type ServerFrame = Schemas['ServerFrame'];
export type SetupRequest = Schemas['SetupRequest'];
export type Session = Schemas['Session'];
export type SessionList = Schemas['SessionList'];
export type SetStatusRequest = Schemas['SetStatusRequest'];
export type SignedIn = Schemas['SignedIn'];
export type Status = Schemas['Status'];
export type StatusSet = Schemas['StatusSet'];
export type Ticket = Schemas['Ticket'];
export type TicketDetail = Schemas['TicketDetail'];
export type TicketPage = Schemas['TicketPage'];
export type TicketState = Schemas['TicketState'];
export type TimelinePage = Schemas['TimelinePage'];
export type UpdateMeRequest = Schemas['UpdateMeRequest'];
export type UpdateTicketRequest = Schemas['UpdateTicketRequest'];
export type User = Schemas['User'];
export type VisibleEntry = Schemas['VisibleEntry'];
export type WaitingOn = Schemas['WaitingOn'];

/** A frame of one type. */
export type FrameOf<Type extends ServerFrame['type']> = Extract<ServerFrame, { type: Type }>;
