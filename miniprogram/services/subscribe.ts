// Asks for WeChat messages. WeChat allows the question only in a tap, so what is asked is fetched before it.
import type { ItemOf } from './api'
import { call } from './call'

type Asks = ItemOf<'notice.templates'>
type Templates = Asks['templates']

/** The server names them: `caseSubmitted`, `caseWaiting`, `visits`, `membership`, `officerWork`, `officerDates`, `officerLeads`, `overdue`. */
export type Moment = string

/** Each yes is good for one message, so that this is asked again and again. */
export type Granted = 'all' | 'some' | 'none'

/** What one tap at that moment asks for; empty where there is nothing to ask, or no network. */
export async function templatesFor(moment: Moment): Promise<Templates> {
  const { items } = await call('notice.templates', {}).catch(() => ({ items: [] as Asks[] }))
  return items.find((ask) => ask.moment === moment)?.templates ?? []
}

/** Call it at the very beginning of a tap's handler. */
export async function subscribe(templates: Templates): Promise<Granted> {
  if (templates.length === 0) return 'none'
  const said = await wx
    .requestSubscribeMessage({ tmplIds: templates.map(({ templateId }) => templateId) })
    .catch(() => ({}) as Record<string, string>)
  const answers = templates.map(({ key, templateId }) => ({
    key,
    accepted: (said as Record<string, string>)[templateId] === 'accept',
  }))
  const accepted = answers.filter((answer) => answer.accepted).length
  // A refusal needs no entry in the books, and a lost one only means that a message stays in the inbox.
  if (accepted > 0) await call('notice.grant', { templates: answers }).catch(() => undefined)
  return accepted === templates.length ? 'all' : accepted > 0 ? 'some' : 'none'
}
