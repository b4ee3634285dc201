// The rules of a canned reply.
import { checkBody, checkLine, limitsOf } from '@/components/form/rules';

export const replyRules = {
  name: (text: string) => checkLine(text, limitsOf('CreateCannedReplyRequest', 'name')),
  body: (text: string) => checkBody(text, limitsOf('CreateCannedReplyRequest', 'body')),
};
