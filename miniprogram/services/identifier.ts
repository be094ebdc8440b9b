// Makes ids on the phone: UUIDs of version 7, which sort by time.

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0').slice(-digits)
const random = (digits: number) => hex(Math.floor(Math.random() * 16 ** digits), digits)

export function newId(now = Date.now()): string {
  const time = hex(now, 12)
  const variant = '89ab'[Math.floor(Math.random() * 4)]
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random(3)}-${variant}${random(3)}-${random(6)}${random(6)}`
}
