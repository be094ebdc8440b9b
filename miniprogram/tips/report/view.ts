// What the form of a tip asks for, and what of it is sent.
import type { FileView, Input } from '../../services/api'
import { districts, wordsOf } from '../../services/words'

export type TipInput = Input<'tip.submit'>
type Violation = TipInput['violation']

export interface Fields {
  firmName: string
  violation: Violation | ''
  districtCode: string
  address: string
  point: NonNullable<TipInput['point']> | null
  happened: string
  text: string
  files: FileView[]
  isNamed: boolean
  wantsReward: boolean
  /** What was sent without a name and has had no answer yet: whoever sends it again gets the receipt of the first time. */
  sent: TipInput[]
}

export const emptyFields: Fields = {
  firmName: '',
  violation: '',
  districtCode: '',
  address: '',
  point: null,
  happened: '',
  text: '',
  files: [],
  isNamed: false,
  wantsReward: false,
  sent: [],
}

/** Stays in the page: never on the phone. */
export interface Who {
  name: string
  phone: string
  idNumber: string
  /** They said 允许 to one message of WeChat. */
  mayMessage: boolean
}

export const nobody: Who = { name: '', phone: '', idNumber: '', mayMessage: false }

export const isBegun = ({ firmName, text, files }: Fields): boolean =>
  firmName.trim() !== '' || text.trim() !== '' || files.length > 0

export const violationOptions = () => wordsOf('violations').map(({ code, word }) => ({ value: code, label: word }))

export const placeOptions = () => [
  { id: '', name: '说不准' },
  ...districts().map(({ code, name }) => ({ id: code, name })),
]

export const manners = [
  { value: 'nameless', label: '不留姓名' },
  { value: 'named', label: '留姓名' },
]

/** What a tip is about, without who tells it. */
function aboutOf(fields: Fields): Omit<TipInput, 'informer' | 'wantsReward'> {
  const { firmName, violation, districtCode, address, point, happened, text, files } = fields
  return {
    firmName: firmName.trim(),
    violation: violation as Violation,
    ...(districtCode && { districtCode }),
    ...(address.trim() && { address: address.trim() }),
    ...(point && { point }),
    ...(happened.trim() && { happened: happened.trim() }),
    text: text.trim(),
    fileIds: files.map(({ id }) => id),
  }
}

export function inputOf(fields: Fields, who: Who): TipInput {
  const { isNamed, wantsReward } = fields
  if (!isNamed) return aboutOf(fields)
  const [name, phone, idNumber] = [who.name.trim(), who.phone.trim(), who.idNumber.trim()]
  return {
    ...aboutOf(fields),
    informer: {
      name,
      ...(phone && { phone }),
      ...(wantsReward && idNumber && { idNumber }),
      ...(who.mayMessage && { mayMessage: true }),
    },
    wantsReward,
  }
}

/** What is missing before it is worth asking the server. */
export function missing(fields: Fields, who: Who): Record<string, string> {
  const { firmName, violation, text, isNamed, wantsReward } = fields
  return {
    ...(!violation && { violation: '请选一下是哪方面的问题' }),
    ...(firmName.trim() === '' && { firmName: '请写被举报的单位，不知道名称就写门牌、招牌或特征' }),
    ...(text.trim() === '' && { text: '请写一下您看到的情况' }),
    ...(isNamed && who.name.trim() === '' && { name: '请写您的姓名，或者改成不留姓名' }),
    ...(isNamed && wantsReward && who.idNumber.trim() === '' && { idNumber: '要奖励的，请填身份证号码' }),
  }
}
