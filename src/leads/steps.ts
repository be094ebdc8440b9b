/** What each step of a lead does, whoever asks for it: a person, or the demonstration. */
import type { EntityManager } from 'typeorm'
import { change } from '../audit/trail.js'
import { dateOf } from '../calendar/dates.js'
import { idAt } from '../database/idAt.js'
import type { Knowledge } from '../house.js'
import { Lead, LeadEntry } from './lead.js'
import { dueAfter } from './rules.js'
import { refuseTelling } from './telling.js'
import { type LeadOutcome, type LeadStep, transitions } from './states.js'

export interface Doing {
  db: EntityManager
  know: Pick<Knowledge, 'leads' | 'calendar'>
  target: Lead
  now: Date
  postId: string | null
}

interface Said {
  text?: string | null
  outcome?: LeadOutcome
  measured?: string | null
}

type Patch = Partial<Omit<Lead, 'id' | 'version' | 'auditHead' | 'state'>>

/** The state after the step, and its line of the timeline; the line's id. */
async function move(doing: Doing, step: LeadStep, patch: Patch, said: Said = {}): Promise<string> {
  const { db, target, now, postId } = doing
  const { text = null, outcome = null, measured = null } = said
  const id = idAt(now)
  await change(db, Lead, target, { state: transitions[step].to, ...patch }, { entry: [null, { id, text }] })
  await db.insert(LeadEntry, { id, leadId: target.id, verb: step, postId, at: now, text, outcome, measured })
  return id
}

/** 移交属地分局: the seven days run from here. */
export async function send(doing: Doing, unitId = doing.target.unitId): Promise<void> {
  const sentOn = dateOf(doing.now)
  const sent = { unitId, sentOn, dueOn: dueAfter(doing.know, sentOn), sentByPostId: doing.postId }
  await move(doing, 'lead.send', sent)
}

export interface Findings {
  outcome: LeadOutcome
  text: string
  measured: string | null
}

export async function answer(doing: Doing, findings: Findings): Promise<string> {
  return move(doing, 'lead.answer', { answeredOn: dateOf(doing.now), outcome: findings.outcome }, findings)
}

/** 退回补充: what was answered no longer stands, and the last day stays. */
export async function sendBack(doing: Doing, text: string): Promise<void> {
  refuseTelling(doing.target, text)
  await move(doing, 'lead.return', { answeredOn: null, outcome: null }, { text })
}

export async function close(doing: Doing, text: string | null): Promise<void> {
  refuseTelling(doing.target, text)
  await move(doing, 'lead.close', { closedOn: dateOf(doing.now) }, { text })
}
