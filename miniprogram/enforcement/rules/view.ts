// What is paid for what, and within which limits: as it is read, and as it is being changed.
import type { Input, Output } from '../../services/api'
import { fenOf, yuanField, yuanText } from '../../services/money'
import { wordFor } from '../../services/words'

export type Rules = Output<'reward.rules'>
type Level = Rules['levels'][number]['level']

const amountText = (fen: number | null): string => (fen === null ? '还没有定' : yuanText(fen))
/** A limit of nothing would stop everything: it is said. */
const limitText = (fen: number): string => (fen === 0 ? '不发' : yuanText(fen))

export const shownOf = (rules: Rules) => ({
  levels: rules.levels.map(({ level, amountFen, confirmed, note }) => ({
    level,
    word: wordFor('rewardLevels', level),
    amount: amountText(amountFen),
    isConfirmed: confirmed,
    note,
  })),
  isConfirmed: rules.confirmed,
  note: rules.note,
  pairs: [
    { name: '领取期限', text: `通知后${rules.claimDays}${wordFor('claimUnits', rules.claimUnit)}内` },
    { name: '一天最多发', text: `${limitText(rules.dailyTotalFen)}，${rules.dailyCount}笔` },
    { name: '一人一天', text: `最多${limitText(rules.perPersonDailyFen)}` },
    { name: '余额提醒', text: `低于${yuanText(rules.lowBalanceFen)}时` },
  ],
})

/** As it stands in the fields: sums in yuan. */
export interface RuleFields {
  /** The version that was read when the change was begun. */
  version: number
  texts: Record<string, string>
}

export const noFields: RuleFields = { version: 0, texts: {} }

const sums = ['dailyTotalFen', 'perPersonDailyFen', 'lowBalanceFen'] as const
const yesNo = (isTrue: boolean) => (isTrue ? 'yes' : 'no')

export const fieldsOf = (rules: Rules): RuleFields => ({
  version: rules.version,
  texts: {
    ...Object.fromEntries(
      rules.levels.flatMap(({ level, amountFen, confirmed, note }) => [
        [`${level}.amount`, amountFen === null ? '' : yuanField(amountFen)],
        [`${level}.confirmed`, yesNo(confirmed)],
        [`${level}.note`, note],
      ]),
    ),
    ...Object.fromEntries(sums.map((name) => [name, yuanField(rules[name])])),
    claimDays: String(rules.claimDays),
    claimUnit: rules.claimUnit,
    dailyCount: String(rules.dailyCount),
    confirmed: yesNo(rules.confirmed),
    note: rules.note,
  },
})

const isCount = (text: string) => /^\d{1,6}$/.test(text.trim())

export function faultsOf({ texts }: RuleFields, levels: readonly Level[]): Record<string, string> {
  const faults: Record<string, string> = {}
  const text = (name: string) => texts[name] ?? ''
  for (const level of levels) {
    const name = `${level}.amount`
    if (text(name).trim() !== '' && fenOf(text(name)) === undefined) faults[name] = '请写元数，如 500；没有定就空着'
  }
  for (const name of sums) if (fenOf(text(name)) === undefined) faults[name] = '请写元数，如 50000'
  if (!isCount(text('dailyCount'))) faults['dailyCount'] = '请写笔数，如 100'
  if (!isCount(text('claimDays')) || Number(text('claimDays')) < 1) faults['claimDays'] = '请写天数，如 60'
  return faults
}

export function inputOf({ version, texts }: RuleFields, levels: readonly Level[]): Input<'reward.saveRules'> {
  const text = (name: string) => texts[name] ?? ''
  const sum = (name: string) => fenOf(text(name)) ?? 0
  return {
    levels: levels.map((level) => ({
      level,
      amountFen: fenOf(text(`${level}.amount`)) ?? null,
      confirmed: text(`${level}.confirmed`) === 'yes',
      note: text(`${level}.note`),
    })),
    claimDays: Number(text('claimDays')),
    claimUnit: text('claimUnit') as Rules['claimUnit'],
    dailyTotalFen: sum('dailyTotalFen'),
    dailyCount: Number(text('dailyCount')),
    perPersonDailyFen: sum('perPersonDailyFen'),
    lowBalanceFen: sum('lowBalanceFen'),
    confirmed: text('confirmed') === 'yes',
    note: text('note'),
    version,
  }
}
