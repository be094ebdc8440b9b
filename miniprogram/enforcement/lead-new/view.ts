// A new lead as it is being written, and what goes to the server.
import type { FileView, Input } from '../../services/api'
import { districts } from '../../services/words'

type NewLead = Input<'lead.create'>

export interface LeadFields {
  source: NewLead['source']
  firmName: string
  creditCode: string
  districtCode: string
  unitId: string
  outlet: string
  pollutant: string
  value: string
  limit: string
  measure: string
  day: string
  time: string
  reference: string
  text: string
  files: FileView[]
}

export const noFields: LeadFields = {
  source: 'platform',
  firmName: '',
  creditCode: '',
  districtCode: '',
  unitId: '',
  outlet: '',
  pollutant: '',
  value: '',
  limit: '',
  measure: 'mg/m³',
  day: '',
  time: '',
  reference: '',
  text: '',
  files: [],
}

export const isMeasured = ({ source }: LeadFields): boolean => source === 'monitor' || source === 'platform'

export const districtOptions = () => [
  { id: '', name: '不清楚' },
  ...districts().map(({ code, name }) => ({ id: code, name })),
]

export const unitOptions = (branches: readonly { id: string; name: string }[]) => [
  { id: '', name: '按区县' },
  ...branches.map(({ id, name }) => ({ id, name })),
]

const NUMBER = /^\d+(\.\d+)?$/

/** What cannot be sent as it is. */
export function faultsOf(fields: LeadFields): Record<string, string> {
  const { value, limit, day, time } = fields
  const isNumber = (text: string) => text.trim() === '' || NUMBER.test(text.trim())
  return {
    ...(isNumber(value) ? {} : { value: '请只填数字' }),
    ...(isNumber(limit) ? {} : { limit: '请只填数字' }),
    ...((day === '') === (time === '') ? {} : { exceededAt: '日期和时间都要选' }),
  }
}

const given = (text: string) => (text.trim() === '' ? undefined : text.trim())
const numberOf = (text: string) => (text.trim() === '' ? undefined : Number(text))

export function inputOf(fields: LeadFields): NewLead {
  const { source, firmName, day, time, value, limit, files } = fields
  const hasAmount = value.trim() !== '' || limit.trim() !== ''
  const input = {
    source,
    firmName,
    creditCode: given(fields.creditCode),
    districtCode: given(fields.districtCode),
    unitId: given(fields.unitId),
    outlet: given(fields.outlet),
    pollutant: given(fields.pollutant),
    value: numberOf(value),
    limit: numberOf(limit),
    measure: hasAmount ? given(fields.measure) : undefined,
    exceededAt: day === '' ? undefined : `${day}T${time}:00+08:00`,
    reference: given(fields.reference),
    text: given(fields.text),
    fileIds: files.map(({ id }) => id),
  }
  return Object.fromEntries(Object.entries(input).filter(([, one]) => one !== undefined)) as NewLead
}
