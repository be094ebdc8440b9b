/** What is wrong with an input, said so that somebody in a factory can put it right: one sentence for each kind of issue. */
import type { z } from 'zod'

type Issue = z.core.$ZodRawIssue

const formats: Readonly<Record<string, string>> = {
  date: '请填日期，如 2026-12-01',
  datetime: '请填时间，如 2026-12-01T09:00:00+08:00',
  uuid: '编号不对，请返回重新打开',
  url: '请填完整的网址',
}

const types: Readonly<Record<string, string>> = {
  number: '请填数字',
  int: '请填整数',
  boolean: '请选择是或否',
}

interface Bound {
  origin: string
  exact?: boolean
  inclusive?: boolean
}

const bounds: Readonly<Record<string, { tooSmall(least: number): string; tooBig(most: number): string }>> = {
  string: {
    tooSmall: (least) => (least <= 1 ? '请填写' : `至少写${least}个字`),
    tooBig: (most) => `最多${most}字`,
  },
  array: { tooSmall: (least) => `至少选${least}个`, tooBig: (most) => `最多选${most}个` },
}

const least = ({ origin, exact, inclusive }: Bound, minimum: number) =>
  exact && origin === 'string'
    ? `要写${minimum}个字`
    : (bounds[origin]?.tooSmall(minimum) ?? (inclusive === false ? `要大于${minimum}` : `不能小于${minimum}`))
const most = ({ origin, exact, inclusive }: Bound, maximum: number) =>
  exact && origin === 'string'
    ? `要写${maximum}个字`
    : (bounds[origin]?.tooBig(maximum) ?? (inclusive === false ? `要小于${maximum}` : `不能大于${maximum}`))

const OTHERWISE = '格式不对'

const sentences: { [Code in Issue['code']]?: (issue: Extract<Issue, { code: Code }>) => string } = {
  invalid_type: ({ expected }) => types[expected] ?? OTHERWISE,
  invalid_value: ({ values }) => (values.length === 1 ? fixed(values[0]) : '请从列出的选项里选'),
  invalid_format: ({ format }) => formats[format] ?? OTHERWISE,
  too_small: (issue) => least(issue, Number(issue.minimum)),
  too_big: (issue) => most(issue, Number(issue.maximum)),
  not_multiple_of: ({ divisor }) => `要是${divisor}的倍数`,
  unrecognized_keys: () => '不认识这个字段',
}

/** The one value that a field takes. */
const fixed = (value: unknown) =>
  typeof value === 'string' ? `请输入“${value}”` : value === true ? '请选择是' : OTHERWISE

/** Zod's error map: what a contract says itself comes before it. */
export function sentence(issue: Issue): string {
  const isMissing = issue.input === undefined || issue.input === null
  if (isMissing && (issue.code === 'invalid_type' || isChoice(issue))) return '请填写'
  const say = sentences[issue.code] as ((issue: Issue) => string) | undefined
  return say?.(issue) ?? OTHERWISE
}

const isChoice = (issue: Issue) => issue.code === 'invalid_value' && issue.values.length > 1
