/** What happens to one matter, step by step: a request for help from its sending to its rating, or one visit. */
import type { Command } from './command.js'

export interface CaseStory {
  kind: 'case'
  /** No other has it. */
  title: string
  /** `case.submit`, and what followed, in this order. */
  steps: Command[]
}

export interface VisitStory {
  kind: 'visit'
  id: string
  steps: [Command]
}

export type Story = CaseStory | VisitStory
