// One's firms in words, and the code that names a firm.
import type { Me } from '../../services/api'
import { districtWord, wordFor } from '../../services/words'

type Membership = Me['enterprises'][number]

const tones: Record<Membership['state'], string> = { pending: 'warn', verified: 'good', refused: 'calm' }

const texts: Record<Membership['state'], string> = {
  pending: '核实以后，就能看到企业的项目和诉求；在这之前，您自己提的诉求照常办',
  verified: '',
  refused: '核实没有通过，或者您已经退出。信息没错的话可以再申请一次',
}

export const firmOf = ({ id, enterprise, title, state }: Membership) => ({
  id,
  name: enterprise.name,
  creditCode: enterprise.creditCode,
  under: [districtWord(enterprise.districtCode), title ?? ''].filter(Boolean).join(' · '),
  state: state === 'refused' ? '未加入' : wordFor('membershipStates', state),
  tone: tones[state],
  text: texts[state],
  isIn: state !== 'refused',
})

/** What people type or paste: lower case, full width, spaces and dashes between groups. The server judges it. */
export const tidiedCode = (typed: string): string =>
  typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase().slice(0, CODE_LENGTH)

export const CODE_LENGTH = 18

export interface Joining {
  creditCode: string
  name: string
  districtCode: string
  title: string
  /** The server does not know the firm: its name and district are asked for. */
  isNew: boolean
}
export const notJoining: Joining = { creditCode: '', name: '', districtCode: '', title: '', isNew: false }

export function inputOf({ creditCode, name, districtCode, title, isNew }: Joining) {
  return {
    creditCode,
    title: title.trim() || undefined,
    ...(isNew && { name: name.trim() || undefined, districtCode: districtCode || undefined }),
  }
}
