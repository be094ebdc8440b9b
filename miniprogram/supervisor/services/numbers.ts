// Numbers as they are read: with their unit, a dash where there is nothing to take an average of.

interface Ratio {
  value: number | null
}

export const numberText = (value: number | null): string => (value === null ? '—' : String(value))
export const percentText = ({ value }: Ratio): string => (value === null ? '—' : `${value}%`)
export const daysText = ({ value }: Ratio): string => (value === null ? '—' : `${value}天`)

/** How much of the longest bar, in percent; what there is can always be seen. */
export const widthOf = (value: number, most: number): number =>
  value <= 0 || most <= 0 ? 0 : Math.max(2, Math.round((value / most) * 1000) / 10)

/** `铁西生态环境分局` → `铁西分局`: what everybody says. */
export const shortUnit = (name: string): string => name.replace('生态环境分局', '分局')
