// One's firms in words, and the code that names a firm.
import type { Me } from '../../services/api'
import { isMember } from '../../services/firms'
import { districtWord, wordFor } from '../../services/words'

type Membership = Me['enterprises'][number]

const tones: Record<Membership['state'], string> = {
  pending: 'warn',
  verified: 'good',
  refused: 'bad',
  left: 'calm',
}

const texts: Record<Membership['state'], string> = {
  pending: '等专员或信息员核实，核实了发消息告诉您，那时就能看到企业的项目和诉求。您自己提的诉求照常办',
  verified: '',
  refused: '核实没有通过。信息没错的话，可以再申请一次，也可以打电话问负责您企业项目的专员',
  left: '您已经退出，看不到这家企业的项目和诉求；您提过的诉求照常办',
}

export const firmOf = ({ id, enterprise, title, state }: Membership) => ({
  id,
  name: enterprise.name,
  creditCode: enterprise.creditCode,
  under: [districtWord(enterprise.districtCode), title ?? ''].filter(Boolean).join(' · '),
  state: wordFor('membershipStates', state),
  tone: tones[state],
  text: texts[state],
  isIn: isMember({ state }),
  again: state === 'left' ? '重新加入' : '再申请一次',
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
