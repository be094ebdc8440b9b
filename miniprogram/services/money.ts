// Money: whole fen on the wire, yuan on the screen.

const FEN = 100

/** `500000` → `5,000元`, `50050` → `500.50元`. */
export function yuanText(fen: number): string {
  const whole = Math.floor(Math.abs(fen) / FEN)
  const rest = Math.abs(fen) % FEN
  const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${fen < 0 ? '-' : ''}${grouped}${rest === 0 ? '' : `.${String(rest).padStart(2, '0')}`}元`
}

/** As it stands in a field: `5000`, `500.5`. */
export const yuanField = (fen: number): string => String(fen / FEN)

/** What was typed as yuan, in fen; undefined where it is no such amount. */
export function fenOf(typed: string): number | undefined {
  const said = typed.trim().replace(/[,，]/g, '')
  if (!/^\d{1,10}(\.\d{1,2})?$/.test(said)) return undefined
  const [whole = '', part = ''] = said.split('.')
  return Number(whole) * FEN + Number(part.padEnd(2, '0'))
}
