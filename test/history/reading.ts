/** What the service answers, in the words of the model. */
import type { Api } from '../../src/contract.js'
import type { Answer, Seen } from './model.js'
import type { StaffName } from './people.js'
import { type Verb, verbs } from './model.js'
import type { Cast } from './stage.js'

type CaseView = Api['case.read']['output']

/** As written into whatever is said. */
const MARK = /#\w+/

const marked = (verb: string, text: string | null) => {
  if (text === null) return `${verb} ?`
  const mark = MARK.exec(text)?.[0]
  return mark === undefined ? verb : `${verb} ${mark}`
}
/** Steps at which nothing is said have no text that could be kept back. */
const silent: readonly string[] = ['case.submit', 'case.sign', 'case.close']
const line = ({ verb, text }: { verb: string; text: string | null }) =>
  text === null && silent.includes(verb) ? verb : marked(verb, text)

export function seenFrom(cast: Cast) {
  const names = Object.entries(cast.posts) as [StaffName, Cast['posts'][StaffName]][]
  const byPost = new Map(names.map(([who, { postId }]) => [postId, who]))
  const byName = new Map(names.map(([who, { name }]) => [name, who]))
  const proposal = (given: { by: string; reason: string; workdays?: number } | null | undefined) => {
    if (!given) return ''
    const days = given.workdays === undefined ? [] : [given.workdays]
    return [byName.get(given.by), MARK.exec(given.reason)?.[0], ...days].join(' ')
  }
  return (view: CaseView): Seen => ({
    version: view.version,
    state: view.state,
    review: view.review,
    unit: view.unit?.id ?? '',
    officer: byPost.get(view.officer?.postId ?? '') ?? 'stranger',
    isStoodInFor: view.standInFor !== null,
    workdays: view.clock.workdays,
    isPaused: view.clock.isPaused,
    isUrged: view.urgeAgainOn !== null,
    isAnswered: view.answeredAt !== null,
    isClosed: view.closedAt !== null,
    extensions: view.extensions,
    rating: view.rating?.score ?? null,
    timeline: view.timeline.map(line),
    can: view.can.filter((verb): verb is Verb => (verbs as string[]).includes(verb)).sort(),
    ...(view.notes
      ? {
          notes: view.notes.map(line),
          assisting: (view.assisting ?? []).map(({ unit, repliedAt }) => `${unit.id} ${repliedAt !== null}`).sort(),
          extension: proposal(view.pendingExtension),
          decline: proposal(view.pendingDecline),
        }
      : {}),
  })
}

/** Whether the command was done is not known: what a caller may meet who waits for a service that dies. */
const uncertain = [500, 502, 503, 504]

export function answerFrom(seen: (view: CaseView) => Seen, status: number, text: string): Answer {
  const body = JSON.parse(text) as unknown
  if (status === 200) return { seen: seen(body as CaseView) }
  const { type = '' } = body as { type?: string }
  if (uncertain.includes(status) && type !== 'urn:problem:internal') return 'unknown'
  return { refused: type.replace('urn:problem:', '') }
}
