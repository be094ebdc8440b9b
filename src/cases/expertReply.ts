import type { HelpCase } from './helpCase.js'

/** Whether an expert group has given its view. */
export const hasExpertReply = ({ shares = [] }: Pick<HelpCase, 'shares'>): boolean =>
  shares.some(({ dueOn, repliedAt }) => dueOn !== null && repliedAt !== null)
