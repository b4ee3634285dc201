// Short names for the types of the contract. They come from the generated schema only.
import type { components } from './schema';

type Schemas = components['schemas'];

export type Account = Schemas['Account'];
export type AccountPage = Schemas['AccountPage'];
export type CannedReply = Schemas['CannedReply'];
export type CannedReplyList = Schemas['CannedReplyList'];
export type Category = Schemas['Category'];
export type CategoryList = Schemas['CategoryList'];
export type ChangePasswordRequest = Schemas['ChangePasswordRequest'];
export type ClientFrame = Schemas['ClientFrame'];
export type Command = Schemas['Command'];
export type CreateCannedReplyRequest = Schemas['CreateCannedReplyRequest'];
export type CreateTicketRequest = Schemas['CreateTicketRequest'];
export type Durations = Schemas['Durations'];
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
export type ResetLink = Schemas['ResetLink'];
export type ResetPasswordRequest = Schemas['ResetPasswordRequest'];
export type SendMessageRequest = Schemas['SendMessageRequest'];
export type ServerFrame = Schemas['ServerFrame'];
export type SetupRequest = Schemas['SetupRequest'];
export type Role = Schemas['Role'];
export type SearchItem = Schemas['SearchItem'];
export type SearchResults = Schemas['SearchResults'];
export type Session = Schemas['Session'];
export type SessionList = Schemas['SessionList'];
export type SetStatusRequest = Schemas['SetStatusRequest'];
export type SignedIn = Schemas['SignedIn'];
export type StatsView = Schemas['StatsView'];
export type Status = Schemas['Status'];
export type StatusSet = Schemas['StatusSet'];
export type Ticket = Schemas['Ticket'];
/** How many tickets a view has; more: the count stops there. */
export type TicketCounts = Record<'mine' | 'unassigned' | 'open' | 'waiting' | 'closed' | 'all', { count: number; more: boolean }>;
export type TicketDetail = Schemas['TicketDetail'];
export type TicketPage = Schemas['TicketPage'];
export type TextPiece = Schemas['TextPiece'];
export type TicketState = Schemas['TicketState'];
export type TimelinePage = Schemas['TimelinePage'];
export type UpdateCannedReplyRequest = Schemas['UpdateCannedReplyRequest'];
export type UpdateCategoryRequest = Schemas['UpdateCategoryRequest'];
export type UpdateMeRequest = Schemas['UpdateMeRequest'];
export type UpdateTicketRequest = Schemas['UpdateTicketRequest'];
export type UpdateUserRequest = Schemas['UpdateUserRequest'];
export type User = Schemas['User'];
export type VisibleEntry = Schemas['VisibleEntry'];
export type WaitingOn = Schemas['WaitingOn'];

/** A frame of one type. */
export type FrameOf<Type extends ServerFrame['type']> = Extract<ServerFrame, { type: Type }>;
