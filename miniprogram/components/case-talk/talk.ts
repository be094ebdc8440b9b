// What was said and done about a case as a conversation: one's own on the right, theirs on the left, events between.
import type { CaseView, FileView } from '../../services/api'
import { momentText } from '../../services/dates'
import { wordFor } from '../../services/words'

type Entry = CaseView['timeline'][number]
type Note = NonNullable<CaseView['notes']>[number]

export interface Line {
  id: string
  side: 'mine' | 'theirs' | 'middle' | 'note'
  who: string
  when: string
  /** What the words are: an answer, a request for more. */
  label: string
  text: string
  files: FileView[]
  /** Of what the content check has not passed. */
  hold: string
  /** Staff read it after a tap. */
  isCovered: boolean
}

/** What is done rather than said, even where a reason goes with it. */
const deeds = ['case.sign', 'case.transfer', 'case.assign', 'case.close', 'case.agreeExtension', 'case.agreeDecline']

/** Where the enterprise is spoken to. */
const spoken: Record<string, string> = { 'case.askMore': '请您补充', 'case.submit': '' }

export interface Reader {
  isStaff: boolean
  uncovered: string[]
}

export function talkOf(view: CaseView, reader: Reader): Line[] {
  const said = view.timeline.map((entry) => ({ at: entry.at, line: lineOf(entry, view, reader) }))
  const noted = (view.notes ?? []).map((note) => ({ at: note.at, line: noteOf(note) }))
  const all = reader.isStaff ? [...said, ...noted] : said
  return all.sort((one, other) => new Date(one.at).getTime() - new Date(other.at).getTime()).map(({ line }) => line)
}

function lineOf(entry: Entry, view: CaseView, { isStaff, uncovered }: Reader): Line {
  const { id, verb, at, actor, isHeld, files } = entry
  const isRequest = verb === 'case.submit'
  const text = isRequest ? view.text : (entry.text ?? '')
  const isUnreadable = isRequest ? view.text === '' && isHeld : entry.text === null && isHeld && !deeds.includes(verb)
  const isSilent = text === '' && files.length === 0 && !isUnreadable
  const isDeed = deeds.includes(verb) || isSilent || actor.kind === 'system'
  const isOwn = (actor.kind === 'enterprise') !== isStaff
  return {
    id,
    side: isDeed ? 'middle' : isOwn ? 'mine' : 'theirs',
    who: whoOf(actor, isStaff),
    when: momentText(at),
    label: (isStaff ? undefined : spoken[verb]) ?? wordFor('timelineVerbs', verb),
    text,
    files,
    hold: holdOf({ isHeld, isUnreadable, isStaff, isCovered: isStaff && !uncovered.includes(id) }),
    isCovered: isHeld && isStaff && text !== '' && !uncovered.includes(id),
  }
}

/** Staff see of a person little more than that they speak for the enterprise. */
const whoOf = ({ kind, unit, name }: Entry['actor'], isStaff: boolean): string =>
  [isStaff && kind === 'enterprise' ? '企业' : unit, name].filter(Boolean).join(' ')

interface Hold {
  isHeld: boolean
  isUnreadable: boolean
  isStaff: boolean
  isCovered: boolean
}

function holdOf({ isHeld, isUnreadable, isStaff, isCovered }: Hold): string {
  if (!isHeld) return ''
  if (isUnreadable) return '这段话还在审核，通过后显示'
  if (isStaff) return isCovered ? '' : '还没过内容审核，只有工作人员和写的人看得到'
  return '审核中，专员看得到，不影响办理'
}

const noteOf = ({ id, verb, at, actor, text }: Note): Line => ({
  id,
  side: 'note',
  who: [actor.unit, actor.name].filter(Boolean).join(' '),
  when: momentText(at),
  label: verb === 'case.note' ? '' : wordFor('timelineVerbs', verb),
  text,
  files: [],
  hold: '',
  isCovered: false,
})
