// Binds asked for, in words; and the code as people type it.
import type { ItemOf } from '../../services/api'
import { dayText } from '../../services/dates'
import { wordFor } from '../../services/words'

type Bind = ItemOf<'project.binds'>

const tones: Record<Bind['state'], string> = { pending: 'warn', confirmed: 'good', refused: 'calm' }

export const lineOf = ({ id, state, project, enterprise, membership, askedAt, reason }: Bind) => ({
  id,
  /** Empty where there is nothing to open: only a verified member sees the project. */
  projectId: state === 'confirmed' && membership === 'verified' ? project.id : '',
  name: project.name,
  firm: enterprise.name,
  state: wordFor('bindStates', state),
  tone: tones[state],
  when: `${dayText(askedAt)}申请`,
  reason: reason ?? '',
})

export const CODE_LENGTH = 12

/** Full width, small letters, blanks and dashes do not matter. */
export const tidiedCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/[^0-9a-zA-Z]/g, '')
    .toUpperCase()
    .slice(0, CODE_LENGTH)

/** As printed: K7M4-Q2WX-3RTY. */
export const spelled = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-')
